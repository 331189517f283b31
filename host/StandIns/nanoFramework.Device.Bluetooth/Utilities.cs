using System;

namespace nanoFramework.Device.Bluetooth
{
    public static class Utilities
    {
        private static readonly byte[] s_base = new Guid("00000000-0000-1000-8000-00805f9b34fb").ToByteArray();

        public enum UuidType
        {
            Uuid16,
            Uuid32,
            Uuid128,
        }

        public static uint ConvertUuidToIntId(Guid uuid) => BitConverter.ToUInt32(uuid.ToByteArray(), 0);

        public static ushort ConvertUuidToShortId(Guid uuid) => BitConverter.ToUInt16(uuid.ToByteArray(), 0);

        public static Guid CreateUuidFromShortCode(ushort uuid16) =>
            new Guid(uuid16, 0, 0x1000, 0x80, 0x00, 0x00, 0x80, 0x5F, 0x9B, 0x34, 0xFB);

        public static bool IsBluetoothSigUUID(Guid uuid) =>
            uuid.ToByteArray().AsSpan(4).SequenceEqual(s_base.AsSpan(4));

        public static bool IsBluetoothSigUUID16(Guid uuid) =>
            IsBluetoothSigUUID(uuid) && ConvertUuidToIntId(uuid) <= ushort.MaxValue;

        public static UuidType TypeOfUuid(Guid uuid) =>
            IsBluetoothSigUUID16(uuid) ? UuidType.Uuid16
            : IsBluetoothSigUUID(uuid) ? UuidType.Uuid32
            : UuidType.Uuid128;

        /// <summary>The 16 bytes of a UUID, least significant first.</summary>
        internal static byte[] ToAirOrder(Guid uuid)
        {
            byte[] bytes = uuid.ToByteArray(bigEndian: true);
            Array.Reverse(bytes);
            return bytes;
        }

        internal static Guid FromAirOrder(byte[] bytes)
        {
            var reversed = (byte[])bytes.Clone();
            Array.Reverse(reversed);
            return new Guid(reversed, bigEndian: true);
        }
    }
}
