using nanoFramework.TestFramework;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Network;

namespace WhispurrNet.DeviceTests.Core
{
    /// <summary>Join codes, expiry hours, integers, fragments: where a cast would show first.</summary>
    [TestClass]
    public class CodecTests
    {
        [TestMethod]
        public void AJoinCodeRoundTrips()
        {
            byte[] secret = new byte[JoinCode.SecretSize];
            for (int i = 0; i < secret.Length; i++)
            {
                secret[i] = (byte)(255 - (i * 17));
            }

            string code = JoinCode.Encode(secret);
            Assert.AreEqual(Vectors.Hex.Write(secret), Vectors.Hex.Write(JoinCode.Decode(code)));
            Assert.AreEqual(Vectors.Hex.Write(secret), Vectors.Hex.Write(JoinCode.Decode(code.ToLower())));
        }

        [TestMethod]
        public void TheJoinCodeOfTheSpecificationIsRead()
        {
            Assert.AreEqual("000102030405060708090a0b0c0d0e0f", Vectors.Hex.Write(JoinCode.Decode(Bench.Home)));
            Assert.AreEqual(new string('0', 32), Vectors.Hex.Write(JoinCode.Decode(NetworkKey.PublicJoinCode)));
        }

        [TestMethod]
        public void WhatIsNoJoinCodeIsRefused()
        {
            Assert.IsNull(JoinCode.Decode(null));
            Assert.IsNull(JoinCode.Decode(""));
            Assert.IsNull(JoinCode.Decode("000G-40R4-0M30-E209-185G-R38E-1YZ5"));
            Assert.IsNull(JoinCode.Decode("000G-40R4-0M30-E209-185G-R38E-1YZ"));
            Assert.IsNull(JoinCode.Decode("000G-40R4-0M30-E209-185G-R38E-1YZ44"));
            Assert.IsNull(JoinCode.Decode("U00G-40R4-0M30-E209-185G-R38E-1YZ4"));
        }

        [TestMethod]
        public void ExpiryHoursOfTheSpecification()
        {
            Assert.AreEqual(0, (int)ExpiryHour.Encode(0, 3600));
            Assert.AreEqual(230, (int)ExpiryHour.Encode(1790000000, 3600));
            Assert.AreEqual(253, (int)ExpiryHour.Encode(1790000000, 86400));
            Assert.AreEqual(1, (int)ExpiryHour.Encode(917999, 1));
            Assert.AreEqual(2, (int)ExpiryHour.Encode(918000, 1));
        }

        [TestMethod]
        public void EveryExpiryHourIsJudgedByItsDistance()
        {
            // 497,221 hours since 1970 and a bit; two hours of 255 apart in the byte.
            for (uint hour = 497221; hour < 497221 + 255; hour += 127)
            {
                uint now = (hour * 3600) + 1234;
                for (uint back = 0; back < 255; back++)
                {
                    // From 100 hours back to 154 ahead.
                    byte encoded = (byte)(1 + ((hour + 155 + back) % 255));
                    uint expected = back >= 100 && back <= 126 ? ((back - 99) * 3600) - 1234 : 0;
                    Assert.AreEqual(expected, ExpiryHour.SecondsLeft(encoded, now));
                }
            }

            Assert.AreEqual(uint.MaxValue, ExpiryHour.SecondsLeft(0, 1790000000));
            Assert.AreEqual(uint.MaxValue, ExpiryHour.SecondsLeft(7, 0));
        }

