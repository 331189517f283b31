namespace WhispurrNet.DeviceTests.Vectors
{
    /// <summary>
    /// SHA-256: RFC 6234 section 8.5 (its byte-oriented tests), and messages around block borders
    /// from NIST CAVS 21.3.
    /// </summary>
    public static class Sha256Vectors
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
                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                },
                new[]
                {
                    "RFC 6234 8.5 #2",
                    "6162636462636465636465666465666765666768666768696768696a68696a6b696a6b6c6a6b6c6d6b6c6d6e6c6d6e6f"
                    + "6d6e6f706e6f7071",
                    "1",
                    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
                },
                new[]
                {
                    "RFC 6234 8.5 #3",
                    "61",
                    "1000000",
                    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
                },
                new[]
                {
                    "RFC 6234 8.5 #4",
                    "303132333435363730313233343536373031323334353637303132333435363730313233343536373031323334353637"
                    + "30313233343536373031323334353637",
                    "10",
                    "594847328451bdfa85056225462cc1d867d877fb388df0ce35f25ab5562bfbb5",
                },
                new[]
                {
                    "RFC 6234 8.5 #6",
                    "19",
                    "1",
                    "68aa2e2ee5dff96e3355e6c7ee373e3d6a4e17f75f9518d843709c0c9bc3e3d4",
                },
                new[]
                {
                    "RFC 6234 8.5 #8",
                    "e3d72570dcdd787ce3887ab2cd684652",
                    "1",
                    "175ee69b02ba9b58e2b0a5fd13819cea573f3940a94f825128cf4209beabb4e8",
                },
                new[]
                {
                    "RFC 6234 8.5 #10",
                    "8326754e2277372f4fc12b20527afef04d8a056971b11ad57123a7c137760000d7bef6f3c1f7a9083aa39d810db31077"
                    + "7dab8b1e7f02b84a26c773325f8b2374de7a4b5a58cb5c5cf35bcee6fb946e5bd694fa593a8beb3f9d6592ecedaa66ca"
                    + "82a29d0c51bcf9336230e5d784e4c0a43f8d79a30a165cbabe452b774b9c7109a97d138f129228966f6c0adc106aad5a"
                    + "9fdd30825769b2c671af6759df28eb393d54d6",
                    "1",
                    "97dbca7df46d62c8a422c941dd7e835b8ad3361763f7e9b2d95f4f0da6e1ccbc",
                },
                new[]
                {
                    "CAVS 21.3 SHA-256 ShortMsg, 0 bytes",
                    "",
                    "1",
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                },
                new[]
                {
                    "CAVS 21.3 SHA-256 ShortMsg, 55 bytes",
                    "177df9f1768f798c8ec59a1f36ed02856a62b090403090511e794d932b1867a90383856aaff60c79d4cef0ca2a33cb61"
                    + "30f92c5d1fc831",
                    "1",
                    "34416b20eef5474b6602ef98fb0b5f018086805b7b2df3ef1d4635502f631642",
                },
                new[]
                {
                    "CAVS 21.3 SHA-256 ShortMsg, 56 bytes",
                    "08f645ff0f9a765593bd419ff60a308d3b4e70e816388577455d3c1f237ee14d7b0eb3999aef95a3a87d064138cd53dd"
                    + "1d360b187f11b4b3",
                    "1",
                    "76f082a9a8e45c02a376ee1b42629cfb5db30e0ba1632f19cd28c96363f9da66",
                },
                new[]
                {
                    "CAVS 21.3 SHA-256 ShortMsg, 57 bytes",
                    "e17116dc56b4ac41fa94e356cb2c3932d959ecacf0c9be117755f5189891a717a2a13476ab4e14647959d3caa30e597d"
                    + "f31d6fb80fa67fc958",
                    "1",
                    "32821cf9348d03b17b13a163b6d84a9819ddfa6da9afdd911f8e3aa7d4f18db0",
                },
                new[]
                {
                    "CAVS 21.3 SHA-256 ShortMsg, 63 bytes",
                    "c3e81f34b716b165addda4fce195ba39e3a496ccf44f3746b3d0c0cef9a87a1501361b8ccc8949d4c3735a759fde5ed4"
                    + "86635f5f7619e70be7abc300acae07",
                    "1",
                    "2775a3f9bb46a4fda00eef650b45db52a8e8c948b6eff3b7a8206544de4f3ba0",
                },
                new[]
                {
                    "CAVS 21.3 SHA-256 ShortMsg, 64 bytes",
                    "3d007ab1483de3511ce9a7edc7a9610bcacac0ec6f3d7cb45de08fcc6a00a185b01bc4fee3ea6147e29e72c68b6bf2da"
                    + "d44392bf17e4aeb2ae147f55c02b9254",
                    "1",
                    "b9e850d487a74e6b8e07330b7648b6c1aa84cdcc16b238c96d47613de313e2f9",
                },
            };
        }
    }
}
