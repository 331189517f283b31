using System;
using System.Device.Gpio;
using System.Threading;
using WhispurrNet.Board.Gateway;
using WhispurrNet.Board.Node;

namespace WhispurrNet.Board.Platform
{
    /// <summary>
    /// A LED that says how the board is, if the settings name its pin. A pattern is 32 bits, one for each tenth of a
    /// second, lowest first: dark where it is 0.
    /// </summary>
    internal sealed class StatusLed : LoopThread
    {
        private const uint Starting = 0xFFFFFFFF;
        private const uint Alone = 0x1;
        private const uint Met = 0x9;
        private const uint GatewayOpen = 0x49;
        private const uint Refused = 0x33333333;
        private const uint Identified = 0x55555555;

        /// <summary>Cycles of the pattern by which somebody finds this board among others: about ten seconds.</summary>
        private const int IdentifyCycles = 3;

        private const int Steps = 32;
        private const int StepMs = 100;

        private readonly GpioPin _pin;
        private NodeHost _host;
        private GatewayPump _gateway;
        private bool _refused;
        private int _identify;

        private StatusLed(GpioPin pin, BoardStatistics statistics)
            : base("led", statistics)
        {
            _pin = pin;
        }

        /// <summary>Lights the LED of a pin.</summary>
        /// <returns>The LED, or null if there is none or the pin cannot be used.</returns>
        internal static StatusLed Open(int pin, BoardStatistics statistics)
        {
            if (pin == BoardSettings.NoLed)
            {
                return null;
            }

            try
            {
                StatusLed led = new StatusLed(new GpioController().OpenPin(pin, PinMode.Output), statistics);
                led.Start();
                return led;
            }
            catch (Exception exception)
            {
                SerialLog.Error("no LED at GPIO " + pin.ToString() + ", the board goes on without", exception);
                return null;
            }
        }

        /// <summary>From now on it shows what the node does.</summary>
        /// <param name="host">The node.</param>
        /// <param name="gateway">Its gateway, or null.</param>
        internal void Follow(NodeHost host, GatewayPump gateway)
        {
            _gateway = gateway;
            _host = host;
        }

        /// <summary>From now on it shows that the board refuses to run.</summary>
        internal void Refuse()
        {
            _refused = true;
        }

        /// <summary>For ten seconds it shows which board this is.</summary>
        internal void Identify()
        {
            _identify = IdentifyCycles;
        }

        /// <inheritdoc/>
        protected override void Run()
        {
            while (true)
            {
                uint pattern = Pattern();
                int step = 0;
                while (step < Steps)
                {
                    // One sleep for all steps that look the same.
                    uint lit = (pattern >> step) & 1u;
                    int start = step;
                    while (step < Steps && ((pattern >> step) & 1u) == lit)
                    {
                        step++;
                    }

                    _pin.Write(lit == 1u ? PinValue.High : PinValue.Low);
                    Thread.Sleep((step - start) * StepMs);
                }
            }
        }

        private uint Pattern()
        {
            if (_refused)
            {
                return Refused;
            }

            if (_identify > 0)
            {
                _identify--;
                return Identified;
            }

            if (_host == null)
            {
                return Starting;
            }

            if (_gateway != null && _gateway.IsOpen)
            {
                return GatewayOpen;
            }

            lock (_host.Gate)
            {
                return _host.Core.Neighbours.Count > 0 ? Met : Alone;
            }
        }
    }
}
