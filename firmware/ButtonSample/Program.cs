using System;
using System.Device.Gpio;
using System.Threading;
using WhispurrNet.Board;

namespace ButtonSample
{
    /// <summary>
    /// Whispers "pressed" whenever somebody presses the button. Settings come from I:\whispurr.cfg; the key "button"
    /// there names its GPIO, by default 0, which is the boot button of many boards (9 on an ESP32-C3).
    /// </summary>
    public class Program
    {
        /// <summary>Starts the board and then waits for presses for ever.</summary>
        public static void Main()
        {
            BoardSettings settings = BoardSettings.Load("button");
            WhispurrBoard board = new WhispurrBoard(settings);
            board.Start();

            // The callback runs where all hardware events run, so it hands over at once: sealing a whisper takes a while.
            AutoResetEvent pressed = new AutoResetEvent(false);
            GpioController pins = new GpioController();
            int button = settings.GetNumber("button", 0);
            pins.OpenPin(button, PinMode.InputPullUp).DebounceTimeout = TimeSpan.FromMilliseconds(50);
            pins.RegisterCallbackForPinValueChangedEvent(button, PinEventTypes.Falling, (sender, e) => pressed.Set());
            while (pressed.WaitOne())
            {
                board.Whisper("button", "pressed");
            }
        }
    }
}
