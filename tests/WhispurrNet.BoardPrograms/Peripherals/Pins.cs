using System;
using System.Device.Gpio;
using System.Threading;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>Buttons and lamps, right and wrong.</summary>
    public static class Pins
    {
        public const int Lamp = 8;
        public const int Button = 9;

        private static readonly GpioController s_controller = new GpioController();
        private static int s_rising;
        private static int s_falling;

        /// <summary>The lamp follows the button.</summary>
        public static void Follow()
        {
            GpioPin lamp = s_controller.OpenPin(Lamp, PinMode.Output);
            GpioPin button = s_controller.OpenPin(Button, PinMode.InputPullUp);
            button.ValueChanged += (sender, e) =>
                lamp.Write(e.ChangeType == PinEventTypes.Falling ? PinValue.High : PinValue.Low);
            Console.WriteLine("ready " + button.Read());
            Thread.Sleep(Timeout.Infinite);
        }

        /// <summary>Counts edges of the button through the controller's callback.</summary>
        public static void Count(int debounceMs)
        {
            GpioPin button = s_controller.OpenPin(Button, PinMode.InputPullUp);
            button.DebounceTimeout = TimeSpan.FromMilliseconds(debounceMs);
            s_controller.RegisterCallbackForPinValueChangedEvent(
                Button, PinEventTypes.Rising | PinEventTypes.Falling, OnChanged);
        }

        public static string Edges()
        {
            return s_rising + " " + s_falling;
        }

        /// <summary>A handler that waits: meanwhile no event reaches anybody.</summary>
        public static void SlowHandler()
        {
            GpioPin button = s_controller.OpenPin(Button, PinMode.InputPullUp);
            button.ValueChanged += (sender, e) =>
            {
                Console.WriteLine("edge");
                Thread.Sleep(5000);
            };
            Console.WriteLine("listening");
            Thread.Sleep(Timeout.Infinite);
        }

        /// <summary>Writes to an input.</summary>
        public static void WriteInput()
        {
            s_controller.OpenPin(Button, PinMode.InputPullUp).Write(PinValue.High);
        }

        /// <summary>Opens a pin twice.</summary>
        public static void OpenTwice()
        {
            s_controller.OpenPin(Lamp);
            new GpioController().OpenPin(Lamp);
        }

        /// <summary>Uses a pin after it was closed.</summary>
        public static void UseClosed()
        {
            GpioPin lamp = s_controller.OpenPin(Lamp, PinMode.Output);
            s_controller.ClosePin(Lamp);
            lamp.Write(PinValue.High);
        }

        /// <summary>Opens a pin by its number, as an output.</summary>
        public static void Drive(int pin)
        {
            s_controller.OpenPin(pin, PinMode.Output).Write(PinValue.High);
        }

        /// <summary>Asks an output for its level to invert it.</summary>
        public static string InvertByReading()
        {
            GpioPin lamp = s_controller.OpenPin(Lamp, PinMode.Output);
            lamp.Write(PinValue.High);
            PinValue read = lamp.Read();
            lamp.Toggle();
            return read.ToString();
        }

        private static void OnChanged(object sender, PinValueChangedEventArgs e)
        {
            if (e.ChangeType == PinEventTypes.Rising)
            {
                Interlocked.Increment(ref s_rising);
            }
            else
            {
                Interlocked.Increment(ref s_falling);
            }
        }
    }
}
