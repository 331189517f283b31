extern alias streams;

using System.Collections.Generic;
using WhispurrNet.Virtual;

namespace System.IO.Ports
{
    /// <summary>
    /// A UART of the board (<see cref="BoardUart"/>). A port that the debugger holds or that has no pins cannot be opened; a
    /// read waits for all that was asked for, and gives nothing when less came in time; what finds the buffer full is
    /// lost with all that is in it (nf-interpreter: <c>sys_io_ser_native_System_IO_Ports_SerialPort.cpp</c>). Lines, texts
    /// and the stream are not there: nothing here uses them.
    /// </summary>
    public sealed class SerialPort : IDisposable
    {
        private const int DefaultBuffer = 256;
        private const int FifoBytes = 128;

        private static readonly List<int> s_taken = new List<int>();

        private readonly int _number;
        private int _readBuffer = DefaultBuffer;
        private int _writeBuffer = DefaultBuffer;
        private bool _disposed;

        public SerialPort(
            string portName, int baudRate = 9600, Parity parity = Parity.None, int dataBits = 8,
            StopBits stopBits = StopBits.One)
        {
            Gate.Check();
            _number = portName[3] - '0';
            lock (s_taken)
            {
                if (s_taken.Contains(_number))
                {
                    throw new ArgumentException();
                }

                s_taken.Add(_number);
            }

            PortName = portName;
            BaudRate = baudRate;
            Parity = parity;
            DataBits = dataBits;
            StopBits = stopBits;
        }

        ~SerialPort()
        {
        }

        public event SerialDataReceivedEventHandler DataReceived;

        public streams::System.IO.Stream BaseStream => throw new NotSupportedException();

        public int BaudRate { get; set; }

        public int BytesToRead
        {
            get
            {
                Gate.Check();
                return Uart().Available;
            }
        }

        public int DataBits { get; set; }

        public Handshake Handshake { get; set; }

        public bool InvertSignalLevels { get; set; }

        public bool IsOpen { get; private set; }

        public SerialMode Mode { get; set; }

        public string NewLine { get; set; } = "\r\n";

        public Parity Parity { get; set; }

        public string PortName { get; set; }

        public int ReadBufferSize
        {
            get => _readBuffer;
            set => _readBuffer = Size(value);
        }

        public int ReadTimeout { get; set; } = -1;

        public int ReceivedBytesThreshold { get; set; } = 1;

        public StopBits StopBits { get; set; }

        public char WatchChar { get; set; }

        public int WriteBufferSize
        {
            get => _writeBuffer;
            set => _writeBuffer = Size(value);
        }

        public int WriteTimeout { get; set; } = -1;

        public static string[] GetPortNames()
        {
            Gate.Check();
            var names = new List<string>();
            for (int number = 1; number <= Gate.Board.Hardware.Uarts.Count; number++)
            {
                if (number > 1 || !Gate.Board.Hardware.Uarts.DebuggerHoldsCom1)
                {
                    names.Add("COM" + number);
                }
            }

            return names.ToArray();
        }

        public void Open()
        {
            Gate.Check();
            if (IsOpen)
            {
                throw new InvalidOperationException();
            }

            BoardUarts uarts = Gate.Board.Hardware.Uarts;
            if (!uarts.IsUsable(_number))
            {
                throw new ArgumentException();
            }

            _disposed = false;
            IsOpen = true;
            uarts[_number].Open(Gate.Board, BaudRate, Math.Max(_readBuffer, FifoBytes + 1), OnArrived);
        }

        public void Close()
        {
            if (IsOpen)
            {
                Gate.Board.Hardware.Uarts[_number].Close();
                IsOpen = false;
            }
        }

        public void Dispose()
        {
            if (!_disposed)
            {
                Close();
                _disposed = true;
                lock (s_taken)
                {
                    s_taken.Remove(_number);
                }
            }
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            Gate.Check();
            if (!Uart().Read(Gate.Board, new Span<byte>(buffer, offset, count), ReadTimeout))
            {
                throw new TimeoutException();
            }

            return count;
        }

        public int ReadByte()
        {
            var one = new byte[1];
            Read(one, 0, 1);
            return one[0];
        }

        public string ReadExisting() => throw new NotSupportedException();

        public string ReadLine() => throw new NotSupportedException();

        public void Write(byte[] buffer, int offset, int count)
        {
            Gate.Check();
            var bytes = new byte[count];
            Array.Copy(buffer, offset, bytes, 0, count);
            Uart().Write(Gate.Board, bytes);
        }

        public void Write(string text) => throw new NotSupportedException();

        public void WriteByte(byte value) => Write(new[] { value }, 0, 1);

        public void WriteLine(string text) => throw new NotSupportedException();

        private BoardUart Uart() => IsOpen
            ? Gate.Board.Hardware.Uarts[_number]
            : throw new ObjectDisposedException("");

        private int Size(int value) =>
            value <= 0 ? throw new ArgumentOutOfRangeException()
            : IsOpen ? throw new InvalidOperationException()
            : value;

        private void OnArrived() => DataReceived?.Invoke(this, new SerialDataReceivedEventArgs(SerialData.Chars));
    }
}
