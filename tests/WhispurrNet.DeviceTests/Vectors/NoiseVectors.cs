namespace WhispurrNet.DeviceTests.Vectors
{
    /// <summary>
    /// Noise handshakes and the channels behind them: the cacophony vectors as mcginty/snow carries them in
    /// tests/vectors/cacophony.txt. All of them have the same keys and payloads.
    /// </summary>
    public static class NoiseVectors
    {
        /// <summary>Prologue of both sides, hex.</summary>
        public const string Prologue = "4a6f686e2047616c74";

        /// <summary>The initiator's static private key, hex.</summary>
        public const string InitiatorStatic = "e61ef9919cde45dd5f82166404bd08e38bceb5dfdfded0a34c8df7ed542214d1";

        /// <summary>The initiator's ephemeral private key, hex.</summary>
        public const string InitiatorEphemeral = "893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a";

        /// <summary>The responder's static private key, hex.</summary>
        public const string ResponderStatic = "4a3acbfdb163dec651dfa3194dece676d437029c62a408b4c5ea9114246e4893";

        /// <summary>The responder's static public key, hex.</summary>
        public const string ResponderPublic = "31e0303fd6418d2f8c0e78b91f22e8caed0fbe48656dcf4767e4834f701b8f62";

        /// <summary>The responder's ephemeral private key, hex.</summary>
        public const string ResponderEphemeral = "bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b";

        /// <summary>The pre-shared key of the patterns that have one, hex.</summary>
        public const string Psk = "54686973206973206d7920417573747269616e20706572737065637469766521";

        /// <summary>The payload of every message, hex.</summary>
        public static string[] Payloads()
        {
            return new[]
            {
                "4c756477696720766f6e204d69736573",
                "4d757272617920526f746862617264",
                "462e20412e20486179656b",
                "4361726c204d656e676572",
                "4a65616e2d426170746973746520536179",
                "457567656e2042f6686d20766f6e2042617765726b",
            };
        }

        /// <summary>Over SHA-256.</summary>
        /// <returns>
        /// The vectors, one array each: pattern, handshake hash in hex, then every message in hex, those of the
        /// handshake first. The sides take turns, but only the initiator sends in the pattern X.
        /// </returns>
        public static string[][] Sha256()
        {
            return new[]
            {
                new[]
                {
                    "X",
                    "e6adfaa886b76b16b2aa79c54434c77fed488c8aa66d2c545608f4352f70f664",
                    "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c79446c15957a594079a5bdeae05d01" +
                        "e089fbb7cc6ea2ecfd209b941f73c9235213bc875f7283e9e17ebdac8112627915b455fdc3aaa6de60cb3c9830" +
                        "2f370fdb03ea850b9b0cf22fec13e4dc0707245c8721",
                    "9868def631af6242aaf00c35218275832d8d022af1c67b9fc5e8ba90f4d91b",
                    "9fdd2576d757f880de49b32b80abf53afec16ddc86769f0e92daff",
                    "0e5a48d10dfd648145b78012bc9edc8440cbb6e9e237eb8d5b9c25",
                    "11a3818b2523d06a64168b814ff680e60930e7145378cd813055f00e1725b5f9e8",
                    "184a48a82f921ee36371d880e2abd177f8967349e992958c66fa51bff262a37845a200d26a",
                },
                new[]
                {
                    "XX",
                    "c8e5f64e846193be2a834104c2a009868d6c9f3bd3c186299888b488b2f1f58e",
                    "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c79444c756477696720766f6e204d69" +
                        "736573",
                    "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f14480884381cbad1f276e038c48378ffce2" +
                        "b65285e08d6b68aaa3629a5a8639392490e5b9bd5269c2f1e4f488ed8831161f19b7815528f8982ffe09be9b5c" +
                        "412f8a0db50f8814c7194e83f23dbd8d162c9326ad",
                    "c7195ffacac1307ff99046f219750fc47693e23c3cb08b89c2af808b444850a80ae475b9df0f169ae80a89be08" +
                        "65b57f58c9fea0d4ec82a286427402f113e4b6ae769a1d95941d49b25030",
                    "96763ed773f8e47bb3712f0e29b3060ffc956ffc146cee53d5e1df",
                    "3e40f15f6f3a46ae446b253bf8b1d9ffb6ed9b174d272328ff91a7e2e5c79c07f5",
                    "eb3f3515110702e047a6c9da4478b6ead94873c11c0f2d710ddb3f09fce024b3a58502ae3f",
                },
                new[]
                {
                    "XXpsk3",
                    "a477edf6a131bbdb54707f6ea30eab6cd935d9b560f0e5fd1f053a95a99669fb",
                    "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c7944c9f5ff0e8079630cb7e270c20b" +
                        "bf480821b77a384a645c71a2fd9b3db1c16a5f",
                    "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f144808843b123def17f71e6ae8e57e0e1de" +
                        "c5949c5f7415c6f33517398747d821a06dc23ad430aa1fd7381d46195c378a819fd574425462cbb2d4ca339e73" +
                        "8a0b7001dc91423fbf55a99af0c6f1df21012ceb2f",
                    "52187316111b118d4c060364f7b975dc0809b2590779aff2d63113c564f11744493384db7bf32d5ae6686df6ab" +
                        "06d508d2e07caaf1d6afc010b978735fc78900e71ae1d314130d042e729a",
                    "eaedc672d4c21e0e2955758756fb98f194c4e90d5deb5b6cf30b27",
                    "522d543c5fe799d09a3d9da7ff54d0dc03c8af1dc7751d2ff708339d2290943e98",
                    "7d4e2c3873eef6a213b04e72f9df60a91666072d3544c5d96c34a09e2329b5030bee796741",
                },
                new[]
                {
                    "IK",
                    "0b0f68fb0c27e03ce9b97565995ed4838cc0581b762ef72b062f6a546419fad7",
                    "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c7944718da798efbcd91528520204f9" +
                        "04b9bd6c7413dccdc214d951e15253e39987f18146e8cd0873654207148333479d4d16c289f0294b29960a72f4" +
                        "8e0b7bba2e89083169825e59642148d492020664ccf7",
                    "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f1448088435361e70b2ed446e6c9ec387d1d" +
                        "6b3b840f194e373979d241b203c4acafccf5",
                    "050e9f3c8fac16b68dbce8f8c4bfbf6617c897f9ada4aa29aa19c8",
                    "344233a6cabb7141d80f3da2fedc311d9646bbb0f505afe403a667",
                    "62cdeeb172ad7ade7aa7d9e069da5790f12331bfa00177787a1d0810c67dc3b2b4",
                    "029bead1b40992327044d409d9a1f3ad8f36c3c452775d557e18bbeb2e8dfcead32d514024",
                },
            };
        }

        /// <summary>Over BLAKE2s.</summary>
        /// <returns>
        /// The vectors, one array each: pattern, handshake hash in hex, then every message in hex, those of the
        /// handshake first. The sides take turns, but only the initiator sends in the pattern X.
        /// </returns>
        public static string[][] Blake2s()
        {
            return new[]
            {
                new[]
                {
                    "X",
                    "f781a940343a817adc2483932dd05e7036171cdcf1d0a0bf0cd869f7aa557c6a",
                    "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c79448bc3b729d16d3944f1bfae9fa9" +
                        "8e0d306234bfadc44880f99a69c6e55b6c1458e9c9dacab3f29aac44b435c57dc436d0830ae461a4479228789a" +
                        "38085be55b13e0128564987994de842e73dd0a5c328b",
                    "aee89720731c98ccf15f4495ae3f6f2f7ed8e2164a1494c9e785b076e69cfc",
                    "c88787701dc4365fe9dee7c0f23d91afdc214a459eadbc9f1d0220",
                    "d784542b85444798fb7d5bd1317f61ad701b43dd63fe3503efb267",
                    "fd60a2da59e84a83e247f291752c71036b01f5ca996d8c24f324bf9260b6809d02",
                    "1897139789b0cf8063b7ae9eba73d1e49e753ab7bb3f19316e54d3e20c69f25e819789c85f",
                },
                new[]
                {
                    "XX",
                    "6c4c56cf71612f72d05ceb96c0155e6f4ea54a26b504c93de632a2db4a49d200",
                    "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c79444c756477696720766f6e204d69" +
                        "736573",
                    "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f1448088437c365eb362a1c991b0557fe8a7" +
                        "fb187d99346765d93ec63db6c1b01504ebeec55a2298d2dbff80eff034d20595153f63a196a6cead1e11b2bb13" +
                        "e336fa13616dd3e8b0a070c882ed3f1a78c7c06c93",
                    "46c3307de83b014258717d97781c1f50936d8b7d50c0722a1739654d10392d415b670c114f79b9a4f80541570f" +
                        "77ce88802efa4220cff733e7b5668ba38059ec904b4b8eef9448085faf51",
                    "d5e83adfaac5dc324a68f1862df54549e56d209fba707205f328b2",
                    "d102c9029b1f55c788f561ba7737afbccef9c9f1bf2f238167fd40ba9c1c134867",
                    "cb1ce80960382c6d5d5e740ffb724d1432f0310b200fb6f8424120f506092744baa415e155",
                },
                new[]
                {
                    "XXpsk3",
                    "fc0819f08aebc23de9a783653d8d7d6395b7d243d9deec12f5d6fe2f4c206673",
                    "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c7944325ea71699951ece20f284b6ad" +
                        "9604a029eb335bf84564c308b6ade90ae45078",
                    "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f1448088432645535233ffe1432564d66a85" +
                        "227b677ced6fc2730ae0998ff49aa1dc56b8186e31b16e416f5d9c03c71f6c34fd37ec013105020070a8b00c00" +
                        "0ce7ed56629c119795f96463274bc05519d5c24dc1",
                    "adf16c5375ec4172576783fd59f2bfa5c7a320d0a13b759592e1a2ddf5524cce59ccbb92ff5d321fced3bdb284" +
                        "0596df562c0e68aad41b090abd285f6d300130072e06964a6ba494e58d47",
                    "dcdc045c8e9ec36c8ea4078552e5849f87cb9bdfbd2a4eee3baaf6",
                    "4d11ed1f242e199dbcbc9773495834a95e8a6109e2b555aeb50780e69b152821e4",
                    "4d1e6873ffcc88490be6914928590f63253c2db434f1f206f083f89ca559a3e60a8dcc4f12",
                },
                new[]
                {
                    "IK",
                    "48f3cb8bc9319da4ba1e9933991b1c4ed4034f1f126a76d3a1fbcfd7f94248d4",
                    "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c79440b03ddc7aac5123d06a1b23b71" +
                        "670e32e76c28239a7ca4ac8f784de7e44c1adbfc6e83fef7352a58d9d56157400c0a737b1d171ce368229c7b75" +
                        "2ac25b8faf4eca690f6d896f543be02c996ab2b86b76",
                    "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f144808843d9b5a8927f0ac9655ef76833bc" +
                        "7e5561f42e691ac8404efd6fbd6308b6a27c",
                    "2c256ed08fcd08c2980f954ee4beaccb61c9581340f5dd2fd1cf3b",
                    "d6033f70eee20945c7c9dba304e397ee3b284ff5e00fd9efb095d3",
                    "a9c068ca5d8babf72560652d8e851adbfac35c8a66e810d560863173e96adf4cfe",
                    "2a09d8f459e5927e40fdd2eddc99bdafb04e13a26f145cb5cfe9e6ba34c94331ebc17d5156",
                },
            };
        }
    }
}
