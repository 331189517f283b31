namespace WhispurrNet.Protocol.Extras.Crypto
{
    // Literals stay in flash, an array would lie on the heap. What a signature says is public, so here the entry is chosen
    // by a jump. The words are those of WhispurrNet.Protocol.Crypto's table for the base point: 256 bits each of (y+x)/2,
    // (y-x)/2 and d x y modulo 2^255 - 19, lowest words first. The tests compute all of them from the curve's equation.

    /// <summary>Odd multiples of the base point of edwards25519, RFC 8032 section 5.1. Not in constant time.</summary>
    internal static class EdwardsOddMultiples
    {
        /// <summary>Multiples there are: the base point times 1, 3, ... 15.</summary>
        internal const int Count = 8;

        /// <summary>Writes the base point times 2 n + 1.</summary>
        /// <param name="entry">Receives twelve words.</param>
        /// <param name="n">0 to 7.</param>
        internal static void Read(ulong[] entry, int n)
        {
            switch (n)
            {
                case 0:
                    Set(
                        entry, 0x97de49e37ac61db9, 0x67c996e37dc6070c, 0x9385a44c321ea161, 0x43e7ce9d19ea5d32,
                        0xce881c82eba0489f, 0xfe9ccf82e8a05f59, 0xd2e0c21a3447c504, 0x227e97c94c7c0933,
                        0x55e48902c3bd5534, 0x136cf411e655624f, 0x2d0dbee5eea1acc6, 0x3788bdb44f8632d4);
                    break;
                case 1:
                    Set(
                        entry, 0x5792d85426774b98, 0x012d4218744325c5, 0x608da8014f80b399, 0x3d0b270dcd407c7a,
                        0xab308ff4527e6929, 0x9de9a9fef2e0dd3e, 0x4098f98d10a5eb5e, 0x555c8ac3aaaded31,
                        0x0a57499f86e86c3b, 0x2c4a11910e1aed31, 0x68b872a2c6796da6, 0x6d141357895cda63);
                    break;
                case 2:
                    Set(
                        entry, 0x51095e220452dd90, 0x46a82461e3af7681, 0xee8df5862d5ff622, 0x54a2e678a3710375,
                        0xbfc8c161d223eb5d, 0xea800a68a59394db, 0xf19e788e5c325043, 0x0aa53f39f58daaf9,
                        0x5e5dedf8c0954139, 0x93870403e85ee8fe, 0x5a0db3858dded396, 0x61d55f34b59ddb4d);
                    break;
                case 3:
                    Set(
                        entry, 0x358d2e684a2751d6, 0xba381a9d59cee069, 0x38d92941142a1724, 0x630df534941e493f,
                        0xdd37964d551910cf, 0x365010a99ddd11d3, 0x4ef53b27c90c961d, 0x4eb76eae97298bf0,
                        0x78c1b6e400dc59d1, 0xd981afa3829f524d, 0xa94e20dd2c3bd6f9, 0x3d4fdd8e3507c853);
                    break;
                case 4:
                    Set(
                        entry, 0xcd9733c55354318e, 0xd3284f37a8de2362, 0xe75919e4e3437ada, 0x5a5cf699c56ebfac,
                        0xf9b710bf01cec032, 0x4c5040db7a9020cd, 0xcb65e30473af5822, 0x24e02d28fd6e4e47,
                        0x835a745fc822d784, 0x717fc1f4538ce917, 0x557b7e14c9ea678b, 0x79e0b9010d804583);
                    break;
                case 5:
                    Set(
                        entry, 0x97df80424540156f, 0x72ecff6781181713, 0x889f42388bb81a03, 0x213ad5712a36c7d7,
                        0x98afad8124c321a4, 0x9f6b59b4bb8441c0, 0xd1d03aaab546f5ca, 0x0c55acc014eae3bf,
                        0x6c159662feb044eb, 0x018f5a5099417252, 0x221888ccda8d4311, 0x5ee32a915a9efca4);
                    break;
                case 6:
                    Set(
                        entry, 0xdfb8611151003fad, 0xdfc259cd5ade6f6d, 0xa9bd07097d83dd03, 0x51a7ebf761a37920,
                        0xa837809d993fdfc0, 0x577e75e4cdbbb7b5, 0xce8959195556acb4, 0x4133c4168bb01253,
                        0xa9b0508cb99751bc, 0x921bf358efc6ea38, 0xd1779bfc48d3f299, 0x24bdd37ed504bc31);
                    break;
                case 7:
                    Set(
                        entry, 0x9267660189e7f550, 0x432461468c4e1236, 0x96dedefd60f96a68, 0x30f1148bf896f395,
                        0x0205e6c32346677c, 0x69c14dd2154c886b, 0xba84180403d928c9, 0x61dae6a10c682f5f,
                        0x2ecd3b17cde85a8b, 0x759c57a71b9fef77, 0x01972d3ec9eb2138, 0x288eb09085726c21);
                    break;
            }
        }

        private static void Set(
            ulong[] entry, ulong w0, ulong w1, ulong w2, ulong w3, ulong w4, ulong w5, ulong w6, ulong w7, ulong w8,
            ulong w9, ulong w10, ulong w11)
        {
            entry[0] = w0;
            entry[1] = w1;
            entry[2] = w2;
            entry[3] = w3;
            entry[4] = w4;
            entry[5] = w5;
            entry[6] = w6;
            entry[7] = w7;
            entry[8] = w8;
            entry[9] = w9;
            entry[10] = w10;
            entry[11] = w11;
        }
    }
}
