namespace WhispurrNet.Protocol.Crypto
{
    // Constants in the code itself: they stay in flash, where a static array would lie on a board's heap for as long as it
    // runs, and a literal costs one instruction where an element of an array costs three. An entry is read whole, by masks,
    // in an order that depends on nothing.
    //
    // An entry of the row is c3 + s2 c2 + s1 c1 + s0 c0, where c0 to c3 are the base point times the powers of two below and
    // the signs s0 to s2 are plus where bits 0 to 2 of the entry's number are set. Its twelve words are 256 bits each of
    // (y+x)/2, (y-x)/2 and d x y modulo 2^255 - 19, lowest words first. The tests compute all of them from the curve's
    // equation.
    //
    // IL: 409 an entry.

    /// <summary>The sixteen points of the comb for the base point of edwards25519, RFC 8032 section 5.1.</summary>
    internal static class EdwardsBaseTable
    {
        /// <summary>Words of an entry.</summary>
        internal const int EntrySize = 12;

        /// <summary>Teeth on bits 0, 64, 128 and 192.</summary>
        internal static void SelectLow(
            ulong[] entry, ulong k0, ulong k1, ulong k2, ulong k3, ulong k4, ulong k5, ulong k6, ulong k7)
        {
            entry[0] = (0x25d8516412399c1f & k0) | (0x8b695aacd71f346a & k1) | (0x4c8a1f02d60223b7 & k2)
                | (0x56e7e73512afc64e & k3) | (0xfbc48d8fec5f863d & k4) | (0x66697eb43bfeec90 & k5)
                | (0x82bd97640ab029d1 & k6) | (0x89bf75b3a3fddc21 & k7);
            entry[1] = (0xc5c9ec8e69cd242a & k0) | (0xb7e2b139ac23d65e & k1) | (0x2ac07ed363394329 & k2)
                | (0xc5ec3ba0e4a24477 & k3) | (0xd9a913c5cf85d764 & k4) | (0x413bb77f21bacf21 & k5)
                | (0x86d65a13797ec894 & k6) | (0x3cefae3ab0408d45 & k7);
            entry[2] = (0xb241e1775522c5a8 & k0) | (0x5cc48faa4b14843a & k1) | (0x9f7a426c860ade69 & k2)
                | (0x049d4a6a02222dfe & k3) | (0x04130b9cd666f119 & k4) | (0x6f627a4ff24be1ba & k5)
                | (0x7186c6905e886eea & k6) | (0x2d15d3b7b8fc644d & k7);
            entry[3] = (0x25e74a2324043413 & k0) | (0x61d47ee7b7f9c533 & k1) | (0x4ecece0f2467132b & k2)
                | (0x3d9288f9fe748a45 & k3) | (0x773443aa796ce42e & k4) | (0x6f2234aba412460d & k5)
                | (0x13dbcb4e83cdd997 & k6) | (0x04ca952b1de47fe1 & k7);
            entry[4] = (0xf1f15409edc4684d & k0) | (0xf4ef693aceb89a58 & k1) | (0x8f998db2ad06eadb & k2)
                | (0x8921237bdf91ad9f & k3) | (0x4131c7c8c24a250d & k4) | (0x31fc406217cd38cc & k5)
                | (0x043f3a58138d08c5 & k6) | (0x515465a5ee3f7c1e & k7);
            entry[5] = (0x37a0589eadd8a6e0 & k0) | (0xf3de5ac9aa3d8506 & k1) | (0x85aa2fb0e4c315e9 & k2)
                | (0x743f372a0f6c3ee5 & k3) | (0x30aa5756cbc11802 & k4) | (0xa285c8d84881031d & k5)
                | (0xb3e0701385870fa1 & k6) | (0xcb5ae37d2fc9e113 & k7);
            entry[6] = (0xe338aa12aa8f15e9 & k0) | (0xaf5e32f80139a27d & k1) | (0x1ccbc4d98ab9bc19 & k2)
                | (0xbc29761a609c2ac9 & k3) | (0x3c51a4ef97e05677 & k4) | (0x2374be416a148de8 & k5)
                | (0xf76e41ce8695b247 & k6) | (0xea75f58d833271d2 & k7);
            entry[7] = (0x6002dbd762321cb6 & k0) | (0x33279ac7c4de4053 & k1) | (0x49a839c83ba1ea2e & k2)
                | (0x3e0c2d4432a12f89 & k3) | (0x48d56ed223f02ce0 & k4) | (0x61e97f59fc547db7 & k5)
                | (0x7573504b7dce4545 & k6) | (0x204da56e72e36797 & k7);
            entry[8] = (0xe64070c12df63c8e & k0) | (0x9eea1cb2338af5da & k1) | (0x09f04317fad68f4c & k2)
                | (0xcba7c0c74f6cd7ee & k3) | (0x51b199ecf92a67d3 & k4) | (0x145e8b3a4b848fff & k5)
                | (0xd3921f2d4846c137 & k6) | (0x226a9edcc1a1a862 & k7);
            entry[9] = (0x705a54e857b6bb12 & k0) | (0x88a6c9789df251f8 & k1) | (0xff7d31dcc838e8bd & k2)
                | (0x81999c80b5833e0c & k3) | (0x5f7c1e2a06f7e1ed & k4) | (0x3814cae84ea5d384 & k5)
                | (0x3970c66d47a8c668 & k6) | (0xc494c982d2fa82da & k7);
            entry[10] = (0x30a69abe97dd974c & k0) | (0xf0a1c5b3abea60ac & k1) | (0x6c1bb349f9c14675 & k2)
                | (0xa23e4d6ed0b2f852 & k3) | (0xc74b7c61fab7e551 & k4) | (0x7d9be98d2f8076ca & k5)
                | (0x7971f41d8fc6ee56 & k6) | (0x7d917d512ca4ff97 & k7);
            entry[11] = (0x0e3bddbb31d321ed & k0) | (0x28dabe4e3e77b642 & k1) | (0x452b73d8a52e82ad & k2)
                | (0x6cb202500a0c2bda & k3) | (0x61665911a5bbd6dd & k4) | (0x0aa77df7cf8a095e & k5)
                | (0x78689edd5ec7bd9e & k6) | (0x34dcb4538232beb2 & k7);
        }

