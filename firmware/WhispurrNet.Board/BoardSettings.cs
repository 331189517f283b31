using System.Collections;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Network;

namespace WhispurrNet.Board
{
    /// <summary>How much memory the node may use.</summary>
    public enum BoardSize
    {
        /// <summary>Decided at the start from the free heap.</summary>
        Auto = 0,

        /// <summary>A board without external RAM: about 12 KB for the node.</summary>
        Small = 1,

        /// <summary>A board with external RAM: about 40 KB for the node.</summary>
        Full = 2,
    }

    /// <summary>
    /// What a board is told at its start: made in code, or read from the file <c>I:\whispurr.cfg</c> by
    /// <c>Load</c>. The file is UTF-8, one <c>key=value</c> a line; empty lines and lines that start with
    /// <c>#</c> do not count.
    /// </summary>
    public sealed partial class BoardSettings
    {
        /// <summary>
        /// Most intents a board listens to; the node's key ring has 16 places and broadcasts take one.
        /// </summary>
        public const int IntentsMax = 15;

        /// <summary>Most characters of a board's name.</summary>
        public const int NameLengthMax = 32;

#if !BLUETOOTH_ONLY
        /// <summary>Most bytes of the name of a Wi-Fi network, as UTF-8 (IEEE 802.11, 9.4.2.2).</summary>
        public const int SsidSizeMax = 32;

        /// <summary>The value of <see cref="LedPin"/> for no status LED.</summary>
        public const int NoLed = -1;

        /// <summary>The value of <see cref="Provisioning"/> for a board that can be set up while it has no settings file.</summary>
        public const int ProvisionBlank = -1;

        /// <summary>The value of <see cref="Provisioning"/> for a board that no phone can set up.</summary>
        public const int ProvisionNever = -2;

        /// <summary>The value of <see cref="Provisioning"/> for one that any phone can set up after each power on.</summary>
        public const int ProvisionAlways = -3;

        private const int PasswordLengthMin = 8;
        private const int PasswordLengthMax = 63;
        private const int PinMax = 48;
#endif
        private const int StealthFrameSize = 512;
        private const int ApplicationValuesMax = 8;

        private readonly ArrayList _intents = new ArrayList();
        private readonly ArrayList _errors = new ArrayList();
        private readonly string[] _applicationKeys;
        private readonly string[] _applicationValues;

        private string _name = "board";
        private string _join;
#if !BLUETOOTH_ONLY
        private string _gateway = "";
        private string _ssid = "";
        private string _password = "";
        private int _ledPin = NoLed;
        private int _provision = ProvisionBlank;
        private string _serial = "";
#endif
        private BoardSize _size = BoardSize.Auto;
        private int _frameSize = 256;
        private bool _stealth;
        private bool _trace;

        /// <summary>Settings of a board that relays for others and belongs to no network itself.</summary>
        /// <param name="applicationKeys">Keys that the application reads with <see cref="GetText"/>; at most 8.</param>
        /// <exception cref="System.ArgumentException">More than 8 keys.</exception>
        public BoardSettings(params string[] applicationKeys)
        {
            if (applicationKeys.Length > ApplicationValuesMax)
            {
                throw new System.ArgumentException("At most 8 keys of the application.");
            }

            _applicationKeys = applicationKeys;
            _applicationValues = new string[applicationKeys.Length];
        }

        /// <summary>The board's name in its serial lines: up to 32 characters, no blanks. It is never sent.</summary>
        public string Name
        {
            get { return _name; }
            set { Accept(SetName(value), "name"); }
        }

        /// <summary>
        /// The network's join code, or <c>public</c> for the public network, which everybody can read. It cannot be
        /// read back. <c>join</c> in the file.
        /// </summary>
        public string JoinCode
        {
            set { Accept(SetJoinCode(value), "join code"); }
        }

        /// <summary>Whether a network was set; without one the board carries frames of others and reads none.</summary>
        public bool IsMember
        {
            get { return _join != null; }
        }

#if !BLUETOOTH_ONLY
        /// <summary>
        /// Where the gateway is, <c>ws://host:8765/mesh</c> or <c>wss://</c>; empty for none.
        /// </summary>
        public string Gateway
        {
            get { return _gateway; }
            set { Accept(SetGateway(value), "gateway"); }
        }

