namespace WhispurrNet.Protocol.Links.Opening
{
    /// <summary>
    /// The records that open a link, sent before there is any protection (PROTOCOL.md, "Opening a link"). Offsets count
    /// from the type; every record has one size.
    /// </summary>
    internal static class OpeningRecord
    {
        /// <summary>Initiator: type, handle, nonce, MAC.</summary>
        internal const byte Resume = 0x10;

        /// <summary>Responder: type, nonce, confirmation.</summary>
        internal const byte Resumed = 0x11;

        /// <summary>Responder: no secret has this handle. Nothing but the type.</summary>
        internal const byte Unknown = 0x12;

        /// <summary>Initiator: type, guard MAC, first message of XXpsk3: e and a tag.</summary>
        internal const byte Handshake1 = 0x13;

        /// <summary>Responder, between members: type, second message of XXpsk3 with a card as payload.</summary>
        internal const byte Handshake2 = 0x14;

        /// <summary>Responder, between strangers: type, second message of XX with an empty payload.</summary>
        internal const byte StrangersHandshake2 = 0x15;

        /// <summary>Initiator: type, third message; between members with a card as payload.</summary>
        internal const byte Handshake3 = 0x16;

        internal const int HandleSize = 8;
        internal const int NonceSize = 16;
        internal const int MacSize = 8;

        internal const int HandleOffset = 1;
        internal const int NonceOffset = HandleOffset + HandleSize;
        internal const int MacOffset = NonceOffset + NonceSize;
        internal const int ResumeSize = MacOffset + MacSize;

        internal const int ResumedNonceOffset = 1;
        internal const int ConfirmationOffset = ResumedNonceOffset + NonceSize;
        internal const int ResumedSize = ConfirmationOffset + LinkKeys.ConfirmationSize;

        internal const int UnknownSize = 1;

        internal const int GuardOffset = 1;
        internal const int MessageOffset = GuardOffset + MacSize;
        internal const int KeySize = 32;
        internal const int TagSize = 16;
        internal const int Handshake1Size = MessageOffset + KeySize + TagSize;

        /// <summary>Bytes of a card in a message: all of it but the public key, which is the handshake's own.</summary>
        internal const int CardSize = PeerCard.Size - KeySize;

        internal const int StrangersHandshake2Size = 1 + KeySize + KeySize + TagSize + TagSize;
        internal const int Handshake2Size = StrangersHandshake2Size + CardSize;
        internal const int StrangersHandshake3Size = 1 + KeySize + TagSize + TagSize;
        internal const int Handshake3Size = StrangersHandshake3Size + CardSize;
    }
}