        /// <summary>Teeth on bits 32, 96, 160 and 224.</summary>
        internal static void SelectHigh(
            ulong[] entry, ulong k0, ulong k1, ulong k2, ulong k3, ulong k4, ulong k5, ulong k6, ulong k7)
        {
            entry[0] = (0x85c05aca2109516b & k0) | (0x3e4b63ac76dd7d25 & k1) | (0xc34f49a8ffc67a5d & k2)
                | (0xd7f6cfa65d8edf0e & k3) | (0x1671adaf2755514e & k4) | (0x05680891e41a2bdb & k5)
                | (0x340a0c99993ce0ee & k6) | (0x974d9f0e16466e25 & k7);
            entry[1] = (0x18cfc9dc5e9cc3fb & k0) | (0x46788bf6834c6ec2 & k1) | (0x083f02f0d03d9059 & k2)
                | (0x68e946d56a415b3d & k3) | (0x5d385e8808841cc9 & k4) | (0x8cdea29f02c087a5 & k5)
                | (0x8dcf02fd7d603406 & k6) | (0x7980deed9c9495c7 & k7);
            entry[2] = (0x2f9f161330615dfc & k0) | (0xd07fa5510cedc407 & k1) | (0xe6751a11486b5f3c & k2)
                | (0xdc0e002098de58ba & k3) | (0xb5b81bfc82ece6eb & k4) | (0xbcf6f6c4095c87e5 & k5)
                | (0x5f94bf059f462a4f & k6) | (0xc84031edb7a2da24 & k7);
            entry[3] = (0x7d7ec5f9b02bbda3 & k0) | (0x613eb1e5a7198bda & k1) | (0x4b8dbb3fee009f19 & k2)
                | (0x5fa4f787bbc39017 & k3) | (0x372b3dedbe1ae85d & k4) | (0x72d78fd16cb4fbd1 & k5)
                | (0x01e92e939fa8b076 & k6) | (0x01e954d892e406ff & k7);
            entry[4] = (0x1ddb9e05dbe10b90 & k0) | (0x54d925fb033cad92 & k1) | (0x465395318ea3d66a & k2)
                | (0x23cddb0e13f667dd & k3) | (0x0245a84166dfbc5a & k4) | (0x0a8232d7f84a9a2f & k5)
                | (0x6ef5eb53063b8fb4 & k6) | (0x1f656d85393427d8 & k7);
            entry[5] = (0x7a0b203e01842f3b & k0) | (0x286c1753e70f8f84 & k1) | (0xbb8bbcdfb12aa2d2 & k2)
                | (0xaaf74673d778c26d & k3) | (0x46221863fffbfe57 & k4) | (0x2fe0402c682c2a65 & k5)
                | (0xa7ca317041227c9b & k6) | (0xb6efdcf68c627b41 & k7);
            entry[6] = (0x490fc8a01e511211 & k0) | (0x33ebe834bead0ef0 & k1) | (0x21d66290aa23f970 & k2)
                | (0x252f2eaf99319ad2 & k3) | (0x6dcf42272ef413f4 & k4) | (0x3a73f10a717b5c18 & k5)
                | (0x7b28efc57b16b05b & k6) | (0x54a123f236dddd77 & k7);
            entry[7] = (0x35a2a5cb2bb524b0 & k0) | (0x378ac78b7f2ea9c9 & k1) | (0x34194fdd793ded77 & k2)
                | (0x0a4cd387ebf3dc4a & k3) | (0x14ed9f51d4fec604 & k4) | (0x1d8290ef22838899 & k5)
                | (0x353b1653355033a1 & k6) | (0x1631ef8356d9eab1 & k7);
            entry[8] = (0xab308b5ce521f143 & k0) | (0xd1e8a82e19513965 & k1) | (0xbd504f56bcadd8c6 & k2)
                | (0x0804cd76e3d731e4 & k3) | (0x9b7eac38d4184aa5 & k4) | (0xc211569710d26a10 & k5)
                | (0x5be90ba764119152 & k6) | (0xfebc4721dd46ec7e & k7);
            entry[9] = (0x6b54652fddea7a7b & k0) | (0xb402be057e3096f4 & k1) | (0xc2b7a2fffe0be0d0 & k2)
                | (0xceb704ff650461bd & k3) | (0x45bb1695a7c65805 & k4) | (0x0316b4a8a4ea6038 & k5)
                | (0x3f748131b179ccd0 & k6) | (0x987d70e12f5a710b & k7);
            entry[10] = (0x4123c8f2e42c5186 & k0) | (0xc7572dc2aefd1a76 & k1) | (0xc4b8fe1b234bf441 & k2)
                | (0x0d104d8b0c58ff73 & k3) | (0xdd907a4917a30e83 & k4) | (0x69db648554285d82 & k5)
                | (0xd75978258dd22051 & k6) | (0x5eb0600f002b42a8 & k7);
            entry[11] = (0x1aef2e2e8ca9c516 & k0) | (0x0695688d588739a5 & k1) | (0x0d142c50e0144f0d & k2)
                | (0x0aa04d72b8f74b68 & k3) | (0x21c66bb8d3dcf9ef & k4) | (0x37f0eb42e0f24b07 & k5)
                | (0x617ed1e47ba1f7c5 & k6) | (0x0337a92479ae21b2 & k7);
        }
    }
}
