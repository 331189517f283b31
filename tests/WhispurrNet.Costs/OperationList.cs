using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Costs
{
    /// <summary>Everything that is measured.</summary>
    public static class OperationList
    {
        /// <summary>All operations.</summary>
        /// <param name="hmac">The HMAC they use. A managed one is wiped before each run: it remembers keys.</param>
        public static Operation[] All(IHmacSha256 hmac)
        {
            return new Operation[]
            {
                new CurveOperation("X25519", false),
                new CurveOperation("X25519, base point", true),
                new SealOperation("ChaCha20-Poly1305 seal, 256 bytes", false, false),
                new SealOperation("ChaCha20-Poly1305 open, 256 bytes", true, false),
                new SealOperation("XChaCha20-Poly1305 seal, 256 bytes", false, true),
                new SealOperation("XChaCha20-Poly1305 open, 256 bytes", true, true),
                new MacOperation("HMAC-SHA256, 32 bytes", hmac),
                new HandshakeOperation("XXpsk3 initiator, key pair made ahead", true, true, hmac),
                new HandshakeOperation("XXpsk3 responder, key pair made ahead", false, true, hmac),
                new HandshakeOperation("XXpsk3 initiator, making its key pair", true, false, hmac),
                new HandshakeOperation("XXpsk3 responder, making its key pair", false, false, hmac),
                new OpeningOperation("link opened by full handshake, initiator", false, true, hmac),
                new OpeningOperation("link opened by full handshake, responder", false, false, hmac),
                new OpeningOperation("link opened by resumption, initiator", true, true, hmac),
                new OpeningOperation("link opened by resumption, responder", true, false, hmac),
                new DirectOperation("direct seal", false, hmac),
                new DirectOperation("direct open", true, hmac),
                new SignatureOperation("Ed25519 verify, 64 bytes", true),
                new SignatureOperation("Ed25519 sign, 64 bytes", false),
            };
        }

        /// <summary>Bytes that are always the same, and different for each use.</summary>
        internal static byte[] Bytes(int count, int use)
        {
            byte[] bytes = new byte[count];
            uint state = (uint)use;
            for (int i = 0; i < count; i++)
            {
                state = (state * 1664525) + 1013904223;
                bytes[i] = (byte)(state >> 24);
            }

            return bytes;
        }

        /// <summary>Makes an HMAC forget its last key.</summary>
        internal static void Forget(IHmacSha256 hmac)
        {
            HmacSha256 managed = hmac as HmacSha256;
            if (managed != null)
            {
                managed.Wipe();
            }
        }
    }
}