        /// <summary>
        /// Name of the Wi-Fi network, up to 32 bytes; empty for the one that the board itself has stored, if any.
        /// <c>ssid</c> in the file.
        /// </summary>
        public string WifiName
        {
            get { return _ssid; }
            set { Accept(SetSsid(value), "name of a Wi-Fi network"); }
        }

        /// <summary>
        /// Password of the Wi-Fi network, 8 to 63 characters (IEEE 802.11, J.4.1), or empty for an open network. It
        /// cannot be read back. <c>password</c> in the file.
        /// </summary>
        public string WifiPassword
        {
            set { Accept(SetPassword(value), "password"); }
        }

        /// <summary>
        /// Number of the GPIO with the status LED, lit when high, 0 to 48, or <see cref="NoLed"/>. <c>led</c> in the
        /// file.
        /// </summary>
        public int LedPin
        {
            get { return _ledPin; }
            set { Accept(SetLedPin(value), "GPIO number"); }
        }
#endif

#if !BLUETOOTH_ONLY
        /// <summary>
        /// When a phone can set the board up over Bluetooth: one of the <c>Provision</c> values, or the number of the GPIO, 0 to
        /// 48, with a button that has to be pressed for it and pulls it low. <c>provision</c> in the file.
        /// </summary>
        public int Provisioning
        {
            get { return _provision; }
            set { Accept(SetProvisioning(value), "GPIO number"); }
        }

        /// <summary>
        /// The serial port by which the board reaches a gateway through <c>whispurr bridge</c>, instead of over Wi-Fi: port,
        /// baud rate, and pins of receiver and transmitter, such as <c>COM1 921600</c> or <c>COM2 921600 16 17</c>; empty for
        /// none. <c>serial</c> in the file.
        /// </summary>
        public string Serial
        {
            get { return _serial; }
            set { Accept(SetSerial(value), "serial port"); }
        }

        /// <summary>Whether there was no settings file at the start.</summary>
        internal bool IsBlank { get; set; }
#endif

        /// <summary>The size of the node.</summary>
        public BoardSize Size
        {
            get { return _size; }
            set { _size = value; }
        }

        /// <summary>
        /// Bytes of a frame, 256 or 512; the same on all boards of a network. Always 512 with <see cref="Stealth"/>.
        /// </summary>
        public int FrameSize
        {
            get { return _stealth ? StealthFrameSize : _frameSize; }
            set { Accept(SetFrameSize(value), "frame size"); }
        }

        /// <summary>
        /// Whether the board hides when it talks and how much: frames of 512 bytes and obfuscated traffic.
        /// </summary>
        public bool Stealth
        {
            get { return _stealth; }
            set { _stealth = value; }
        }

        /// <summary>Whether links and frames are written to the serial port.</summary>
        public bool Trace
        {
            get { return _trace; }
            set { _trace = value; }
        }

        /// <summary>The intents the board listens to.</summary>
        public string[] Intents
        {
            get { return (string[])_intents.ToArray(typeof(string)); }
        }

#if !BLUETOOTH_ONLY
        /// <summary>Password of the Wi-Fi network.</summary>
        internal string Password
        {
            get { return _password; }
        }
#endif

        /// <summary>Makes the key of the network; the caller hands it to the node.</summary>
        /// <returns>The key, or null if no network was set.</returns>
        internal NetworkKey CreateNetworkKey()
        {
            return _join == null ? null : NetworkKey.FromJoinCode(ToJoinCode(_join));
        }

        /// <summary>What was wrong in the text that was read, one sentence each.</summary>
        internal string[] Errors
        {
            get { return (string[])_errors.ToArray(typeof(string)); }
        }

        /// <summary>Listens to an intent.</summary>
        /// <param name="intent">1 to 64 printable ASCII characters without a blank.</param>
        /// <exception cref="System.ArgumentException">Not an intent, or more than 15 of them.</exception>
        public void Listen(string intent)
        {
            Accept(AddIntent(intent), "intent");
        }

        /// <summary>A value of the application.</summary>
        /// <param name="key">One of the keys named to the constructor or to <c>Load</c>.</param>
        /// <param name="otherwise">What it is when the file does not say.</param>
        /// <exception cref="System.ArgumentException">The key was not named.</exception>
        public string GetText(string key, string otherwise)
        {
            int at = IndexOf(key);
            Accept(at >= 0, "key");
            string value = _applicationValues[at];
            return value == null ? otherwise : value;
        }

