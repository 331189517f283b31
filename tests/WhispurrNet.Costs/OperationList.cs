using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Costs
{
    /// <summary>Everything that is measured, by the names that <c>whispurr bench</c> prints.</summary>
    public static class OperationList
    {
        /// <summary>Frames held by the node of the steps of the protocol core: a board without external RAM.</summary>
        public const int UsualFrames = 16;

        private static readonly string[] s_names =
        {
            "x25519", "x25519-base",
            "chacha20-block", "poly1305-1024",
            "chacha20poly1305-seal-64", "chacha20poly1305-seal-256", "chacha20poly1305-seal-1024",
            "chacha20poly1305-open-256", "xchacha20poly1305-seal-256", "xchacha20poly1305-open-256",
            "xchacha20poly1305-seal-512", "xchacha20poly1305-open-512",
            "sha256-block", "sha512-block", "blake2s-block",
            "hmac-sha256-32", "hkdf-sha256-64", "siphash-6",
            "ed25519-sign", "ed25519-verify",
            "noise-xxpsk3-side", "noise-xxpsk3-side-responder",
            "noise-xxpsk3-contact", "noise-xxpsk3-contact-responder",
            "link-handshake-side", "link-handshake-side-responder",
            "link-resume-side", "link-resume-side-responder",
            "direct-seal", "direct-open",
        };

        /// <summary>How many there are.</summary>
        public static int Count
        {
            get { return s_names.Length + CoreOperations.Count; }
        }

        /// <summary>What a table calls one of them.</summary>
        /// <param name="index">0 to <see cref="Count"/> - 1.</param>
        public static string NameOf(int index)
        {
            return index < s_names.Length ? s_names[index] : CoreOperations.NameOf(index - s_names.Length);
        }

        /// <summary>One of them: a board has no room for all at once.</summary>
        /// <param name="index">0 to <see cref="Count"/> - 1.</param>
        /// <param name="hmac">The HMAC it uses. A managed one is wiped before each run: it remembers keys.</param>
        public static Operation Create(int index, IHmacSha256 hmac)
        {
            return index < s_names.Length
                ? Create(s_names[index], hmac)
                : CoreOperations.Create(index - s_names.Length, UsualFrames, hmac);
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

        private static Operation Create(string name, IHmacSha256 hmac)
        {
            switch (name)
            {
                case "x25519": return new CurveOperation(name, false);
                case "x25519-base": return new CurveOperation(name, true);
                case "chacha20-block": return new StreamOperation(name);
                case "poly1305-1024": return new PolyOperation(name);
                case "chacha20poly1305-seal-64": return new SealOperation(name, 64, false, false);
                case "chacha20poly1305-seal-256": return new SealOperation(name, 256, false, false);
                case "chacha20poly1305-seal-1024": return new SealOperation(name, 1024, false, false);
                case "chacha20poly1305-open-256": return new SealOperation(name, 256, true, false);
                case "xchacha20poly1305-seal-256": return new SealOperation(name, 256, false, true);
                case "xchacha20poly1305-open-256": return new SealOperation(name, 256, true, true);
                case "xchacha20poly1305-seal-512": return new SealOperation(name, 512, false, true);
                case "xchacha20poly1305-open-512": return new SealOperation(name, 512, true, true);
                case "sha256-block": return new Sha256Operation(name);
                case "sha512-block": return new Sha512Operation(name);
                case "blake2s-block": return new Blake2sOperation(name);
                case "hmac-sha256-32": return new MacOperation(name, hmac);
                case "hkdf-sha256-64": return new DerivationOperation(name, hmac);
                case "siphash-6": return new IdHashOperation(name);
                case "ed25519-sign": return new SignatureOperation(name, false);
                case "ed25519-verify": return new SignatureOperation(name, true);
                default: return CreateStep(name, hmac);
            }
        }

        private static Operation CreateStep(string name, IHmacSha256 hmac)
        {
            switch (name)
            {
                case "noise-xxpsk3-side": return new HandshakeOperation(name, true, false, hmac);
                case "noise-xxpsk3-side-responder": return new HandshakeOperation(name, false, false, hmac);
                case "noise-xxpsk3-contact": return new HandshakeOperation(name, true, true, hmac);
                case "noise-xxpsk3-contact-responder": return new HandshakeOperation(name, false, true, hmac);
                case "link-handshake-side": return new OpeningOperation(name, false, true, hmac);
                case "link-handshake-side-responder": return new OpeningOperation(name, false, false, hmac);
                case "link-resume-side": return new OpeningOperation(name, true, true, hmac);
                case "link-resume-side-responder": return new OpeningOperation(name, true, false, hmac);
                case "direct-seal": return new DirectOperation(name, false, hmac);
                default: return new DirectOperation(name, true, hmac);
            }
        }
    }
}
