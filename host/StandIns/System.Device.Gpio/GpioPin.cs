extern alias nano;

using WhispurrNet.Virtual;

namespace System.Device.Gpio
{
    /// <summary>
    /// A pin that a program holds. Its events come from the board's one event thread: a slow handler stalls everything
    /// that comes through it (facts 1.5, 7).
    /// </summary>
    public sealed class GpioPin : IDisposable
    {
        private PinMode _mode = PinMode.Input;
        private TimeSpan _debounce = TimeSpan.Zero;
        private PinValueChangedEventHandler _callbacks;
        private bool _disposed;

        internal GpioPin(int pinNumber) => PinNumber = pinNumber;

        public event PinValueChangedEventHandler ValueChanged
        {
            add
            {
                ThrowIfDisposed();
                _callbacks += value;
                Configure(_mode);
            }

            remove
            {
                ThrowIfDisposed();
                _callbacks -= value;
                Configure(_mode);
            }
        }

        public TimeSpan DebounceTimeout
        {
            get => _debounce;
            set
            {
                _debounce = value;
                if (_mode < PinMode.Output)
                {
                    Configure(_mode);
                }
            }
        }

        public int PinNumber { get; }

        private static BoardPins Pins
        {
            get
            {
                Gate.Check();
                return Gate.Board.Hardware.Pins;
            }
        }

        public void Dispose()
        {
            if (!_disposed)
            {
                _disposed = true;
                _callbacks = null;
                Pins.Close(PinNumber);
            }
        }

        public PinMode GetPinMode()
        {
            ThrowIfDisposed();
            return _mode;
        }

        public bool IsPinModeSupported(PinMode pinMode)
        {
            ThrowIfDisposed();
            return Supports(PinNumber, pinMode);
        }

        public PinValue Read()
        {
            ThrowIfDisposed();
            return Pins.Read(PinNumber);
        }

        public void SetPinMode(PinMode value)
        {
            ThrowIfDisposed();
            Configure(value);
        }

        public void Toggle()
        {
            ThrowIfDisposed();
            if (_mode >= PinMode.Output)
            {
                Drive(!Pins.Written(PinNumber), reported: false);
            }
        }

        public void Write(PinValue value)
        {
            ThrowIfDisposed();
            if (_mode < PinMode.Output)
            {
                throw new ArgumentException();
            }

            Drive((bool)value, reported: (bool)value);
        }

        internal static bool TryOpen(int pinNumber, out GpioPin pin)
        {
            pin = Pins.Open(pinNumber) ? new GpioPin(pinNumber) : null;
            return pin != null;
        }

        internal static bool Supports(int pinNumber, PinMode mode) =>
            mode <= PinMode.InputPullUp
                ? Pins.Chip.Has(pinNumber)
                : mode <= PinMode.OutputOpenSourcePullDown && Pins.Chip.CanDrive(pinNumber);

        // An output tells its own handlers; after Toggle with what reads back from the pin, which is low.
        private void Drive(bool high, bool reported)
        {
            Pins.Write(PinNumber, high);
            if (_callbacks != null)
            {
                Gate.Board.Events.Post(() => Raise(reported));
            }
        }

        private void Configure(PinMode mode)
        {
            bool isInput = mode < PinMode.Output;
            Action<bool> edge = isInput && _callbacks != null ? Raise : (Action<bool>)null;
            if (!Pins.SetUp(PinNumber, (PinDrive)mode, (int)_debounce.TotalMilliseconds, edge))
            {
                throw new ArgumentException();
            }

            _mode = mode;
        }

        private void Raise(bool high)
        {
            PinEventTypes type = high ? PinEventTypes.Rising : PinEventTypes.Falling;
            _callbacks?.Invoke(this, new PinValueChangedEventArgs(type, PinNumber));
        }

        private void ThrowIfDisposed()
        {
            if (_disposed)
            {
                throw new ObjectDisposedException("");
            }
        }
    }
}