        /// <summary>A whole number of the application.</summary>
        /// <param name="key">One of the keys named to the constructor or to <c>Load</c>.</param>
        /// <param name="otherwise">What it is when the file does not say, or says something that is no number.</param>
        /// <exception cref="System.ArgumentException">The key was not named.</exception>
        public int GetNumber(string key, int otherwise)
        {
            string value = GetText(key, null);
            int number;
            return value != null && int.TryParse(value, out number) ? number : otherwise;
        }

        /// <summary>Says what kind of settings these are, never the secrets in them.</summary>
        public override string ToString()
        {
            return "settings of " + _name;
        }

        private static string ToJoinCode(string value)
        {
            return value == "public" ? NetworkKey.PublicJoinCode : value;
        }

        private static void Accept(bool valid, string what)
        {
            if (!valid)
            {
                throw new System.ArgumentException("Not a valid " + what + ".");
            }
        }

#if !BLUETOOTH_ONLY
        /// <summary>Whether a value comes back the same when it is written to a line of the file and read.</summary>
        private static bool IsLine(string value)
        {
            if (value == null || value.Trim().Length != value.Length)
            {
                return false;
            }

            for (int i = 0; i < value.Length; i++)
            {
                if (value[i] < ' ')
                {
                    return false;
                }
            }

            return true;
        }

        private static int Utf8Size(string value)
        {
            int size = value.Length;
            for (int i = 0; i < value.Length; i++)
            {
                // The halves of a surrogate pair make two bytes each, everything else above U+07FF three.
                char c = value[i];
                size += c < 0x80 ? 0 : c < 0x800 || (c >= 0xD800 && c < 0xE000) ? 1 : 2;
            }

            return size;
        }
#endif

        private bool SetName(string value)
        {
            if (string.IsNullOrEmpty(value) || value.Length > NameLengthMax)
            {
                return false;
            }

            for (int i = 0; i < value.Length; i++)
            {
                if (value[i] <= ' ')
                {
                    return false;
                }
            }

            _name = value;
            return true;
        }

        private bool SetJoinCode(string value)
        {
            byte[] secret = Protocol.Network.JoinCode.Decode(ToJoinCode(value));
            if (secret == null)
            {
                return false;
            }

            CryptoBytes.Wipe(secret);
            _join = value;
            return true;
        }

#if !BLUETOOTH_ONLY
        private bool SetSsid(string value)
        {
            bool valid = IsLine(value) && Utf8Size(value) <= SsidSizeMax;
            if (valid)
            {
                _ssid = value;
            }

            return valid;
        }

        private bool SetPassword(string value)
        {
            bool valid = IsLine(value)
                && (value.Length == 0 || (value.Length >= PasswordLengthMin && value.Length <= PasswordLengthMax));
            if (valid)
            {
                _password = value;
            }

            return valid;
        }

        private bool SetLedPin(int value)
        {
            bool valid = value >= NoLed && value <= PinMax;
            if (valid)
            {
                _ledPin = value;
            }

            return valid;
        }

        private bool SetProvisioning(int value)
        {
            bool valid = value >= ProvisionAlways && value <= PinMax;
            if (valid)
            {
                _provision = value;
            }

            return valid;
        }

        private bool SetSerial(string value)
        {
            bool valid = value != null && (value.Length == 0 || Board.Serial.SerialSettings.Parse(value) != null);
            if (valid)
            {
                _serial = value;
            }

            return valid;
        }

        private bool SetGateway(string value)
        {
            if (!IsLine(value))
            {
                return false;
            }

            bool valid = value.Length == 0 || (value.StartsWith("ws://") && value.Length > 5)
                || (value.StartsWith("wss://") && value.Length > 6);
            if (valid)
            {
                _gateway = value;
            }

            return valid;
        }
#endif

        private bool SetFrameSize(int value)
        {
            bool valid = value == 256 || value == 512;
            if (valid)
            {
                _frameSize = value;
            }

            return valid;
        }

        private bool AddIntent(string intent)
        {
            if (!Labels.IsIntent(intent))
            {
                return false;
            }

            if (_intents.Contains(intent))
            {
                return true;
            }

            if (_intents.Count == IntentsMax)
            {
                return false;
            }

            _intents.Add(intent);
            return true;
        }

        private int IndexOf(string key)
        {
            for (int i = 0; i < _applicationKeys.Length; i++)
            {
                if (_applicationKeys[i] == key)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
