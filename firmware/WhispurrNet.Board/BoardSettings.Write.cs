namespace WhispurrNet.Board
{
    /// <content>Writing the text of a settings file.</content>
    public sealed partial class BoardSettings
    {
        /// <summary>
        /// All settings in the form that <see cref="Parse"/> reads, secrets included. Comments and keys that nobody
        /// reads are not kept.
        /// </summary>
        internal string ToText()
        {
            string text = Line("name", _name);
            text += Line("join", _join);
#if !BLUETOOTH_ONLY
            text += Line("gateway", _gateway);
#endif
            for (int i = 0; i < _intents.Count; i++)
            {
                text += Line("intents", (string)_intents[i]);
            }

            text += Line("size", _size == BoardSize.Auto ? "auto" : _size == BoardSize.Full ? "full" : "small");
            text += Line("frame", _frameSize.ToString());
#if !BLUETOOTH_ONLY
            text += Line("ssid", _ssid);
            text += Line("password", _password);
            text += Line("led", _ledPin == NoLed ? null : _ledPin.ToString());
            text += Line("provision", ProvisioningText());
            text += Line("serial", _serial);
#endif
            text += Line("stealth", _stealth ? "on" : "off");
            text += Line("trace", _trace ? "on" : "off");
            for (int i = 0; i < _applicationKeys.Length; i++)
            {
                text += Line(_applicationKeys[i], _applicationValues[i]);
            }

            return text;
        }

#if !BLUETOOTH_ONLY
        private string ProvisioningText()
        {
            switch (_provision)
            {
                case ProvisionBlank:
                    return null;
                case ProvisionNever:
                    return "off";
                case ProvisionAlways:
                    return "on";
                default:
                    return _provision.ToString();
            }
        }
#endif

        private static string Line(string key, string value)
        {
            return string.IsNullOrEmpty(value) ? "" : key + "=" + value + "\n";
        }
    }
}
