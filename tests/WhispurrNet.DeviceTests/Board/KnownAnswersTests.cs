using nanoFramework.TestFramework;
using WhispurrNet.Board.SelfTest;

namespace WhispurrNet.DeviceTests.Board
{
    /// <summary>The self-test of the start, on the interpreter that runs it on a board.</summary>
    [TestClass]
    public class KnownAnswersTests
    {
        [TestMethod]
        public void EveryPrimitiveGivesItsPublishedAnswer()
        {
            for (int i = 0; i < KnownAnswers.FullCount; i++)
            {
                Assert.IsTrue(KnownAnswers.Holds(i), KnownAnswers.NameOf(i));
            }
        }
    }
}
