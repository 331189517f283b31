using System;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Noise;

namespace WhispurrNet.Board.SelfTest
{
    /// <summary>
    /// One published known answer for every primitive, as digits in the code: those stay in flash, where an array that
    /// lives as long as the program would take memory for good. Sizes are small, since a board computes a test for tens
    /// of milliseconds, and X25519 for most of a second.
    /// </summary>
    internal static class KnownAnswers
    {
        /// <summary>How many primitives there are.</summary>
        internal const int Count = 8;

        /// <summary>
        /// All tests: the primitives, then the handshake built on them, which takes four curve operations and so is left
        /// out when the board starts.
        /// </summary>
        internal const int FullCount = 9;

        /// <summary>Name of a primitive.</summary>
        /// <param name="test">0 to <see cref="FullCount"/> - 1, each after those it is built on.</param>
        internal static string NameOf(int test)
        {
            switch (test)
            {
                case 0:
                    return "SHA-256";
                case 1:
                    return "HMAC-SHA256";
                case 2:
                    return "HKDF-SHA256";
                case 3:
                    return "ChaCha20";
                case 4:
                    return "Poly1305";
                case 5:
                    return "XChaCha20-Poly1305";
                case 6:
                    return "X25519";
                case 7:
                    return "SipHash-2-4";
                default:
                    return "Noise X";
            }
        }

        /// <summary>Computes one answer.</summary>
        /// <returns>Whether it is right.</returns>
        internal static bool Holds(int test)
        {
            switch (test)
            {
                case 0:
                    return Sha256Holds();
                case 1:
                    return HmacHolds(new HmacSha256());
                case 2:
                    return HkdfHolds();
                case 3:
                    return ChaCha20Holds();
                case 4:
                    return Poly1305Holds();
                case 5:
                    return XChaCha20Poly1305Holds();
                case 6:
                    return X25519Holds();
                case 7:
                    return SipHashHolds();
                default:
                    return NoiseHolds();
            }
        }

