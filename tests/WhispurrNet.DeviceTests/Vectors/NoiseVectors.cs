namespace WhispurrNet.DeviceTests.Vectors
{
    /// <summary>
    /// One-way Noise handshakes: the cacophony vectors as mcginty/snow carries them in tests/vectors/cacophony.txt, their
    /// first messages.
    /// </summary>
    public static class NoiseVectors
    {
        /// <summary>
        /// Protocol name, prologue, the initiator's static and ephemeral private keys, the responder's static private and
        /// public key, payload, message, handshake hash; in hex but for the name.
        /// </summary>
        /// <returns>The vectors, one array each.</returns>
        public static string[][] X()
        {
            return new[]
            {
                new[]
                {
                    "Noise_X_25519_ChaChaPoly_SHA256",
                    "4a6f686e2047616c74",
                    "e61ef9919cde45dd5f82166404bd08e38bceb5dfdfded0a34c8df7ed542214d1",
                    "893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a",
                    "4a3acbfdb163dec651dfa3194dece676d437029c62a408b4c5ea9114246e4893",
                    "31e0303fd6418d2f8c0e78b91f22e8caed0fbe48656dcf4767e4834f701b8f62",
                    "4c756477696720766f6e204d69736573",
                    "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c79446c15957a594079a5bdeae05d01e089fb" +
                        "b7cc6ea2ecfd209b941f73c9235213bc875f7283e9e17ebdac8112627915b455fdc3aaa6de60cb3c98302f370fdb03ea" +
                        "850b9b0cf22fec13e4dc0707245c8721",
                    "e6adfaa886b76b16b2aa79c54434c77fed488c8aa66d2c545608f4352f70f664",
                },
            };
        }
    }
}
