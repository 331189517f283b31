extern alias nano;

using System.Collections;
using WhispurrNet.Virtual;

namespace System.Device.Gpio
{
    /// <summary>Opens pins; all controllers of a program share one list of open pins, as on the device.</summary>
    public sealed class GpioController : IDisposable
    {
        private static readonly ArrayList s_open = new ArrayList();

        private bool _disposed;

        public GpioController()
        {
        }

        public GpioController(PinNumberingScheme numberingScheme) => NumberingScheme = numberingScheme;

        public PinNumberingScheme NumberingScheme { get; }

        public int PinCount
        {
            get
            {
                Gate.Check();
                return Gate.Board.Hardware.Pins.Chip.Count;
            }
        }

        public void ClosePin(int pinNumber)
        {
            Entry entry = Get(pinNumber);
            entry.Pin.Dispose();
            s_open.Remove(entry);
        }

        public void Dispose()
        {
            if (!_disposed)
            {
                _disposed = true;
                foreach (Entry entry in s_open)
                {
                    entry.Pin.Dispose();
                }
            }
        }

        public PinMode GetPinMode(int pinNumber) => Get(pinNumber).Pin.GetPinMode();

        public bool IsPinModeSupported(int pinNumber, PinMode mode) => GpioPin.Supports(pinNumber, mode);

        public bool IsPinOpen(int pinNumber)
        {
            Gate.Check();
            return Gate.Board.Hardware.Pins.IsBusy(pinNumber);
        }

        public GpioPin OpenPin(int pinNumber)
        {
            if (!GpioPin.TryOpen(pinNumber, out GpioPin pin))
            {
                throw new InvalidOperationException();
            }

            s_open.Add(new Entry { Pin = pin });
            return pin;
        }

        public GpioPin OpenPin(int pinNumber, PinMode mode)
        {
            if (!GpioPin.TryOpen(pinNumber, out GpioPin pin))
            {
                throw new InvalidOperationException();
            }

            pin.SetPinMode(mode);
            s_open.Add(new Entry { Pin = pin });
            return pin;
        }

        public PinValue Read(int pinNumber) => Usable(pinNumber).Read();

        public void RegisterCallbackForPinValueChangedEvent(
            int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
        {
            // One callback a pin: a second registration replaces the first and doubles its events.
            Entry entry = Get(pinNumber);
            entry.Types = eventTypes;
            entry.Callback = callback;
            entry.Pin.ValueChanged += OnValueChanged;
        }

        public void SetPinMode(int pinNumber, PinMode mode) => Usable(pinNumber).SetPinMode(mode);

        public void UnregisterCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
        {
            Entry entry = Find(pinNumber);
            if (entry != null)
            {
                entry.Types = PinEventTypes.None;
                entry.Pin.ValueChanged -= OnValueChanged;
            }
        }

        public void Write(int pinNumber, PinValue value) => Usable(pinNumber).Write(value);

        private static Entry Find(int pinNumber)
        {
            Gate.Check();
            foreach (Entry entry in s_open)
            {
                if (entry.Pin.PinNumber == pinNumber)
                {
                    return entry;
                }
            }

            return null;
        }

        private static Entry Get(int pinNumber) => Find(pinNumber) ?? throw new InvalidOperationException();

        private GpioPin Usable(int pinNumber)
        {
            if (_disposed)
            {
                throw new ObjectDisposedException("");
            }

            return Get(pinNumber).Pin;
        }

        private void OnValueChanged(object sender, PinValueChangedEventArgs e)
        {
            Entry entry = Find(e.PinNumber);
            if (entry != null && (entry.Types & e.ChangeType) != 0)
            {
                entry.Callback.Invoke(this, new PinValueChangedEventArgs(e.ChangeType, e.PinNumber));
            }
        }

        private sealed class Entry
        {
            public GpioPin Pin;
            public PinEventTypes Types;
            public PinChangeEventHandler Callback;
        }
    }
}
