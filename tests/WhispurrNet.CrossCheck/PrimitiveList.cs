using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Extras.Crypto;

namespace WhispurrNet.CrossCheck
{
    /// <summary>Everything that is checked, and what comes of it elsewhere.</summary>
    public static class PrimitiveList
    {
        /// <summary>Inputs that each primitive is checked with.</summary>
        public const int Rounds = 10000;

        /// <summary>All primitives.</summary>
        public static Primitive[] All()
        {
            return new Primitive[]
            {
                new HashPrimitive("SHA-256", new Sha256(), null, null),
                new HashPrimitive("SHA-512", null, new Sha512(), null),
                new HashPrimitive("BLAKE2s", null, null, new Blake2s()),
                new MacPrimitive("HMAC-SHA256", false),
                new MacPrimitive("HKDF-SHA256", true),
                new SealPrimitive("ChaCha20-Poly1305", false),
                new SealPrimitive("XChaCha20-Poly1305", true),
                new CurvePrimitive("X25519", false),
                new CurvePrimitive("X25519, base point", true),
                new SignaturePrimitive("Ed25519"),
            };
        }

        /// <summary>
        /// The hashes that .NET and BouncyCastle give for all rounds, in the same order. The tests of the protocol compute
        /// them anew.
        /// </summary>
        public static string[] Expected()
        {
            return new string[]
            {
                "f81dfa7b2f99e99f312e686a9d643b5ec20c0eeefe8e3426ed2203f6cc921960",
                "ff00432a16888db076c96ad848bf996a4afbd6aec804838982a18e766d4dab1d",
                "9fbf5d40f70c82ec1c0ee3f247560d3eac5dc368d39a6f21e1cbb8c36ac4c753",
                "485ad5c3e0c84c3c4218bac31e95cfaa3cc7729490b5e91fa57f859e810e6b88",
                "1d5d05ebdd7dff18593cfedd341efe3204cc6eaac0374cdc5e92e816be0dd844",
                "a3169ed4bc00a9fbbf07b58adcd4923cf4a4609b95739ec5fa4cdcb2b137b9e0",
                "e0ec5648bd0c6e217700a69ba378b28d5f118ff08199b325f1c40bf1e323b30c",
                "a74192dd562f2aac396341ecd27f23cc66b1208156d5c39f8084326b63d1820c",
                "17d511db6a79402c4b97410fa02c7755105550409bc086efb32b4a4e7987cb1b",
                "21e6f7a5405df829f24bf6f87cf2ad0c344e228811909111ed12a67739c69632",
            };
        }
    }
}
