namespace WhispurrNet.Protocol.Links
{
    /// <summary>Every time limit of a link, milliseconds (PROTOCOL.md, "Link states").</summary>
    public static class LinkTimings
    {
        /// <summary>A contact lasts at most so long from the initiator's side.</summary>
        public const int ContactMs = 12 * 1000;

        /// <summary>
        /// After so long neither side of a contact begins another frame or offer: it is better ended than cut.
        /// </summary>
        public const int ContactSendMs = 9 * 1000;

        /// <summary>The responder waits longer, so that it is the initiator who decides.</summary>
        public const int ContactResponderMs = 15 * 1000;

        /// <summary>A contact in which nothing comes for so long is over.</summary>
        public const int ContactSilenceMs = 6 * 1000;

        /// <summary>A stream on which nothing comes for so long is over.</summary>
        public const int StreamSilenceMs = 60 * 1000;

        /// <summary>A stream on which nothing was sent for so long gets a ping.</summary>
        public const int PingAfterMs = 20 * 1000;

        /// <summary>A stream offers what was not pushed no more often than this.</summary>
        public const int OfferEveryMs = 5 * 1000;

        /// <summary>A stream offers again after so long what the other side wants later.</summary>
        public const int OfferLaterMs = 30 * 1000;

        /// <summary>
        /// A stream between two nodes that reconcile by ranges compares them this often: what agrees takes 100 bytes, and what a
        /// push lost is found.
        /// </summary>
        public const int RangesEveryMs = 5 * 60 * 1000;

        /// <summary>So long a side leaves it to the other to name the frames of ranges that differ.</summary>
        public const int NameAfterMs = 1000;

        /// <summary>
        /// A stream on which an offer stays unanswered for so long is over. Taking the offer back instead would let a
        /// late pull answer the next one.
        /// </summary>
        public const int OfferAnswerMs = 30 * 1000;
    }
}