        [TestMethod]
        public void IntegersWithTheirHighestBitsSetRoundTrip()
        {
            byte[] buffer = new byte[10];
            ByteOrder.WriteUInt64(buffer, 1, 0xFEDCBA9876543210);
            Assert.AreEqual("001032547698badcfe00", Vectors.Hex.Write(buffer));
            Assert.AreEqual(0xFEDCBA9876543210, ByteOrder.ReadUInt64(buffer, 1));
            Assert.AreEqual(0xBA9876543210, ByteOrder.ReadUInt48(buffer, 1));
            Assert.AreEqual(0xFEDCBA98, ByteOrder.ReadUInt32(buffer, 5));
            ByteOrder.WriteUInt64BigEndian(buffer, 1, 0xFEDCBA9876543210);
            Assert.AreEqual(0xFEDCBA9876543210, ByteOrder.ReadUInt64BigEndian(buffer, 1));
            Assert.AreEqual("fedcba9876543210", Hex.ToText(0xFEDCBA9876543210));
            Assert.AreEqual("fedcba98", Hex.ToText(0xFEDCBA98));
        }

        [TestMethod]
        public void ClearFieldsOfAFrameAreChecked()
        {
            byte[] frame = Bench.Frame();
            Assert.AreEqual(FrameCodec.Accepted, FrameCodec.Check(frame, 0, 256, 256));
            Assert.AreEqual(FrameCodec.WrongLength, FrameCodec.Check(frame, 0, 255, 256));
            Assert.AreEqual(FrameCodec.WrongLength, FrameCodec.Check(frame, 1, 256, 256));
            FrameCodec.WriteMutable(frame, 0, 256, 10, 21600);
            Assert.AreEqual(21600, FrameCodec.ReadLifetimeUnits(frame, 0, 256));
            frame[254] = 255;
            frame[255] = 255;
            Assert.AreEqual(21600, FrameCodec.ReadLifetimeUnits(frame, 0, 256));
            frame[253] = 200;
            Assert.AreEqual(10, FrameCodec.ReadHopBudget(frame, 0, 256));
        }

        [TestMethod]
        public void RecordsGoThroughTwentyByteFragments()
        {
            FragmentWriter writer = new FragmentWriter(265);
            FragmentReader reader = new FragmentReader(265);
            byte[] unit = new byte[FragmentWriter.UnitSizeMin];
            int fragments = 0;

            // Enough of them that the sequence number goes around more than once.
            for (int length = 1; length <= 265; length += 12)
            {
                for (int i = 0; i < length; i++)
                {
                    writer.Record[i] = (byte)((i * 7) + length);
                }

                writer.Load(length);
                int result = FragmentReader.NeedMore;
                while (writer.IsBusy)
                {
                    Assert.IsTrue(writer.CanSend);
                    result = reader.Push(unit, 0, writer.Next(unit, 0, unit.Length));
                    fragments++;
                    if (reader.AckDue)
                    {
                        reader.WriteAck(unit, 0);
                        Assert.IsTrue(writer.Acknowledge(unit[0]));
                    }
                }

                Assert.AreEqual(FragmentReader.RecordComplete, result);
                Assert.AreEqual(length, reader.RecordCount);
                for (int i = 0; i < length; i++)
                {
                    Assert.IsTrue(reader.Record[i] == (byte)((i * 7) + length));
                }
            }

            Assert.IsTrue(fragments > 160);
            unit[0] ^= 1;
            Assert.AreEqual(FragmentReader.Gap, reader.Push(new byte[] { 3, 0xC0, 1, 0, 9 }, 0, 5));
        }

        [TestMethod]
        public void AProtectedRecordShowsDamage()
        {
            ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
            byte[] keys = new byte[64];
            NoiseProtection sender = new NoiseProtection(cipher);
            NoiseProtection receiver = new NoiseProtection(cipher);
            sender.SetKeys(keys, 0, 32);
            receiver.SetKeys(keys, 32, 0);
            byte[] record = new byte[32];
            Assert.AreEqual(32, sender.Protect(record, 0, 16));
            record[3] ^= 0x80;
            Assert.AreEqual(-1, receiver.Unprotect(record, 0, 32));

            record[3] ^= 0x80;
            Assert.AreEqual(16, receiver.Unprotect(record, 0, 32));
        }
    }
}
