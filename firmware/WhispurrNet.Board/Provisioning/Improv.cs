using System;

namespace WhispurrNet.Board.Provisioning
{
    /// <summary>Where provisioning stands (Improv Wi-Fi over Bluetooth, characteristic 8001).</summary>
    internal enum ImprovState
    {
        /// <summary>Somebody has to press the board's button first.</summary>
        AuthorizationRequired = 1,

        /// <summary>Settings are taken.</summary>
        Authorized = 2,

        /// <summary>The board tries the network it was told.</summary>
        Provisioning = 3,

        /// <summary>It is on that network.</summary>
        Provisioned = 4,
    }

    /// <summary>What went wrong last (characteristic 8002).</summary>
    internal enum ImprovError
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>A command that makes no sense, or whose sum is wrong.</summary>
        InvalidPacket = 1,

        /// <summary>A command that this board does not know.</summary>
        UnknownCommand = 2,

        /// <summary>No address came: network away, or name or password wrong.</summary>
        UnableToConnect = 3,

        /// <summary>The command needs a state that the board is not in.</summary>
        NotAuthorized = 4,

        /// <summary>A setting was refused, the result says why; or nothing could be stored.</summary>
        Unknown = 0xFF,
    }

    /// <summary>What a command asks the board to do.</summary>
    internal enum ImprovAction
    {
        /// <summary>Nothing that is left to do.</summary>
        None = 0,

        /// <summary>Show which board it is.</summary>
        Identify = 1,

        /// <summary>Try a Wi-Fi network.</summary>
        Connect = 2,

        /// <summary>Change a setting.</summary>
        Set = 3,

        /// <summary>Store what was changed, and start anew.</summary>
        Apply = 4,
    }

    /// <summary>
    /// Names and sizes of Improv Wi-Fi over Bluetooth, revision 2.4 (improv-wifi.com/ble), and this project's own two commands
    /// beside those of the specification. A command and a result are
    /// <code>
    /// 0  command
    /// 1  bytes of data d, 0 to 255
    /// 2  data
    ///    sum of all before, modulo 256
    /// </code>
    /// </summary>
    internal static class Improv
    {
        /// <summary>Wi-Fi network and password, each behind its length.</summary>
        internal const int SendWifi = 0x01;

        /// <summary>Show which board it is.</summary>
        internal const int Identify = 0x02;

        /// <summary>Asks for firmware, version, chip and name.</summary>
        internal const int DeviceInfo = 0x03;

        /// <summary>Of this project: a key of the settings file and its value, each behind its length.</summary>
        internal const int SetValue = 0x80;

        /// <summary>Of this project: stores what was set, and starts the board anew.</summary>
        internal const int Apply = 0x81;

        /// <summary>What the board can: identify, bit 0, and device info, bit 1.</summary>
        internal const byte Capabilities = 0x03;

        /// <summary>Bytes of a command or result beside its data.</summary>
        internal const int Overhead = 3;

        /// <summary>Most bytes of data.</summary>
        internal const int DataSizeMax = 255;

        /// <summary>Bytes of the service data of an advertisement, its UUID of 16 bits included.</summary>
        internal const int ServiceDataSize = 8;

        /// <summary>The sum behind a command or result.</summary>
        internal static byte Sum(byte[] bytes, int count)
        {
            int sum = 0;
            for (int i = 0; i < count; i++)
            {
                sum += bytes[i];
            }

            return (byte)sum;
        }

        /// <summary>The service.</summary>
        internal static Guid Service()
        {
            return new Guid("00467768-6228-2272-4663-277478268000");
        }

        /// <summary>Characteristic 1 state, 2 error, 3 command, 4 result, 5 capabilities.</summary>
        internal static Guid Characteristic(int number)
        {
            return new Guid("00467768-6228-2272-4663-27747826800" + number.ToString());
        }

        /// <summary>Service data 0x4677: state and capabilities, the rest reserved.</summary>
        internal static void WriteServiceData(byte[] target, ImprovState state)
        {
            Array.Clear(target, 0, ServiceDataSize);
            target[0] = 0x77;
            target[1] = 0x46;
            target[2] = (byte)state;
            target[3] = Capabilities;
        }
    }
}
