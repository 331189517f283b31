using nanoFramework.TestFramework;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.DeviceTests.Core
{
    /// <summary>Contact cards, mailboxes and direct whispers between nodes on the device.</summary>
    [TestClass]
    public class DirectTests
    {
        [TestMethod]
        public void ACardIsCheckedAgainstTheIdentity()
        {
            MacWorkspace mac = new MacWorkspace(new HmacSha256());
            EphemeralIdentity identity = new EphemeralIdentity();
            identity.Renew(new ChaChaRandom(Bench.Seed(1)), 0xFFFFFFFE, mac);
            byte[] card = new byte[ContactCard.Size];
            identity.WriteCard(3600, card, mac);
            Assert.IsTrue(ContactCard.IsOf(card, 0, card.Length, identity.Id, 0xFFFFFFFE));
            Assert.IsFalse(ContactCard.IsOf(card, 0, card.Length - 1, identity.Id, 0xFFFFFFFE));
            Assert.IsFalse(ContactCard.IsOf(card, 0, card.Length, identity.Id, 0xFFFFFFFD));
            card[ContactCard.MailboxKeyOffset + 31] ^= 0x80;
            Assert.IsFalse(ContactCard.IsOf(card, 0, card.Length, identity.Id, 0xFFFFFFFE));

            byte[] id = new byte[EphemeralIdentity.IdSize];
            Assert.IsTrue(EphemeralIdentity.TryParse(identity.ToString(), id));
            Assert.AreEqual(Vectors.Hex.Write(identity.Id), Vectors.Hex.Write(id));
            Assert.IsFalse(EphemeralIdentity.TryParse(identity.ToString().Substring(1) + "0", id));
        }

        [TestMethod]
        public void ContactsGoInTheirOrderAndMailboxesOutliveTheirIdentity()
        {
            MacWorkspace mac = new MacWorkspace(new HmacSha256());
            ChaChaRandom random = new ChaChaRandom(Bench.Seed(2));
            EphemeralIdentity identity = new EphemeralIdentity();
            MailboxRing ring = new MailboxRing(identity, 3, mac);
            ContactTable table = new ContactTable(2);
            byte[] card = new byte[ContactCard.Size];
            byte[] first = new byte[EphemeralIdentity.IdSize];
            for (uint hour = 0; hour < 4; hour++)
            {
                identity.Renew(random, hour, mac);
                identity.WriteCard(0, card, mac);
                Assert.IsTrue(table.Learn(identity.Id, hour, card, 0, 1000000, hour));
                if (hour == 0)
                {
                    System.Array.Copy(identity.Id, 0, first, 0, first.Length);
                    table.NoteUsed(table.Find(first), false, 1);
                }

                ring.Retire(100 + hour);
            }

            Assert.AreEqual(2, table.Count);
            Assert.IsTrue(table.Find(first) != ContactTable.None);
            Assert.IsTrue(table.Find(identity.Id) != ContactTable.None);
            Assert.AreEqual(3, ring.Count);
            Assert.AreEqual(102u, ring.NextEndSeconds);
            ring.Expire(102);
            Assert.AreEqual(2, ring.Count);
            Assert.AreEqual(103u, ring.NextEndSeconds);
        }

        [TestMethod]
        public void ADirectWhisperCrossesARelayToOneAlone()
        {
            NodeCore alice = Bench.Discoverable(21);
            NodeCore relay = Bench.Node(22, Protocol.Network.NetworkKey.PublicJoinCode);
            NodeCore bob = Bench.Discoverable(23);
            NodeCore carol = Bench.Discoverable(24);
            NodeCore[] members = new NodeCore[] { alice, bob, carol };
            WhisperMessage message = new WhisperMessage(alice.MaxFramePayload);
            for (int i = 0; i < members.Length; i++)
            {
                members[i].HandleTimeout(25000);
                Assert.IsTrue(Bench.Contact(members[i], relay, 25000, null));
            }

            for (int i = 0; i < members.Length; i++)
            {
                Assert.IsTrue(Bench.Contact(members[i], relay, 30000, null));
                Assert.IsFalse(members[i].PollWhisper(message));
                Assert.AreEqual(2, members[i].KnownContacts);
            }

            byte[] recipient = new byte[EphemeralIdentity.IdSize];
            Assert.IsTrue(EphemeralIdentity.TryParse(bob.IdentityText, recipient));
            byte[] payload = Bench.Ascii("for you alone");
            Assert.AreEqual(62, alice.MaxDirectFramePayload);
            Assert.AreEqual(
                (int)SendResult.Queued, (int)alice.Direct(recipient, payload, 0, payload.Length, 31000));
            byte[] frame = new byte[256];
            Assert.IsTrue(alice.CopyFrame(alice.LastSentId, frame));
            Assert.IsTrue(Bench.Contact(alice, relay, 32000, null));
            Assert.IsTrue(Bench.Contact(carol, relay, 33000, null));
            Assert.IsTrue(Bench.Contact(bob, relay, 34000, null));

            Assert.IsFalse(carol.PollWhisper(message));
            Assert.AreEqual(0, carol.CountKeysThatOpen(frame));
            Assert.AreEqual(0, relay.CountKeysThatOpen(frame));
            Assert.IsTrue(bob.PollWhisper(message));
            Assert.AreEqual((int)WhisperType.Whisper, (int)message.Type);
            Assert.IsTrue(message.SenderProven);
            Assert.AreEqual(alice.IdentityText, message.SenderText);
            Assert.AreEqual(payload.Length, message.PayloadCount);
            Assert.AreEqual(1, bob.CountKeysThatOpen(frame));
        }

        [TestMethod]
        public void ADirectWhisperInPartsIsAcknowledged()
        {
            NodeCore alice = Bench.Discoverable(31);
            NodeCore bob = Bench.Discoverable(32);
            WhisperMessage message = new WhisperMessage(alice.MaxFramePayload);
            alice.HandleTimeout(25000);
            bob.HandleTimeout(25000);
            Assert.IsTrue(Bench.Contact(alice, bob, 25000, null));
            Assert.IsFalse(alice.PollWhisper(message));
            Assert.IsFalse(bob.PollWhisper(message));
            byte[] recipient = new byte[EphemeralIdentity.IdSize];
            Assert.IsTrue(EphemeralIdentity.TryParse(bob.IdentityText, recipient));
            byte[] payload = new byte[300];
            for (int i = 0; i < payload.Length; i++)
            {
                payload[i] = (byte)(i * 7);
            }

            Assert.AreEqual((int)SendResult.Queued, (int)alice.Direct(recipient, payload, 0, 300, 26000));
            ulong id = alice.LastSentInnerId;
            Assert.AreEqual((int)WhisperStatus.Queued, (int)alice.StatusOf(id));
            Assert.IsTrue(Bench.Contact(alice, bob, 40000, null));
            Assert.AreEqual((int)WhisperStatus.Relayed, (int)alice.StatusOf(id));
            Assert.IsTrue(bob.PollWhisper(message));
            Assert.AreEqual(300, message.PayloadCount);
            byte[] taken = message.TakePayload();
            for (int i = 0; i < payload.Length; i++)
            {
                Assert.AreEqual((int)payload[i], (int)taken[i]);
            }

            bob.HandleTimeout(60000);
            alice.HandleTimeout(60000);
            Assert.IsTrue(Bench.Contact(bob, alice, 60000, null));
            Assert.IsFalse(alice.PollWhisper(message));
            Assert.AreEqual((int)WhisperStatus.Delivered, (int)alice.StatusOf(id));
        }

        [TestMethod]
        public void ADamagedDirectWhisperIsRefused()
        {
            NodeCore alice = Bench.Discoverable(25);
            NodeCore bob = Bench.Discoverable(26);
            WhisperMessage message = new WhisperMessage(alice.MaxFramePayload);
            alice.HandleTimeout(25000);
            bob.HandleTimeout(25000);
            Assert.IsTrue(Bench.Contact(alice, bob, 25000, null));
            Assert.IsFalse(alice.PollWhisper(message));
            byte[] recipient = new byte[EphemeralIdentity.IdSize];
            Assert.IsTrue(EphemeralIdentity.TryParse(bob.IdentityText, recipient));
            Assert.AreEqual((int)SendResult.Queued, (int)alice.Direct(recipient, recipient, 0, 16, 26000));
            byte[] frame = new byte[256];
            Assert.IsTrue(alice.CopyFrame(alice.LastSentId, frame));
            Assert.AreEqual(1, bob.CountKeysThatOpen(frame));
            frame[100] ^= 1;
            Assert.AreEqual(0, bob.CountKeysThatOpen(frame));
            Assert.AreEqual((int)SendResult.UnknownContact, (int)bob.Direct(recipient, recipient, 0, 16, 26000));
        }
    }
}
