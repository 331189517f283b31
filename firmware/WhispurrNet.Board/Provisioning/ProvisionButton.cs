using System;
using System.Device.Gpio;
using WhispurrNet.Board.Platform;

namespace WhispurrNet.Board.Provisioning
{
    /// <summary>The button that lets a phone set the board up: pulls its pin low.</summary>
    internal sealed class ProvisionButton
    {
        private const int DebounceMs = 50;

        private readonly Provisioner _provisioner;

        private ProvisionButton(Provisioner provisioner)
        {
            _provisioner = provisioner;
        }

        /// <summary>Has presses told from now on; a pin that cannot be used is named once.</summary>
        internal static void Attach(int pin, Provisioner provisioner)
        {
            try
            {
                GpioController pins = new GpioController();
                pins.OpenPin(pin, PinMode.InputPullUp).DebounceTimeout = TimeSpan.FromMilliseconds(DebounceMs);
                pins.RegisterCallbackForPinValueChangedEvent(
                    pin, PinEventTypes.Falling, new ProvisionButton(provisioner).OnPressed);
            }
            catch (Exception exception)
            {
                SerialLog.Error("no button at GPIO " + pin.ToString() + ", the board goes on without", exception);
            }
        }

        // On the thread of all events: nothing may leave it.
        private void OnPressed(object sender, PinValueChangedEventArgs e)
        {
            try
            {
                _provisioner.Press();
            }
            catch (Exception)
            {
                // A press that is lost is made again.
            }
        }
    }
}
