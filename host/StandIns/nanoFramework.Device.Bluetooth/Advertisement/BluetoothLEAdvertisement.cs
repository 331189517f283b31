using System;
using System.Collections;
using System.Collections.Generic;

namespace nanoFramework.Device.Bluetooth.Advertisement
{
    public class BluetoothLEAdvertisementDataSection
    {
        public BluetoothLEAdvertisementDataSection()
            : this(0, new Buffer(16))
        {
        }

        public BluetoothLEAdvertisementDataSection(byte dataType, Buffer data)
        {
            DataType = dataType;
            Data = data;
        }

        public Buffer Data { get; set; }

        public byte DataType { get; set; }

        internal int LengthOnAir => (int)Data.Length + 2;
    }

    public class BluetoothLEManufacturerData
    {
        public BluetoothLEManufacturerData()
            : this(0, new Buffer(0))
        {
        }

        public BluetoothLEManufacturerData(ushort companyId, Buffer data)
        {
            CompanyId = companyId;
            Data = data;
        }

        public ushort CompanyId { get; set; }

        public Buffer Data { get; set; }
    }

    public class BluetoothLEAdvertisement
    {
        private readonly ArrayList _sections = new ArrayList();
        private readonly ArrayList _serviceUuids = new ArrayList();
        private BluetoothLEAdvertisementFlags _flags =
            BluetoothLEAdvertisementFlags.ClassicNotSupported | BluetoothLEAdvertisementFlags.GeneralDiscoverableMode;

        private string _localName = "";

        /// <summary>
        /// All sections; the manufacturer data are merged in anew, behind the others, at every access.
        /// </summary>
        public ArrayList DataSections
        {
            get
            {
                MergeManufacturerData();
                return _sections;
            }
        }

        public BluetoothLEAdvertisementFlags Flags
        {
            get => _flags;
            set
            {
                _flags = value;
                SetSection(BluetoothLEAdvertisementDataSectionType.Flags, new Buffer(new[] { (byte)value }));
            }
        }

        public string LocalName
        {
            get => _localName;
            set
            {
                _localName = value;
                if (string.IsNullOrEmpty(value))
                {
                    RemoveSections(BluetoothLEAdvertisementDataSectionType.CompleteLocalName);
                    return;
                }

                var name = new DataWriter();
                name.WriteString(value);
                SetSection(BluetoothLEAdvertisementDataSectionType.CompleteLocalName, name);
            }
        }

        public ArrayList ManufacturerData { get; } = new ArrayList();

        public Guid[] ServiceUuids => (Guid[])_serviceUuids.ToArray(typeof(Guid));

        internal bool IsConnectable { get; set; }

        public ArrayList GetManufacturerDataByCompanyId(ushort companyId)
        {
            var found = new ArrayList();
            foreach (BluetoothLEManufacturerData data in ManufacturerData)
            {
                if (data.CompanyId == companyId)
                {
                    found.Add(data);
                }
            }

            return found;
        }

        public ArrayList GetSectionsByType(byte type)
        {
            var found = new ArrayList();
            foreach (BluetoothLEAdvertisementDataSection section in _sections)
            {
                if (section.DataType == type)
                {
                    found.Add(section);
                }
            }

            return found;
        }

        internal void SetSection(BluetoothLEAdvertisementDataSectionType type, Buffer data)
        {
            var section = new BluetoothLEAdvertisementDataSection((byte)type, data);
            for (int i = 0; i < _sections.Count; i++)
            {
                if (((BluetoothLEAdvertisementDataSection)_sections[i]).DataType == (byte)type)
                {
                    _sections[i] = section;
                    return;
                }
            }

            _sections.Add(section);
        }

        internal void RemoveSections(BluetoothLEAdvertisementDataSectionType type)
        {
            for (int i = _sections.Count - 1; i >= 0; i--)
            {
                if (((BluetoothLEAdvertisementDataSection)_sections[i]).DataType == (byte)type)
                {
                    _sections.RemoveAt(i);
                }
            }
        }

        /// <summary>Reads AD structures (Core specification Vol 3 Part C 11); a broken one ends the reading.</summary>
        internal void Parse(byte[] bytes)
        {
            for (int at = 0; at < bytes.Length;)
            {
                int length = bytes[at] - 1;
                if (length < 0 || at + 2 + length > bytes.Length)
                {
                    return;
                }

                var data = new byte[length];
                Array.Copy(bytes, at + 2, data, 0, length);
                var section = new BluetoothLEAdvertisementDataSection(bytes[at + 1], new Buffer(data));
                _sections.Add(section);
                Interpret(section, data);
                at += 2 + length;
            }
        }

        /// <summary>
        /// Lays the sections out as on the air: each goes into the advertisement if it still fits, else into the scan
        /// response, else nowhere (facts 1.2).
        /// </summary>
        /// <returns>False if a section was dropped.</returns>
        internal bool Lay(out byte[] advertisement, out byte[] scanResponse)
        {
            var first = new List<byte>();
            var second = new List<byte>();
            bool all = true;
            foreach (BluetoothLEAdvertisementDataSection section in DataSections)
            {
                const int room = WhispurrNet.Virtual.BluetoothLimits.AdvertisementBytes;
                List<byte> target = first.Count + section.LengthOnAir <= room ? first : second;
                if (target.Count + section.LengthOnAir > room)
                {
                    all = false;
                    continue;
                }

                target.Add((byte)(section.Data.Length + 1));
                target.Add(section.DataType);
                target.AddRange(section.Data.Copy());
            }

            advertisement = first.ToArray();
            scanResponse = second.ToArray();
            return all;
        }

        private void Interpret(BluetoothLEAdvertisementDataSection section, byte[] data)
        {
            switch ((BluetoothLEAdvertisementDataSectionType)section.DataType)
            {
                case BluetoothLEAdvertisementDataSectionType.Flags when data.Length > 0:
                    _flags = (BluetoothLEAdvertisementFlags)data[0];
                    break;
                case BluetoothLEAdvertisementDataSectionType.ShortenedLocalName:
                case BluetoothLEAdvertisementDataSectionType.CompleteLocalName:
                    _localName = WhispurrNet.Virtual.BoardText.FromUtf8(data, 0, data.Length);
                    break;
                case BluetoothLEAdvertisementDataSectionType.ManufacturerSpecificData when data.Length >= 2:
                    var rest = new byte[data.Length - 2];
                    Array.Copy(data, 2, rest, 0, rest.Length);
                    ManufacturerData.Add(
                        new BluetoothLEManufacturerData(BitConverter.ToUInt16(data, 0), new Buffer(rest)));
                    break;
                case BluetoothLEAdvertisementDataSectionType.CompleteList128uuid:
                case BluetoothLEAdvertisementDataSectionType.IncompleteList128uuid:
                    // Lists of shorter UUIDs are not understood, here as on the chip (facts 1.3).
                    DataReader reader = DataReader.FromBuffer(section.Data);
                    while (reader.UnconsumedBufferLength >= 16)
                    {
                        _serviceUuids.Add(reader.ReadUuid());
                    }

                    break;
            }
        }

        private void MergeManufacturerData()
        {
            RemoveSections(BluetoothLEAdvertisementDataSectionType.ManufacturerSpecificData);
            foreach (BluetoothLEManufacturerData data in ManufacturerData)
            {
                var writer = new DataWriter();
                writer.WriteUInt16(data.CompanyId);
                writer.WriteBuffer(data.Data);
                _sections.Add(new BluetoothLEAdvertisementDataSection(
                    (byte)BluetoothLEAdvertisementDataSectionType.ManufacturerSpecificData, writer));
            }
        }
    }
}
