namespace WhispurrNet.Board.Platform
{
    /// <summary>The version of the board application, as in its assembly.</summary>
    internal static class BoardVersion
    {
        /// <summary>Major, minor and patch.</summary>
        internal const string Text = "0.1.0";
    }
}
