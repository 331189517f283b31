using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.DeviceTests.Core
{
    /// <summary>Nodes from small numbers and links between them, for the tests of the core.</summary>
    internal static class Bench
    {
        // The nodes that were met lately, and their addresses.
        private static readonly NodeCore[] s_met = new NodeCore[8];
        private static readonly ulong[] s_addresses = new ulong[8];
        private static int s_next;

        internal const string Home = "000G-40R4-0M30-E209-185G-R38E-1YZ4";
        internal const string Intent = "emotion_data";

        /// <summary>A node whose every random choice follows from one number.</summary>
        /// <param name="number">Fills the seed.</param>
        /// <param name="joinCode">Its network, or null for a keyless relay.</param>
        internal static NodeCore Node(byte number, string joinCode)
        {
            return Node(number, joinCode, false);
        }

        /// <summary>A member of the home network that sends its contact card.</summary>
        internal static NodeCore Discoverable(byte number)
        {
            return Node(number, Home, true);
        }

        private static NodeCore Node(byte number, string joinCode, bool discoverable)
        {
            NodeConfiguration configuration = new NodeConfiguration();
            configuration.Network = joinCode == null ? null : NetworkKey.FromJoinCode(joinCode);
            configuration.Limits = NodeLimits.Small();
            configuration.Limits.StrangerHandshakeBurst = 8;
            configuration.Discoverable = discoverable;
            return new NodeCore(configuration, new HmacSha256(), Seed(number), 0);
        }

        internal static byte[] Seed(byte number)
        {
            byte[] seed = new byte[NodeCore.SeedSize];
            for (int i = 0; i < seed.Length; i++)
            {
                seed[i] = number;
            }

            return seed;
        }

        internal static byte[] Ascii(string text)
        {
            byte[] bytes = new byte[text.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)text[i];
            }

            return bytes;
        }

        /// <summary>A frame sealed to the test intent, as PROTOCOL.md works it out; hop budget 9, lifetime 880 units.</summary>
        internal static byte[] Frame()
        {
            const uint now = 1790000000;
            byte[] payload = Ascii("{\"emotion_label\":\"calm\"}");
            MacWorkspace mac = new MacWorkspace(new HmacSha256());
            NetworkKeys keys = new NetworkKeys(NetworkKey.FromJoinCode(Home), mac.Hmac);
            WhisperHeader header = new WhisperHeader();
            header.Type = (byte)WhisperType.Resonance;
            header.PayloadCount = payload.Length;
            header.InnerId = 0x1122334455667788;
            header.SenderTimestamp = now - 60;
            header.SentUnixSeconds = now;
            for (int i = 0; i < header.Sender.Length; i++)
            {
                header.Sender[i] = (byte)(0xA0 + i);
            }

            byte[] frame = new byte[FrameLayout.StandardFrameSize];
            new Protocol.Sealing.WhisperSealer(mac, frame.Length).Seal(
                header, payload, 0, ExpiryHour.Encode(now, 3600), keys.Derive(Labels.IntentTag(Intent)),
                keys.Derive(Labels.IntentSeal(Intent)), new ChaChaRandom(Seed(1)), frame, 0);
            new Protocol.Sealing.FrameAuthenticator(mac, keys.Admission, frame.Length).Admit(frame, 0);
            FrameCodec.WriteMutable(frame, 0, frame.Length, 9, 880);
            return frame;
        }

        /// <summary>Carries units both ways until both sides are silent.</summary>
        /// <param name="a">One node.</param>
        /// <param name="aLink">Its link.</param>
        /// <param name="b">The other node.</param>
        /// <param name="bLink">Its link.</param>
        /// <param name="nowMs">Now.</param>
        /// <param name="transcript">Takes every unit; may be null.</param>
        /// <returns>Units carried.</returns>
        internal static int Run(NodeCore a, int aLink, NodeCore b, int bLink, long nowMs, Sha256 transcript)
        {
            byte[] unit = new byte[a.MaxUnit];
            int units = 0;
            bool quiet = false;
            while (!quiet)
            {
                int ab = a.PollTransmit(aLink, unit, 0, nowMs);
                Carry(b, bLink, unit, ab, nowMs, transcript);
                int ba = b.PollTransmit(bLink, unit, 0, nowMs);
                Carry(a, aLink, unit, ba, nowMs, transcript);
                quiet = ab == 0 && ba == 0;
                units += (ab > 0 ? 1 : 0) + (ba > 0 ? 1 : 0);
            }

            return units;
        }

        /// <summary>One contact from hello to disconnect, at 20 bytes a unit.</summary>
        /// <returns>True when both sides finished it.</returns>
        internal static bool Contact(NodeCore client, NodeCore server, long nowMs, Sha256 transcript)
        {
            // As a pump does between two contacts: a key pair that the last one used up is made anew.
            client.HandleTimeout(nowMs);
            server.HandleTimeout(nowMs);
            int from = client.OpenLink(
                LinkKind.Contact, true, FragmentWriter.UnitSizeMin, AddressOf(server), nowMs);
            int to = server.OpenLink(LinkKind.Contact, false, FragmentWriter.UnitSizeMin, 0, nowMs);
            Run(client, from, server, to, nowMs, transcript);
            bool finished = client.GetLinkState(from) == LinkState.Finished
                && server.GetLinkState(to) == LinkState.Finished;
            client.CloseLink(from, nowMs);
            server.CloseLink(to, nowMs);
            return finished;
        }

        /// <summary>Every node has an address of its own, as on the air.</summary>
        private static ulong AddressOf(NodeCore node)
        {
            for (int i = 0; i < s_met.Length; i++)
            {
                if (s_met[i] == node)
                {
                    return s_addresses[i];
                }
            }

            int place = s_next % s_met.Length;
            s_next++;
            s_met[place] = node;
            s_addresses[place] = 0xB0 + (ulong)s_next;
            return s_addresses[place];
        }

        private static void Carry(NodeCore to, int link, byte[] unit, int count, long nowMs, Sha256 transcript)
        {
            if (count == 0)
            {
                return;
            }

            if (transcript != null)
            {
                transcript.Update(unit, 0, count);
            }

            to.Receive(link, unit, 0, count, nowMs);
        }
    }
}
