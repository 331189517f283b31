namespace WhispurrNet.Protocol.Frames
{
    /// <summary>
    /// What a whisper is, inside the seal (PROTOCOL.md, "Whisper"). 10 to 63 are reserved and refused.
    /// </summary>
    public enum WhisperType
    {
        /// <summary>Never on the wire.</summary>
        None = 0,

        /// <summary>To one identity.</summary>
        Whisper = 1,

        /// <summary>To everyone in the network.</summary>
        Broadcast = 2,

        /// <summary>To everyone in the network who listens to an intent.</summary>
        Resonance = 3,

        /// <summary>A contact card.</summary>
        PeerDiscovery = 4,

        /// <summary>To everyone in the network, ahead of everything else.</summary>
        Emergency = 5,

        /// <summary>Acknowledges a whisper.</summary>
        Ack = 6,

        /// <summary>Extension: file sync.</summary>
        FileSync = 7,

        /// <summary>Extension: mining signal.</summary>
        MiningSignal = 8,

        /// <summary>Extension: encrypted journal.</summary>
        Dreamspace = 9,

        /// <summary>First of the types that makers choose for themselves, up to 255.</summary>
        FirstExtension = 64,
    }
}