        /// <summary>RFC 4231, test case 2, for an HMAC of any origin.</summary>
        internal static bool HmacHolds(IHmacSha256 hmac)
        {
            byte[] data = Ascii("what do ya want for nothing?");
            byte[] mac = new byte[Sha256.HashSize];
            hmac.Compute(Ascii("Jefe"), data, 0, data.Length, mac, 0);
            return Same(mac, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        }

        /// <summary>FIPS 180-4, the example of one block.</summary>
        private static bool Sha256Holds()
        {
            byte[] hash = new byte[Sha256.HashSize];
            Sha256.Hash(Ascii("abc"), 0, 3, hash, 0);
            return Same(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        }

        /// <summary>RFC 5869, A.1.</summary>
        private static bool HkdfHolds()
        {
            byte[] secret = new byte[22];
            for (int i = 0; i < secret.Length; i++)
            {
                secret[i] = 0x0b;
            }

            byte[] prk = new byte[Sha256.HashSize];
            byte[] okm = new byte[42];
            Hkdf hkdf = new Hkdf(new HmacSha256());
            hkdf.Extract(Counting(0, 13), secret, prk);
            hkdf.Expand(prk, Counting(0xf0, 10), okm, 0, okm.Length);
            return Same(okm, "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
        }

        /// <summary>RFC 8439, 2.3.2.</summary>
        private static bool ChaCha20Holds()
        {
            byte[] block = new byte[64];
            ChaCha20 cipher = new ChaCha20();
            cipher.SetKey(Counting(0, 32), 0);
            cipher.Block(FromHex("000000090000004a00000000"), 0, 1, block, 0);
            return Same(block, "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e"
                + "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e");
        }

        /// <summary>RFC 8439, 2.5.2.</summary>
        private static bool Poly1305Holds()
        {
            byte[] data = Ascii("Cryptographic Forum Research Group");
            byte[] tag = new byte[16];
            Poly1305 poly = new Poly1305();
            poly.Init(FromHex("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b"), 0);
            poly.Update(data, 0, data.Length);
            poly.Finish(tag, 0);
            return Same(tag, "a8061dc1305136c6c22b8baf0c0127a9");
        }

        /// <summary>
        /// draft-irtf-cfrg-xchacha-03, A.3.1, by its tag, which covers the ciphertext; then the way back, and a forged
        /// byte, which must be refused.
        /// </summary>
        private static bool XChaCha20Poly1305Holds()
        {
            byte[] nonce = Counting(0x40, 24);
            byte[] ad = FromHex("50515253c0c1c2c3c4c5c6c7");
            byte[] text = Ascii("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
                + "future, sunscreen would be it.");
            byte[] box = new byte[text.Length + 16];
            XChaCha20Poly1305 aead = new XChaCha20Poly1305();
            aead.SetKey(Counting(0x80, 32), 0);
            aead.Seal(nonce, 0, ad, 0, ad.Length, text, 0, text.Length, box, 0);
            byte[] tag = new byte[16];
            Array.Copy(box, text.Length, tag, 0, tag.Length);
            byte[] back = new byte[text.Length];
            aead.SetKey(Counting(0x80, 32), 0);
            bool opens = aead.Open(nonce, 0, ad, 0, ad.Length, box, 0, box.Length, back, 0);
            bool same = CryptoBytes.ConstantTimeEquals(text, 0, back, 0, text.Length);
            box[0] ^= 1;
            aead.SetKey(Counting(0x80, 32), 0);
            bool forged = aead.Open(nonce, 0, ad, 0, ad.Length, box, 0, box.Length, back, 0);
            return Same(tag, "c0875924c1c7987947deafd8780acf49") && opens && same && !forged;
        }

        /// <summary>RFC 7748, 5.2, the first vector.</summary>
        private static bool X25519Holds()
        {
            byte[] result = new byte[32];
            X25519 curve = new X25519();
            return curve.ScalarMultiply(
                    FromHex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
                    FromHex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"),
                    result)
                && Same(result, "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
        }

        /// <summary>The example in appendix A of the SipHash paper.</summary>
        private static bool SipHashHolds()
        {
            SipHash hash = new SipHash();
            hash.SetKey(Counting(0, 16), 0);
            return hash.Compute(Counting(0, 15), 0, 15) == 0xa129ca6149be45e5;
        }

        /// <summary>
        /// Noise_X_25519_ChaChaPoly_SHA256 of the vectors of cacophony, by the hash over the whole message.
        /// </summary>
        private static bool NoiseHolds()
        {
            byte[] key = FromHex("e61ef9919cde45dd5f82166404bd08e38bceb5dfdfded0a34c8df7ed542214d1");
            byte[] publicKey = new byte[32];
            new X25519().ScalarMultiplyBase(key, publicKey);
            HandshakeState handshake = new HandshakeState(
                HandshakePattern.X(),
                true,
                Ascii("John Galt"),
                key,
                publicKey,
                FromHex("31e0303fd6418d2f8c0e78b91f22e8caed0fbe48656dcf4767e4834f701b8f62"),
                FromHex("893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a"),
                null,
                null,
                new HmacSha256());
            byte[] payload = Ascii("Ludwig von Mises");
            byte[] message = new byte[128];
            handshake.WriteMessage(payload, 0, payload.Length, message, 0);
            return Same(
                handshake.HandshakeHash, "e6adfaa886b76b16b2aa79c54434c77fed488c8aa66d2c545608f4352f70f664");
        }

        private static bool Same(byte[] actual, string expected)
        {
            return CryptoBytes.ConstantTimeEquals(actual, 0, FromHex(expected), 0, actual.Length);
        }

        private static byte[] FromHex(string digits)
        {
            byte[] bytes = new byte[digits.Length / 2];
            for (int i = 0; i < digits.Length; i++)
            {
                int digit = digits[i] <= '9' ? digits[i] - '0' : digits[i] - 'a' + 10;
                bytes[i / 2] = (byte)((bytes[i / 2] * 16) + digit);
            }

            return bytes;
        }

        private static byte[] Counting(int first, int count)
        {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++)
            {
                bytes[i] = (byte)(first + i);
            }

            return bytes;
        }

        private static byte[] Ascii(string text)
        {
            byte[] bytes = new byte[text.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)text[i];
            }

            return bytes;
        }
    }
}
