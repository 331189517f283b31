namespace WhispurrNet.DeviceTests.Vectors
{
    /// <summary>SHA-512: RFC 6234 section 8.5 (its byte-oriented tests), and the empty message.</summary>
    public static class Sha512Vectors
    {
        /// <summary>Name, message in hex, how often it is repeated, hash in hex.</summary>
        /// <returns>The vectors, one array each.</returns>
        public static string[][] All()
        {
            return new[]
            {
                new[]
                {
                    "RFC 6234 8.5 #1",
                    "616263",
                    "1",
                    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
                    + "454d4423643ce80e2a9ac94fa54ca49f",
                },
                new[]
                {
                    "RFC 6234 8.5 #2",
                    "61626364656667686263646566676869636465666768696a6465666768696a6b65666768696a6b6c666768696a6b6c6d"
                    + "6768696a6b6c6d6e68696a6b6c6d6e6f696a6b6c6d6e6f706a6b6c6d6e6f70716b6c6d6e6f7071726c6d6e6f70717273"
                    + "6d6e6f70717273746e6f707172737475",
                    "1",
                    "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d289e4900f7e4331b99dec4b5433a"
                    + "c7d329eeb6dd26545e96e55b874be909",
                },
                new[]
                {
                    "RFC 6234 8.5 #3",
                    "61",
                    "1000000",
                    "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973ebde0ff244877ea60a4cb0432ce577c31b"
                    + "eb009c5c2c49aa2e4eadb217ad8cc09b",
                },
                new[]
                {
                    "RFC 6234 8.5 #4",
                    "303132333435363730313233343536373031323334353637303132333435363730313233343536373031323334353637"
                    + "30313233343536373031323334353637",
                    "10",
                    "89d05ba632c699c31231ded4ffc127d5a894dad412c0e024db872d1abd2ba8141a0f85072a9be1e2aa04cf33c765cb51"
                    + "0813a39cd5a84c4acaa64d3f3fb7bae9",
                },
                new[]
                {
                    "RFC 6234 8.5 #6",
                    "d0",
                    "1",
                    "9992202938e882e73e20f6b69e68a0a7149090423d93c81bab3f21678d4aceeee50e4e8cafada4c85a54ea8306826c4a"
                    + "d6e74cece9631bfa8a549b4ab3fbba15",
                },
                new[]
                {
                    "RFC 6234 8.5 #8",
                    "8d4e3c0e3889191491816e9d98bff0a0",
                    "1",
                    "cb0b67a4b8712cd73c9aabc0b199e9269b20844afb75acbdd1c153c9828924c3ddedaafe669c5fdd0bc66f630f677398"
                    + "8213eb1b16f517ad0de4b2f0c95c90f8",
                },
                new[]
                {
                    "RFC 6234 8.5 #10",
                    "a55f20c411aad132807a502d65824e31a2305432aa3d06d3e282a8d84e0de1de6974bf495469fc7f338f8054d58c26c4"
                    + "9360c3e87af56523acf6d89d03e56ff2f868002bc3e431edc44df2f0223d4bb3b243586e1a7d924936694fcbbaf88d95"
                    + "19e4eb50a644f8e4f95eb0ea95bc4465c8821aacd2fe15ab4981164bbb6dc32f969087a145b0d9cc9c67c22b76329941"
                    + "9cc4128be9a077b3ace634064e6d99283513dc06e7515d0d73132e9a0dc6d3b1f8b246f1a98a3fc72941b1e3bb2098e8"
                    + "bf16f268d64f0b0f4707fe1ea1a1791ba2f3c0c758e5f551863a96c949ad47d7fb40d2",
                    "1",
                    "c665befb36da189d78822d10528cbf3b12b3eef726039909c1a16a270d48719377966b957a878e720584779a62825c18"
                    + "da26415e49a7176a894e7510fd1451f5",
                },
                new[]
                {
                    "FIPS 180-4, empty message (CAVS SHA-512 ShortMsg, 0 bytes)",
                    "",
                    "1",
                    "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f"
                    + "63b931bd47417a81a538327af927da3e",
                },
            };
        }
    }
}
