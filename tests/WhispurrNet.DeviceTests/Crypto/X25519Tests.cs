using nanoFramework.TestFramework;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.DeviceTests.Crypto
{
    [TestClass]
    public class X25519Tests
    {
        [TestMethod]
        public void AllMultiplyVectors()
        {
            int ran = 0;
            X25519 curve = new X25519();
            byte[] result = new byte[X25519.KeySize];
            foreach (string[] vector in X25519Vectors.Multiply())
            {
                Assert.IsTrue(curve.ScalarMultiply(Hex.Read(vector[1]), Hex.Read(vector[2]), result), vector[0]);
                Assert.AreEqual(vector[3], Hex.Write(result), vector[0]);
                ran++;
            }

            Assert.AreEqual(VectorCounts.X25519, ran);
        }

        [TestMethod]
        public void AllBasePointVectors()
        {
            int ran = 0;
            X25519 curve = new X25519();
            byte[] result = new byte[X25519.KeySize];
            foreach (string[] vector in X25519Vectors.MultiplyBase())
            {
                curve.ScalarMultiplyBase(Hex.Read(vector[1]), result);
                Assert.AreEqual(vector[2], Hex.Write(result), vector[0]);
                ran++;
            }

            Assert.AreEqual(VectorCounts.X25519Base, ran);
        }

        [TestMethod]
        public void ShortIteratedVectors()
        {
            int ran = 0;
            X25519 curve = new X25519();
            foreach (string[] vector in X25519Vectors.Iterate())
            {
                if (vector[1] != "1")
                {
                    continue;
                }

                byte[] nine = new byte[X25519.KeySize];
                nine[0] = 9;
                byte[] result = new byte[X25519.KeySize];
                curve.ScalarMultiply(nine, nine, result);
                Assert.AreEqual(vector[2], Hex.Write(result), vector[0]);
                ran++;
            }

            Assert.AreEqual(VectorCounts.X25519IteratedOnDevice, ran);
        }

        [TestMethod]
        public void APointOfSmallOrderIsReported()
        {
            // u = 1 has order 4, RFC 7748 section 6.1 asks for the check on the result.
            byte[] scalar = new byte[X25519.KeySize];
            scalar[5] = 77;
            byte[] point = new byte[X25519.KeySize];
            point[0] = 1;
            byte[] result = new byte[X25519.KeySize];
            Assert.IsFalse(new X25519().ScalarMultiply(scalar, point, result));
            Assert.AreEqual(new string('0', 64), Hex.Write(result));
        }
    }
}
