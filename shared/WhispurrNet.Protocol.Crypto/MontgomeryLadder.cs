namespace WhispurrNet.Protocol.Crypto
{
    // The Montgomery ladder of RFC 7748 section 5 with every field operation written out over locals: on an
    // interpreter, passing field elements through arrays costs a quarter more. Two things differ from the RFC's
    // listing. The two products D A and C B are symmetric in the two points up to a sign that gets squared away, so
    // instead of swapping points only the operands of the doubling are selected, by arithmetic (s is 0 or 1, no
    // branch and no index depends on it). The lowest three scalar bits are zero by clamping, so in the last three
    // steps the second point is not needed any more. Bounds on limbs are those of Field25519.
    //
    // IL: 1.19 million, some 4,660 a step.

    /// <summary>The Montgomery ladder of X25519, RFC 7748 section 5, in constant time.</summary>
    internal static class MontgomeryLadder
    {
        /// <summary>
        /// x / z = the first coordinate of scalar times the point whose first coordinate is baseX. The scalar is 32
        /// bytes, clamped.
        /// </summary>
        internal static void Run(byte[] scalar, long[] baseX, long[] x, long[] z)
        {
            // Point (x0..x9 : z0..z9) is x2 : z2 of the RFC, (v : w) is x3 : z3, and u is x1. Then, as there,
            // a = x2 + z2, b = x2 - z2, c = x3 + z3 and d = x3 - z3.
            long m26 = 0x3FFFFFF, m25 = 0x1FFFFFF, n19 = 19, n38 = 38, a24 = 121665;
            long u0 = baseX[0], u1 = baseX[1], u2 = baseX[2], u3 = baseX[3], u4 = baseX[4];
            long u5 = baseX[5], u6 = baseX[6], u7 = baseX[7], u8 = baseX[8], u9 = baseX[9];
            long x0 = 1, x1 = 0, x2 = 0, x3 = 0, x4 = 0, x5 = 0, x6 = 0, x7 = 0, x8 = 0, x9 = 0;
            long z0 = 0, z1 = 0, z2 = 0, z3 = 0, z4 = 0, z5 = 0, z6 = 0, z7 = 0, z8 = 0, z9 = 0;
            long v0 = u0, v1 = u1, v2 = u2, v3 = u3, v4 = u4, v5 = u5, v6 = u6, v7 = u7, v8 = u8, v9 = u9;
            long w0 = 1, w1 = 0, w2 = 0, w3 = 0, w4 = 0, w5 = 0, w6 = 0, w7 = 0, w8 = 0, w9 = 0;
            int previous = 0;
            for (int t = 254; t >= 0; t--)
            {
                int bit = (scalar[t >> 3] >> (t & 7)) & 1;
                long s = bit ^ previous;
                previous = bit;

                long a0 = x0 + z0, b0 = x0 - z0, c0 = v0 + w0, d0 = v0 - w0;
                long a1 = x1 + z1, b1 = x1 - z1, c1 = v1 + w1, d1 = v1 - w1;
                long a2 = x2 + z2, b2 = x2 - z2, c2 = v2 + w2, d2 = v2 - w2;
                long a3 = x3 + z3, b3 = x3 - z3, c3 = v3 + w3, d3 = v3 - w3;
                long a4 = x4 + z4, b4 = x4 - z4, c4 = v4 + w4, d4 = v4 - w4;
                long a5 = x5 + z5, b5 = x5 - z5, c5 = v5 + w5, d5 = v5 - w5;
                long a6 = x6 + z6, b6 = x6 - z6, c6 = v6 + w6, d6 = v6 - w6;
                long a7 = x7 + z7, b7 = x7 - z7, c7 = v7 + w7, d7 = v7 - w7;
                long a8 = x8 + z8, b8 = x8 - z8, c8 = v8 + w8, d8 = v8 - w8;
                long a9 = x9 + z9, b9 = x9 - z9, c9 = v9 + w9, d9 = v9 - w9;
                if (t > 2)
                {
                    // p = d a, q = c b; x3 = (p + q)^2, z3 = x1 (p - q)^2.
                    long p0 = d0 * a0 + n19 * (((d1 * a9 + d3 * a7 + d5 * a5 + d7 * a3 + d9 * a1) << 1) + d2 * a8
                        + d4 * a6 + d6 * a4 + d8 * a2);
                    long p1 = d0 * a1 + d1 * a0 + n19 * (d2 * a9 + d3 * a8 + d4 * a7 + d5 * a6 + d6 * a5
                        + d7 * a4 + d8 * a3 + d9 * a2) + (p0 >> 26);
                    long p2 = d0 * a2 + d2 * a0 + ((d1 * a1) << 1) + n19 * (((d3 * a9 + d5 * a7 + d7 * a5
                        + d9 * a3) << 1) + d4 * a8 + d6 * a6 + d8 * a4) + (p1 >> 25);
                    long p3 = d0 * a3 + d1 * a2 + d2 * a1 + d3 * a0 + n19 * (d4 * a9 + d5 * a8 + d6 * a7
                        + d7 * a6 + d8 * a5 + d9 * a4) + (p2 >> 26);
                    long p4 = d0 * a4 + d2 * a2 + d4 * a0 + ((d1 * a3 + d3 * a1) << 1) + n19 * (((d5 * a9
                        + d7 * a7 + d9 * a5) << 1) + d6 * a8 + d8 * a6) + (p3 >> 25);
                    long p5 = d0 * a5 + d1 * a4 + d2 * a3 + d3 * a2 + d4 * a1 + d5 * a0 + n19 * (d6 * a9
                        + d7 * a8 + d8 * a7 + d9 * a6) + (p4 >> 26);
                    long p6 = d0 * a6 + d2 * a4 + d4 * a2 + d6 * a0 + ((d1 * a5 + d3 * a3 + d5 * a1) << 1)
                        + n19 * (((d7 * a9 + d9 * a7) << 1) + d8 * a8) + (p5 >> 25);
                    long p7 = d0 * a7 + d1 * a6 + d2 * a5 + d3 * a4 + d4 * a3 + d5 * a2 + d6 * a1 + d7 * a0
                        + n19 * (d8 * a9 + d9 * a8) + (p6 >> 26);
                    long p8 = d0 * a8 + d2 * a6 + d4 * a4 + d6 * a2 + d8 * a0 + ((d1 * a7 + d3 * a5 + d5 * a3
                        + d7 * a1) << 1) + n38 * (d9 * a9) + (p7 >> 25);
                    long p9 = d0 * a9 + d1 * a8 + d2 * a7 + d3 * a6 + d4 * a5 + d5 * a4 + d6 * a3 + d7 * a2
                        + d8 * a1 + d9 * a0 + (p8 >> 26);
                    p0 = (p0 & m26) + n19 * (p9 >> 25);
                    p1 = (p1 & m25) + (p0 >> 26);
                    p0 &= m26;
                    p2 &= m26;
                    p3 &= m25;
                    p4 &= m26;
                    p5 &= m25;
                    p6 &= m26;
                    p7 &= m25;
                    p8 &= m26;
                    p9 &= m25;

                    long q0 = c0 * b0 + n19 * (((c1 * b9 + c3 * b7 + c5 * b5 + c7 * b3 + c9 * b1) << 1) + c2 * b8
                        + c4 * b6 + c6 * b4 + c8 * b2);
                    long q1 = c0 * b1 + c1 * b0 + n19 * (c2 * b9 + c3 * b8 + c4 * b7 + c5 * b6 + c6 * b5
                        + c7 * b4 + c8 * b3 + c9 * b2) + (q0 >> 26);
                    long q2 = c0 * b2 + c2 * b0 + ((c1 * b1) << 1) + n19 * (((c3 * b9 + c5 * b7 + c7 * b5
                        + c9 * b3) << 1) + c4 * b8 + c6 * b6 + c8 * b4) + (q1 >> 25);
                    long q3 = c0 * b3 + c1 * b2 + c2 * b1 + c3 * b0 + n19 * (c4 * b9 + c5 * b8 + c6 * b7
                        + c7 * b6 + c8 * b5 + c9 * b4) + (q2 >> 26);
                    long q4 = c0 * b4 + c2 * b2 + c4 * b0 + ((c1 * b3 + c3 * b1) << 1) + n19 * (((c5 * b9
                        + c7 * b7 + c9 * b5) << 1) + c6 * b8 + c8 * b6) + (q3 >> 25);
                    long q5 = c0 * b5 + c1 * b4 + c2 * b3 + c3 * b2 + c4 * b1 + c5 * b0 + n19 * (c6 * b9
                        + c7 * b8 + c8 * b7 + c9 * b6) + (q4 >> 26);
                    long q6 = c0 * b6 + c2 * b4 + c4 * b2 + c6 * b0 + ((c1 * b5 + c3 * b3 + c5 * b1) << 1)
                        + n19 * (((c7 * b9 + c9 * b7) << 1) + c8 * b8) + (q5 >> 25);
                    long q7 = c0 * b7 + c1 * b6 + c2 * b5 + c3 * b4 + c4 * b3 + c5 * b2 + c6 * b1 + c7 * b0
                        + n19 * (c8 * b9 + c9 * b8) + (q6 >> 26);
                    long q8 = c0 * b8 + c2 * b6 + c4 * b4 + c6 * b2 + c8 * b0 + ((c1 * b7 + c3 * b5 + c5 * b3
                        + c7 * b1) << 1) + n38 * (c9 * b9) + (q7 >> 25);
                    long q9 = c0 * b9 + c1 * b8 + c2 * b7 + c3 * b6 + c4 * b5 + c5 * b4 + c6 * b3 + c7 * b2
                        + c8 * b1 + c9 * b0 + (q8 >> 26);
                    q0 = (q0 & m26) + n19 * (q9 >> 25);
                    q1 = (q1 & m25) + (q0 >> 26);
                    q0 &= m26;
                    q2 &= m26;
                    q3 &= m25;
                    q4 &= m26;
                    q5 &= m25;
                    q6 &= m26;
                    q7 &= m25;
                    q8 &= m26;
                    q9 &= m25;

                    w0 = p0 + q0;
                    w1 = p1 + q1;
                    w2 = p2 + q2;
                    w3 = p3 + q3;
                    w4 = p4 + q4;
                    w5 = p5 + q5;
                    w6 = p6 + q6;
                    w7 = p7 + q7;
                    w8 = p8 + q8;
                    w9 = p9 + q9;
                    q0 = p0 - q0;
                    q1 = p1 - q1;
                    q2 = p2 - q2;
                    q3 = p3 - q3;
                    q4 = p4 - q4;
                    q5 = p5 - q5;
                    q6 = p6 - q6;
                    q7 = p7 - q7;
                    q8 = p8 - q8;
                    q9 = p9 - q9;

                    v0 = w0 * w0 + n38 * (w2 * w8 + w4 * w6 + w5 * w5 + ((w1 * w9 + w3 * w7) << 1));
                    v1 = ((w0 * w1 + n19 * (w2 * w9 + w3 * w8 + w4 * w7 + w5 * w6)) << 1) + (v0 >> 26);
                    v2 = ((w0 * w2 + w1 * w1 + n19 * (w4 * w8 + ((w3 * w9 + w5 * w7) << 1))) << 1)
                        + n19 * w6 * w6 + (v1 >> 25);
                    v3 = ((w0 * w3 + w1 * w2 + n19 * (w4 * w9 + w5 * w8 + w6 * w7)) << 1) + (v2 >> 26);
                    v4 = w2 * w2 + ((w0 * w4 + ((w1 * w3) << 1) + n19 * (w6 * w8 + w7 * w7
                        + ((w5 * w9) << 1))) << 1) + (v3 >> 25);
                    v5 = ((w0 * w5 + w1 * w4 + w2 * w3 + n19 * (w6 * w9 + w7 * w8)) << 1) + (v4 >> 26);
                    v6 = ((w0 * w6 + w2 * w4 + w3 * w3 + ((w1 * w5) << 1) + n38 * w7 * w9) << 1)
                        + n19 * w8 * w8 + (v5 >> 25);
                    v7 = ((w0 * w7 + w1 * w6 + w2 * w5 + w3 * w4 + n19 * (w8 * w9)) << 1) + (v6 >> 26);
                    v8 = w4 * w4 + ((w0 * w8 + w2 * w6 + ((w1 * w7 + w3 * w5) << 1) + n19 * (w9 * w9)) << 1)
                        + (v7 >> 25);
                    v9 = ((w0 * w9 + w1 * w8 + w2 * w7 + w3 * w6 + w4 * w5) << 1) + (v8 >> 26);
                    v0 = (v0 & m26) + n19 * (v9 >> 25);
                    v1 = (v1 & m25) + (v0 >> 26);
                    v0 &= m26;
                    v2 &= m26;
                    v3 &= m25;
                    v4 &= m26;
                    v5 &= m25;
                    v6 &= m26;
                    v7 &= m25;
                    v8 &= m26;
                    v9 &= m25;

                    p0 = q0 * q0 + n38 * (q2 * q8 + q4 * q6 + q5 * q5 + ((q1 * q9 + q3 * q7) << 1));
                    p1 = ((q0 * q1 + n19 * (q2 * q9 + q3 * q8 + q4 * q7 + q5 * q6)) << 1) + (p0 >> 26);
                    p2 = ((q0 * q2 + q1 * q1 + n19 * (q4 * q8 + ((q3 * q9 + q5 * q7) << 1))) << 1)
                        + n19 * q6 * q6 + (p1 >> 25);
                    p3 = ((q0 * q3 + q1 * q2 + n19 * (q4 * q9 + q5 * q8 + q6 * q7)) << 1) + (p2 >> 26);
                    p4 = q2 * q2 + ((q0 * q4 + ((q1 * q3) << 1) + n19 * (q6 * q8 + q7 * q7
                        + ((q5 * q9) << 1))) << 1) + (p3 >> 25);
                    p5 = ((q0 * q5 + q1 * q4 + q2 * q3 + n19 * (q6 * q9 + q7 * q8)) << 1) + (p4 >> 26);
                    p6 = ((q0 * q6 + q2 * q4 + q3 * q3 + ((q1 * q5) << 1) + n38 * q7 * q9) << 1)
                        + n19 * q8 * q8 + (p5 >> 25);
                    p7 = ((q0 * q7 + q1 * q6 + q2 * q5 + q3 * q4 + n19 * (q8 * q9)) << 1) + (p6 >> 26);
                    p8 = q4 * q4 + ((q0 * q8 + q2 * q6 + ((q1 * q7 + q3 * q5) << 1) + n19 * (q9 * q9)) << 1)
                        + (p7 >> 25);
                    p9 = ((q0 * q9 + q1 * q8 + q2 * q7 + q3 * q6 + q4 * q5) << 1) + (p8 >> 26);
                    p0 = (p0 & m26) + n19 * (p9 >> 25);
                    p1 = (p1 & m25) + (p0 >> 26);
                    p0 &= m26;
                    p2 &= m26;
                    p3 &= m25;
                    p4 &= m26;
                    p5 &= m25;
                    p6 &= m26;
                    p7 &= m25;
                    p8 &= m26;
                    p9 &= m25;

                    w0 = u0 * p0 + n19 * (((u1 * p9 + u3 * p7 + u5 * p5 + u7 * p3 + u9 * p1) << 1) + u2 * p8
                        + u4 * p6 + u6 * p4 + u8 * p2);
                    w1 = u0 * p1 + u1 * p0 + n19 * (u2 * p9 + u3 * p8 + u4 * p7 + u5 * p6 + u6 * p5 + u7 * p4
                        + u8 * p3 + u9 * p2) + (w0 >> 26);
                    w2 = u0 * p2 + u2 * p0 + ((u1 * p1) << 1) + n19 * (((u3 * p9 + u5 * p7 + u7 * p5
                        + u9 * p3) << 1) + u4 * p8 + u6 * p6 + u8 * p4) + (w1 >> 25);
                    w3 = u0 * p3 + u1 * p2 + u2 * p1 + u3 * p0 + n19 * (u4 * p9 + u5 * p8 + u6 * p7 + u7 * p6
                        + u8 * p5 + u9 * p4) + (w2 >> 26);
                    w4 = u0 * p4 + u2 * p2 + u4 * p0 + ((u1 * p3 + u3 * p1) << 1) + n19 * (((u5 * p9
                        + u7 * p7 + u9 * p5) << 1) + u6 * p8 + u8 * p6) + (w3 >> 25);
                    w5 = u0 * p5 + u1 * p4 + u2 * p3 + u3 * p2 + u4 * p1 + u5 * p0 + n19 * (u6 * p9 + u7 * p8
                        + u8 * p7 + u9 * p6) + (w4 >> 26);
                    w6 = u0 * p6 + u2 * p4 + u4 * p2 + u6 * p0 + ((u1 * p5 + u3 * p3 + u5 * p1) << 1)
                        + n19 * (((u7 * p9 + u9 * p7) << 1) + u8 * p8) + (w5 >> 25);
                    w7 = u0 * p7 + u1 * p6 + u2 * p5 + u3 * p4 + u4 * p3 + u5 * p2 + u6 * p1 + u7 * p0
                        + n19 * (u8 * p9 + u9 * p8) + (w6 >> 26);
                    w8 = u0 * p8 + u2 * p6 + u4 * p4 + u6 * p2 + u8 * p0 + ((u1 * p7 + u3 * p5 + u5 * p3
                        + u7 * p1) << 1) + n38 * (u9 * p9) + (w7 >> 25);
                    w9 = u0 * p9 + u1 * p8 + u2 * p7 + u3 * p6 + u4 * p5 + u5 * p4 + u6 * p3 + u7 * p2
                        + u8 * p1 + u9 * p0 + (w8 >> 26);
                    w0 = (w0 & m26) + n19 * (w9 >> 25);
                    w1 = (w1 & m25) + (w0 >> 26);
                    w0 &= m26;
                    w2 &= m26;
                    w3 &= m25;
                    w4 &= m26;
                    w5 &= m25;
                    w6 &= m26;
                    w7 &= m25;
                    w8 &= m26;
                    w9 &= m25;
                }

                // The point to double is the second one when s is 1.
                a0 += s * (c0 - a0);
                b0 += s * (d0 - b0);
                a1 += s * (c1 - a1);
                b1 += s * (d1 - b1);
                a2 += s * (c2 - a2);
                b2 += s * (d2 - b2);
                a3 += s * (c3 - a3);
                b3 += s * (d3 - b3);
                a4 += s * (c4 - a4);
                b4 += s * (d4 - b4);
                a5 += s * (c5 - a5);
                b5 += s * (d5 - b5);
                a6 += s * (c6 - a6);
                b6 += s * (d6 - b6);
                a7 += s * (c7 - a7);
                b7 += s * (d7 - b7);
                a8 += s * (c8 - a8);
                b8 += s * (d8 - b8);
                a9 += s * (c9 - a9);
                b9 += s * (d9 - b9);
                // c = a^2, d = b^2; x2 = c d, z2 = (c - d)(c + a24 (c - d)).
                c0 = a0 * a0 + n38 * (a2 * a8 + a4 * a6 + a5 * a5 + ((a1 * a9 + a3 * a7) << 1));
                c1 = ((a0 * a1 + n19 * (a2 * a9 + a3 * a8 + a4 * a7 + a5 * a6)) << 1) + (c0 >> 26);
                c2 = ((a0 * a2 + a1 * a1 + n19 * (a4 * a8 + ((a3 * a9 + a5 * a7) << 1))) << 1) + n19 * a6 * a6
                    + (c1 >> 25);
                c3 = ((a0 * a3 + a1 * a2 + n19 * (a4 * a9 + a5 * a8 + a6 * a7)) << 1) + (c2 >> 26);
                c4 = a2 * a2 + ((a0 * a4 + ((a1 * a3) << 1) + n19 * (a6 * a8 + a7 * a7
                    + ((a5 * a9) << 1))) << 1) + (c3 >> 25);
                c5 = ((a0 * a5 + a1 * a4 + a2 * a3 + n19 * (a6 * a9 + a7 * a8)) << 1) + (c4 >> 26);
                c6 = ((a0 * a6 + a2 * a4 + a3 * a3 + ((a1 * a5) << 1) + n38 * a7 * a9) << 1)
                    + n19 * a8 * a8 + (c5 >> 25);
                c7 = ((a0 * a7 + a1 * a6 + a2 * a5 + a3 * a4 + n19 * (a8 * a9)) << 1) + (c6 >> 26);
                c8 = a4 * a4 + ((a0 * a8 + a2 * a6 + ((a1 * a7 + a3 * a5) << 1) + n19 * (a9 * a9)) << 1) + (c7 >> 25);
                c9 = ((a0 * a9 + a1 * a8 + a2 * a7 + a3 * a6 + a4 * a5) << 1) + (c8 >> 26);
                c0 = (c0 & m26) + n19 * (c9 >> 25);
                c1 = (c1 & m25) + (c0 >> 26);
                c0 &= m26;
                c2 &= m26;
                c3 &= m25;
                c4 &= m26;
                c5 &= m25;
                c6 &= m26;
                c7 &= m25;
                c8 &= m26;
                c9 &= m25;

                d0 = b0 * b0 + n38 * (b2 * b8 + b4 * b6 + b5 * b5 + ((b1 * b9 + b3 * b7) << 1));
                d1 = ((b0 * b1 + n19 * (b2 * b9 + b3 * b8 + b4 * b7 + b5 * b6)) << 1) + (d0 >> 26);
                d2 = ((b0 * b2 + b1 * b1 + n19 * (b4 * b8 + ((b3 * b9 + b5 * b7) << 1))) << 1) + n19 * b6 * b6
                    + (d1 >> 25);
                d3 = ((b0 * b3 + b1 * b2 + n19 * (b4 * b9 + b5 * b8 + b6 * b7)) << 1) + (d2 >> 26);
                d4 = b2 * b2 + ((b0 * b4 + ((b1 * b3) << 1) + n19 * (b6 * b8 + b7 * b7
                    + ((b5 * b9) << 1))) << 1) + (d3 >> 25);
                d5 = ((b0 * b5 + b1 * b4 + b2 * b3 + n19 * (b6 * b9 + b7 * b8)) << 1) + (d4 >> 26);
                d6 = ((b0 * b6 + b2 * b4 + b3 * b3 + ((b1 * b5) << 1) + n38 * b7 * b9) << 1)
                    + n19 * b8 * b8 + (d5 >> 25);
                d7 = ((b0 * b7 + b1 * b6 + b2 * b5 + b3 * b4 + n19 * (b8 * b9)) << 1) + (d6 >> 26);
                d8 = b4 * b4 + ((b0 * b8 + b2 * b6 + ((b1 * b7 + b3 * b5) << 1) + n19 * (b9 * b9)) << 1) + (d7 >> 25);
                d9 = ((b0 * b9 + b1 * b8 + b2 * b7 + b3 * b6 + b4 * b5) << 1) + (d8 >> 26);
                d0 = (d0 & m26) + n19 * (d9 >> 25);
                d1 = (d1 & m25) + (d0 >> 26);
                d0 &= m26;
                d2 &= m26;
                d3 &= m25;
                d4 &= m26;
                d5 &= m25;
                d6 &= m26;
                d7 &= m25;
                d8 &= m26;
                d9 &= m25;

                x0 = c0 * d0 + n19 * (((c1 * d9 + c3 * d7 + c5 * d5 + c7 * d3 + c9 * d1) << 1) + c2 * d8
                    + c4 * d6 + c6 * d4 + c8 * d2);
                x1 = c0 * d1 + c1 * d0 + n19 * (c2 * d9 + c3 * d8 + c4 * d7 + c5 * d6 + c6 * d5 + c7 * d4
                    + c8 * d3 + c9 * d2) + (x0 >> 26);
                x2 = c0 * d2 + c2 * d0 + ((c1 * d1) << 1) + n19 * (((c3 * d9 + c5 * d7 + c7 * d5 + c9 * d3) << 1)
                    + c4 * d8 + c6 * d6 + c8 * d4) + (x1 >> 25);
                x3 = c0 * d3 + c1 * d2 + c2 * d1 + c3 * d0 + n19 * (c4 * d9 + c5 * d8 + c6 * d7 + c7 * d6
                    + c8 * d5 + c9 * d4) + (x2 >> 26);
                x4 = c0 * d4 + c2 * d2 + c4 * d0 + ((c1 * d3 + c3 * d1) << 1) + n19 * (((c5 * d9 + c7 * d7
                    + c9 * d5) << 1) + c6 * d8 + c8 * d6) + (x3 >> 25);
                x5 = c0 * d5 + c1 * d4 + c2 * d3 + c3 * d2 + c4 * d1 + c5 * d0 + n19 * (c6 * d9 + c7 * d8
                    + c8 * d7 + c9 * d6) + (x4 >> 26);
                x6 = c0 * d6 + c2 * d4 + c4 * d2 + c6 * d0 + ((c1 * d5 + c3 * d3 + c5 * d1) << 1)
                    + n19 * (((c7 * d9 + c9 * d7) << 1) + c8 * d8) + (x5 >> 25);
                x7 = c0 * d7 + c1 * d6 + c2 * d5 + c3 * d4 + c4 * d3 + c5 * d2 + c6 * d1 + c7 * d0
                    + n19 * (c8 * d9 + c9 * d8) + (x6 >> 26);
                x8 = c0 * d8 + c2 * d6 + c4 * d4 + c6 * d2 + c8 * d0 + ((c1 * d7 + c3 * d5 + c5 * d3
                    + c7 * d1) << 1) + n38 * (c9 * d9) + (x7 >> 25);
                x9 = c0 * d9 + c1 * d8 + c2 * d7 + c3 * d6 + c4 * d5 + c5 * d4 + c6 * d3 + c7 * d2 + c8 * d1
                    + c9 * d0 + (x8 >> 26);
                x0 = (x0 & m26) + n19 * (x9 >> 25);
                x1 = (x1 & m25) + (x0 >> 26);
                x0 &= m26;
                x2 &= m26;
                x3 &= m25;
                x4 &= m26;
                x5 &= m25;
                x6 &= m26;
                x7 &= m25;
                x8 &= m26;
                x9 &= m25;

                a0 = c0 - d0;
                a1 = c1 - d1;
                a2 = c2 - d2;
                a3 = c3 - d3;
                a4 = c4 - d4;
                a5 = c5 - d5;
                a6 = c6 - d6;
                a7 = c7 - d7;
                a8 = c8 - d8;
                a9 = c9 - d9;
                b0 = c0 + a24 * a0;
                b1 = c1 + a24 * a1 + (b0 >> 26);
                b2 = c2 + a24 * a2 + (b1 >> 25);
                b3 = c3 + a24 * a3 + (b2 >> 26);
                b4 = c4 + a24 * a4 + (b3 >> 25);
                b5 = c5 + a24 * a5 + (b4 >> 26);
                b6 = c6 + a24 * a6 + (b5 >> 25);
                b7 = c7 + a24 * a7 + (b6 >> 26);
                b8 = c8 + a24 * a8 + (b7 >> 25);
                b9 = c9 + a24 * a9 + (b8 >> 26);
                b0 = (b0 & m26) + n19 * (b9 >> 25);
                b1 = (b1 & m25) + (b0 >> 26);
                b0 &= m26;
                b2 &= m26;
                b3 &= m25;
                b4 &= m26;
                b5 &= m25;
                b6 &= m26;
                b7 &= m25;
                b8 &= m26;
                b9 &= m25;

                z0 = a0 * b0 + n19 * (((a1 * b9 + a3 * b7 + a5 * b5 + a7 * b3 + a9 * b1) << 1) + a2 * b8
                    + a4 * b6 + a6 * b4 + a8 * b2);
                z1 = a0 * b1 + a1 * b0 + n19 * (a2 * b9 + a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4
                    + a8 * b3 + a9 * b2) + (z0 >> 26);
                z2 = a0 * b2 + a2 * b0 + ((a1 * b1) << 1) + n19 * (((a3 * b9 + a5 * b7 + a7 * b5 + a9 * b3) << 1)
                    + a4 * b8 + a6 * b6 + a8 * b4) + (z1 >> 25);
                z3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + n19 * (a4 * b9 + a5 * b8 + a6 * b7 + a7 * b6
                    + a8 * b5 + a9 * b4) + (z2 >> 26);
                z4 = a0 * b4 + a2 * b2 + a4 * b0 + ((a1 * b3 + a3 * b1) << 1) + n19 * (((a5 * b9 + a7 * b7
                    + a9 * b5) << 1) + a6 * b8 + a8 * b6) + (z3 >> 25);
                z5 = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 + n19 * (a6 * b9 + a7 * b8
                    + a8 * b7 + a9 * b6) + (z4 >> 26);
                z6 = a0 * b6 + a2 * b4 + a4 * b2 + a6 * b0 + ((a1 * b5 + a3 * b3 + a5 * b1) << 1)
                    + n19 * (((a7 * b9 + a9 * b7) << 1) + a8 * b8) + (z5 >> 25);
                z7 = a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0
                    + n19 * (a8 * b9 + a9 * b8) + (z6 >> 26);
                z8 = a0 * b8 + a2 * b6 + a4 * b4 + a6 * b2 + a8 * b0 + ((a1 * b7 + a3 * b5 + a5 * b3
                    + a7 * b1) << 1) + n38 * (a9 * b9) + (z7 >> 25);
                z9 = a0 * b9 + a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1
                    + a9 * b0 + (z8 >> 26);
                z0 = (z0 & m26) + n19 * (z9 >> 25);
                z1 = (z1 & m25) + (z0 >> 26);
                z0 &= m26;
                z2 &= m26;
                z3 &= m25;
                z4 &= m26;
                z5 &= m25;
                z6 &= m26;
                z7 &= m25;
                z8 &= m26;
                z9 &= m25;
            }

            x[0] = x0;
            x[1] = x1;
            x[2] = x2;
            x[3] = x3;
            x[4] = x4;
            x[5] = x5;
            x[6] = x6;
            x[7] = x7;
            x[8] = x8;
            x[9] = x9;
            z[0] = z0;
            z[1] = z1;
            z[2] = z2;
            z[3] = z3;
            z[4] = z4;
            z[5] = z5;
            z[6] = z6;
            z[7] = z7;
            z[8] = z8;
            z[9] = z9;
        }
    }
}
