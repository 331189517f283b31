using System;
using System.Device.Gpio;
using WhispurrNet.Board.Platform;

namespace WhispurrNet.Board.Provisioning
{
    /// <summary>The button that lets a phone set the board up: pulls its pin low.</summary>
    internal static class ProvisionButton
    {
        private const int DebounceMs = 50;

        /// <summary>Has presses told from now on; a pin that cannot be used is named once.</summary>
        internal static void Attach(int pin, Provisioner provisioner)
        {
            try
            {
                GpioController pins = new GpioController();
                pins.OpenPin(pin, PinMode.InputPullUp).DebounceTimeout = TimeSpan.FromMilliseconds(DebounceMs);
                pins.RegisterCallbackForPinValueChangedEvent(
                    pin, PinEventTypes.Falling, (sender, e) => provisioner.Press());
            }
            catch (Exception exception)
            {
                SerialLog.Error("no button at GPIO " + pin.ToString() + ", the board goes on without", exception);
            }
        }
    }
}
