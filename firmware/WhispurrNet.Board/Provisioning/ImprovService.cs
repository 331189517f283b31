using System;
using System.Threading;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using WhispurrNet.Board.Platform;

namespace WhispurrNet.Board.Provisioning
{
    /// <summary>
    /// The GATT service of Improv: queues what a client writes, answers reads from what <see cref="Publish"/> was told last,
    /// and notifies. Its handlers run on the library's event thread, copy and answer at once.
    /// </summary>
    internal sealed class ImprovService
    {
        private const byte KindWrite = 0;

        /// <summary>Bytes of commands that can wait: two of the largest with their prefixes.</summary>
        private const int QueueSize = 2 * (Improv.DataSizeMax + Improv.Overhead + 3);

        private const byte AttInsufficientResources = 0x11;
        private const byte AttInvalidLength = 0x0D;
        private const int NotifyOutOfBuffers = 6;
        private const int StateNumber = 1;
        private const int ErrorNumber = 2;
        private const int CommandNumber = 3;
        private const int ResultNumber = 4;
        private const int CapabilitiesNumber = 5;

        private readonly BoardStatistics _statistics;
        private readonly AutoResetEvent _wake;
        private readonly UnitQueue _inbox = new UnitQueue(QueueSize);
        private readonly object _gate = new object();
        private readonly byte[] _state = new byte[1];
        private readonly byte[] _error = new byte[1];
        private byte[] _result = new byte[0];
        private GattLocalCharacteristic _stateValue;
        private GattLocalCharacteristic _errorValue;
        private GattLocalCharacteristic _resultValue;
        private long _usedAtMs;

        /// <param name="statistics">Counts.</param>
        /// <param name="wake">Set when a command came.</param>
        internal ImprovService(BoardStatistics statistics, AutoResetEvent wake)
        {
            _statistics = statistics;
            _wake = wake;
        }

        /// <summary>When a client last read, wrote or subscribed, milliseconds of the board clock; 0 for never.</summary>
        internal long UsedAtMs
        {
            get { return _usedAtMs; }
        }

        /// <summary>
        /// Declares the service; once in the life of a program, for the reasons of the mesh's own. It is in the stack's tables
        /// from the next start of advertising on.
        /// </summary>
        internal void Create()
        {
            GattLocalService service = GattServiceProvider.Create(Improv.Service()).ServiceProvider.Service;
            _stateValue = Readable(service, StateNumber, true);
            _errorValue = Readable(service, ErrorNumber, true);
            _resultValue = Readable(service, ResultNumber, true);
            Readable(service, CapabilitiesNumber, false);
            GattLocalCharacteristicParameters parameters = new GattLocalCharacteristicParameters();
            parameters.CharacteristicProperties =
                GattCharacteristicProperties.Write | GattCharacteristicProperties.WriteWithoutResponse;
            service.CreateCharacteristic(Improv.Characteristic(CommandNumber), parameters).Characteristic
                .WriteRequested += OnWriteRequested;
        }

        /// <summary>Takes the oldest write.</summary>
        /// <param name="target">Receives it; the largest command fits.</param>
        /// <returns>Its bytes, or -1 if none waits.</returns>
        internal int TryTake(byte[] target)
        {
            byte kind;
            return _inbox.TryDequeue(target, out kind);
        }

        /// <summary>Sets what clients read, and notifies them of what changed.</summary>
        /// <param name="session">Has the values.</param>
        /// <param name="changes">Bits of <see cref="ImprovSession.TakeChanges"/>.</param>
        /// <returns>Bits of what could not be notified for want of buffers, to be tried again.</returns>
        internal uint Publish(ImprovSession session, uint changes)
        {
            lock (_gate)
            {
                _state[0] = (byte)session.State;
                _error[0] = (byte)session.Error;
                if ((changes & ImprovSession.ResultChanged) != 0u)
                {
                    _result = new byte[session.ResultCount];
                    Array.Copy(session.Result, 0, _result, 0, _result.Length);
                }
            }

            // The error before the result, the result before the state: who waits for a state finds the rest in place.
            uint left = Notify(_errorValue, _error, changes & ImprovSession.ErrorChanged);
            left |= Notify(_resultValue, _result, changes & ImprovSession.ResultChanged);
            return left | Notify(_stateValue, _state, changes & ImprovSession.StateChanged);
        }

