namespace WhispurrNet.Board
{
    /// <content>Reading the text of a settings file.</content>
    public sealed partial class BoardSettings
    {
        /// <summary>
        /// Reads <c>key=value</c> lines into these settings. A bad line leaves its setting as it was and is one
        /// sentence among <see cref="Errors"/>, which never contains a value, since that may be a secret.
        /// </summary>
        internal void Parse(string text)
        {
            int start = 0;
            int number = 0;
            while (start < text.Length)
            {
                int end = text.IndexOf('\n', start);
                if (end < 0)
                {
                    end = text.Length;
                }

                number++;
                string line = Clean(text.Substring(start, end - start), number == 1);
                if (line.Length > 0 && line[0] != '#')
                {
                    ParseLine(line, number);
                }

                start = end + 1;
            }
        }

        private static string Clean(string line, bool first)
        {
            // Editors on Windows put a byte order mark before the first line and a carriage return behind each.
            const char ByteOrderMark = (char)0xFEFF;
            if (first && line.Length > 0 && line[0] == ByteOrderMark)
            {
                line = line.Substring(1);
            }

            return line.Trim();
        }

        private void ParseLine(string line, int number)
        {
            int equals = line.IndexOf('=');
            if (equals <= 0)
            {
                Report(number, "is not of the form key=value");
                return;
            }

            string key = line.Substring(0, equals).Trim();
            string value = line.Substring(equals + 1).Trim();
            string problem = Assign(key, value);
            if (problem != null)
            {
                Report(number, problem);
            }
        }

        /// <summary>Null, or what is wrong.</summary>
        private string Assign(string key, string value)
        {
            switch (key)
            {
                case "name":
                    return SetName(value) ? null : "has a name that is empty, has blanks or is above 32 characters";
                case "join":
                    return SetJoinCode(value) ? null : "has a join code with a typing error in it";
#if BLUETOOTH_ONLY
                case "gateway":
                case "ssid":
                case "password":
                case "led":
                case "provision":
                case "serial":
                    return "has a gateway, Wi-Fi or LED, which this Bluetooth-only build leaves out";
#else
                case "gateway":
                    return SetGateway(value) ? null : "has a gateway that does not start with ws:// or wss://";
#endif
                case "intents":
                    return AssignIntents(value);
                case "size":
                    return AssignSize(value);
                case "frame":
                    int size;
                    bool valid = int.TryParse(value, out size) && SetFrameSize(size);
                    return valid ? null : "has a frame that is not 256 or 512";
#if !BLUETOOTH_ONLY
                case "ssid":
                    return SetSsid(value) ? null : "has a name of a Wi-Fi network above 32 bytes";
                case "password":
                    return SetPassword(value) ? null : "has a Wi-Fi password that is not 8 to 63 characters";
                case "led":
                    int pin;
                    bool known = int.TryParse(value, out pin) && pin >= 0 && SetLedPin(pin);
                    return known ? null : "has a led that is not a GPIO number of 0 to 48";
                case "provision":
                    return AssignProvisioning(value);
                case "serial":
                    return SetSerial(value)
                        ? null
                        : "has a serial port that is not of the form COM2 921600 or COM2 921600 16 17";
#endif
                case "stealth":
                    return AssignSwitch(value, ref _stealth) ? null : "has a stealth that is not on or off";
                case "trace":
                    return AssignSwitch(value, ref _trace) ? null : "has a trace that is not on or off";
                default:
                    return AssignApplicationValue(key, value);
            }
        }

        private string AssignIntents(string value)
        {
            string[] parts = value.Split(',');
            for (int i = 0; i < parts.Length; i++)
            {
                string intent = parts[i].Trim();
                if (intent.Length > 0 && !AddIntent(intent))
                {
                    return "has an intent that is not 1 to 64 plain characters, or more than 15 intents";
                }
            }

            return null;
        }

        /// <summary>
        /// Sets one value of a running board's settings, for the next start: a list is replaced, an empty value takes a setting
        /// back.
        /// </summary>
        /// <returns>Null, or what is wrong; then nothing has changed.</returns>
        internal string Change(string key, string value)
        {
            if (key == "join" && value.Length == 0)
            {
                _join = null;
                return null;
            }

            if (key != "intents")
            {
                return Assign(key, value);
            }

            object[] before = _intents.ToArray();
            _intents.Clear();
            string problem = AssignIntents(value);
            if (problem != null)
            {
                _intents.Clear();
                for (int i = 0; i < before.Length; i++)
                {
                    _intents.Add(before[i]);
                }
            }

            return problem;
        }

        private string AssignSize(string value)
        {
            switch (value)
            {
                case "auto":
                    _size = BoardSize.Auto;
                    return null;
                case "small":
                    _size = BoardSize.Small;
                    return null;
                case "full":
                    _size = BoardSize.Full;
                    return null;
                default:
                    return "has a size that is not auto, small or full";
            }
        }

#if !BLUETOOTH_ONLY
        /// <summary>What is wrong with a Wi-Fi network that is to be tried; null for nothing.</summary>
        internal string CheckWifi(string ssid, string password)
        {
            BoardSettings scratch = new BoardSettings();
            string problem = scratch.Assign("ssid", ssid);
            return problem == null ? scratch.Assign("password", password) : problem;
        }

        private string AssignProvisioning(string value)
        {
            int number;
            switch (value)
            {
                case "blank":
                    number = ProvisionBlank;
                    break;
                case "off":
                    number = ProvisionNever;
                    break;
                case "on":
                    number = ProvisionAlways;
                    break;
                default:
                    if (!int.TryParse(value, out number) || number < 0)
                    {
                        number = int.MinValue;
                    }

                    break;
            }

            return SetProvisioning(number) ? null : "has a provision that is not blank, on, off or a GPIO number of 0 to 48";
        }
#endif

        private static bool AssignSwitch(string value, ref bool setting)
        {
            if (value != "on" && value != "off")
            {
                return false;
            }

            setting = value == "on";
            return true;
        }

        private string AssignApplicationValue(string key, string value)
        {
            int at = IndexOf(key);
            if (at < 0)
            {
                return "has a key that nobody reads";
            }

            _applicationValues[at] = value;
            return null;
        }

        private void Report(int number, string problem)
        {
            _errors.Add("line " + number.ToString() + " of the settings " + problem + "; it is ignored");
        }
    }
}
