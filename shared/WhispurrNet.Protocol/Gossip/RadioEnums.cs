namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>What a Bluetooth radio should be doing.</summary>
    public enum RadioAction
    {
        /// <summary>Advertise and take inbound contacts.</summary>
        Serve = 0,

        /// <summary>Listen for advertisements.</summary>
        Scan = 1,

        /// <summary>Hold a contact with <see cref="RadioScheduler.ContactAddress"/>.</summary>
        Contact = 2,

        /// <summary>Keep the radio quiet: inbound contacts were stuck, so this node only dials for a while.</summary>
        Rest = 3,
    }

    /// <summary>How an outbound contact ended.</summary>
    public enum ContactResult
    {
        /// <summary>Both sides were done.</summary>
        Completed = 0,

        /// <summary>Connected, and then cut or out of time.</summary>
        Cut = 1,

        /// <summary>No connection.</summary>
        Failed = 2,

        /// <summary>Connected, and it is no node of this protocol.</summary>
        NotOurs = 3,
    }
}