        private static uint Notify(GattLocalCharacteristic characteristic, byte[] value, uint change)
        {
            if (change == 0u)
            {
                return 0u;
            }

            GattClientNotificationResult[] results =
                characteristic.NotifyValue(new nanoFramework.Device.Bluetooth.Buffer(value));
            for (int i = 0; i < results.Length; i++)
            {
                if (results[i].ProtocolError == NotifyOutOfBuffers)
                {
                    return change;
                }
            }

            return 0u;
        }

        private GattLocalCharacteristic Readable(GattLocalService service, int number, bool notifies)
        {
            GattLocalCharacteristicParameters parameters = new GattLocalCharacteristicParameters();
            parameters.CharacteristicProperties = notifies
                ? GattCharacteristicProperties.Read | GattCharacteristicProperties.Notify
                : GattCharacteristicProperties.Read;
            GattLocalCharacteristic characteristic =
                service.CreateCharacteristic(Improv.Characteristic(number), parameters).Characteristic;
            characteristic.ReadRequested += OnReadRequested;
            if (notifies)
            {
                characteristic.SubscribedClientsChanged += OnSubscribedClientsChanged;
            }

            return characteristic;
        }

        private byte[] ValueOf(GattLocalCharacteristic characteristic)
        {
            return characteristic == _stateValue ? _state
                : characteristic == _errorValue ? _error
                : characteristic == _resultValue ? _result
                : new byte[] { Improv.Capabilities };
        }

        // What these handlers throw would end the library's event thread; see GattServer.

        private void OnReadRequested(GattLocalCharacteristic sender, GattReadRequestedEventArgs args)
        {
            try
            {
                _usedAtMs = BoardClock.NowMs;
                lock (_gate)
                {
                    args.GetRequest().RespondWithValue(new nanoFramework.Device.Bluetooth.Buffer(ValueOf(sender)));
                }
            }
            catch (Exception exception)
            {
                _statistics.EventFailures++;
                _statistics.EventFailure = exception;
            }
        }

        private void OnWriteRequested(GattLocalCharacteristic sender, GattWriteRequestedEventArgs args)
        {
            try
            {
                _usedAtMs = BoardClock.NowMs;
                GattWriteRequest request = args.GetRequest();
                DataReader reader = DataReader.FromBuffer(request.Value);
                int count = (int)reader.UnconsumedBufferLength;
                if (count == 0)
                {
                    // Too late to answer; see GattServer.
                    _statistics.LateWrites++;
                    return;
                }

                if (count > Improv.DataSizeMax + Improv.Overhead)
                {
                    request.RespondWithProtocolError(AttInvalidLength);
                    return;
                }

                byte[] write = new byte[count];
                reader.ReadBytes(write);
                bool accepted = _inbox.TryEnqueue(KindWrite, write, count);
                if (accepted)
                {
                    request.Respond();
                }
                else
                {
                    request.RespondWithProtocolError(AttInsufficientResources);
                }

                WhispurrNet.Protocol.Crypto.CryptoBytes.Wipe(write);
                _wake.Set();
            }
            catch (Exception exception)
            {
                _statistics.EventFailures++;
                _statistics.EventFailure = exception;
            }
        }

        private void OnSubscribedClientsChanged(GattLocalCharacteristic sender, object args)
        {
            try
            {
                _usedAtMs = BoardClock.NowMs;
            }
            catch (Exception exception)
            {
                _statistics.EventFailures++;
                _statistics.EventFailure = exception;
            }
        }
    }
}
