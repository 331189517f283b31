extern alias nano;

using System;
using System.Runtime.CompilerServices;
using WhispurrNet.Virtual;

[assembly: TypeForwardedTo(typeof(System.Net.Sockets.AddressFamily))]
[assembly: TypeForwardedTo(typeof(System.Net.Sockets.SocketError))]

namespace System.Net
{
    using System.Net.Sockets;

    public abstract class EndPoint
    {
        public virtual AddressFamily AddressFamily => AddressFamily.InterNetwork;
    }

    public class IPAddress
    {
        public static readonly IPAddress Any = new IPAddress(new byte[] { 0, 0, 0, 0 });
        public static readonly IPAddress Loopback = new IPAddress(new byte[] { 127, 0, 0, 1 });

        private readonly byte[] _bytes;

        public IPAddress(byte[] address) => _bytes = (byte[])address.Clone();

        public IPAddress(long newAddress) => _bytes = BitConverter.GetBytes((uint)newAddress);

        public AddressFamily AddressFamily =>
            _bytes.Length == 4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;

        public static bool operator ==(IPAddress a, IPAddress b) => a is null ? b is null : a.Equals(b);

        public static bool operator !=(IPAddress a, IPAddress b) => !(a == b);

        public static IPAddress Parse(string ipString) =>
            new IPAddress(BoardAddress.Parse(ipString) ?? throw new ArgumentException());

        public bool Equals(IPAddress other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

        public override bool Equals(object other) => other is IPAddress address && Equals(address);

        public byte[] GetAddressBytes() => (byte[])_bytes.Clone();

        public override int GetHashCode() => BitConverter.ToInt32(_bytes, 0);

        public override string ToString() => BoardAddress.ToString(_bytes);
    }

    public class IPEndPoint : EndPoint
    {
        public const int MinPort = 0;
        public const int MaxPort = 65535;

        public IPEndPoint(IPAddress address, int port)
        {
            Address = address;
            Port = port;
        }

        public IPEndPoint(long address, int port)
            : this(new IPAddress(address), port)
        {
        }

        public IPAddress Address { get; }

        public int Port { get; }

        public override bool Equals(object obj) =>
            obj is IPEndPoint other && Address == other.Address && Port == other.Port;

        public override int GetHashCode() => Address.GetHashCode() ^ Port;

        public override string ToString() => Address + ":" + Port;
    }
}

namespace System.Net.Sockets
{
    public class SocketException : Exception
    {
        public SocketException(SocketError errorCode)
            : base(errorCode.ToString()) => ErrorCode = (int)errorCode;

        public int ErrorCode { get; }
    }
}

namespace System.Net.Security
{
    [Flags]
    public enum SslProtocols
    {
        None = 0,
        Tls = 192,
        Tls11 = 768,
        Tls12 = 3072,
        Tls13 = 12288,
    }

    public enum SslVerification
    {
        NoVerification = 1,
        VerifyPeer = 2,
        CertificateRequired = 4,
        VerifyClientOnce = 8,
    }
}

namespace System.Security.Cryptography.X509Certificates
{
    /// <summary>Carried for the signatures' sake: a virtual board speaks <c>ws://</c> only.</summary>
    public class X509Certificate
    {
        private readonly byte[] _raw;

        public X509Certificate()
            : this(new byte[0])
        {
        }

        public X509Certificate(byte[] certificate) => _raw = certificate;

        public X509Certificate(string certificate)
            : this(BoardText.ToUtf8(certificate))
        {
        }

        public virtual byte[] GetRawCertData() => _raw;
    }
}

namespace System.Net.NetworkInformation
{
    public enum NetworkInterfaceType
    {
        Unknown = 1,
        Ethernet = 6,
        Wireless80211 = 71,
        WirelessAP = 72,
    }

    /// <summary>The board's one interface: Wi-Fi, with the chip's base address.</summary>
    public class NetworkInterface
    {
        // ESP-IDF gives Bluetooth the base address plus two and Wi-Fi the base address itself.
        private const int BluetoothOffset = 2;

        private NetworkInterface()
        {
        }

        public string IPv4Address => GetIsNetworkAvailable() ? "127.0.0.1" : "0.0.0.0";

        public string IPv4SubnetMask => GetIsNetworkAvailable() ? "255.0.0.0" : "0.0.0.0";

        public string IPv4GatewayAddress => IPv4Address;

        public bool IsDhcpEnabled => true;

        public NetworkInterfaceType NetworkInterfaceType => NetworkInterfaceType.Wireless80211;

        public byte[] PhysicalAddress
        {
            get
            {
                Gate.Check();
                ulong address = Gate.Board.Hardware.Radio.Address - BluetoothOffset;
                var bytes = new byte[6];
                for (int i = 0; i < bytes.Length; i++)
                {
                    bytes[i] = (byte)(address >> (40 - (i * 8)));
                }

                return bytes;
            }
        }

        public static NetworkInterface[] GetAllNetworkInterfaces()
        {
            Gate.Check();
            return Gate.Board.Hardware.Wifi.HasAdapter ? new[] { new NetworkInterface() } : new NetworkInterface[0];
        }

        public static bool GetIsNetworkAvailable()
        {
            Gate.Check();
            return Gate.Board.Hardware.Wifi.IsUp;
        }
    }
}

namespace nanoFramework.Networking
{
    public enum NetworkHelperStatus
    {
        None = 0,
        Started = 1,
        NetworkIsReady = 2,
        FailedNoNetworkInterface = 3,
        TokenExpiredWaitingIPAddress = 4,
        TokenExpiredWaitingDateTime = 5,
        ErrorConnetingToWiFiWhileScanning = 6,
        ExceptionOccurred = 7,
        Reconnecting = 8,
    }
}
