using System;

namespace WhispurrNet.Board.Radio
{
    /// <summary>Names and sizes of the mesh on Bluetooth (PROTOCOL.md, "Bluetooth").</summary>
    internal static class MeshService
    {
        /// <summary>
        /// Bytes of one write or notification: boards among themselves never exchange the MTU, so it stays 23, and
        /// three of those are the ATT header. Anything longer is cut without a word.
        /// </summary>
        internal const int UnitSize = 20;

        /// <summary>
        /// Most bytes of one write that can arrive: a phone or PC may ask for the stack's largest MTU, 256.
        /// </summary>
        internal const int UnitSizeMax = 253;

        /// <summary>
        /// Bytes of a queue of units: a fragment window of 16 with their prefixes, acknowledgements and marks.
        /// </summary>
        internal const int UnitQueueSize = 512;

        /// <summary>Bytes a node advertises behind the company id: with flags and headers exactly 31.</summary>
        internal const int AdvertisementSize = 24;

        /// <summary>Company id of the manufacturer data: the one kept free for everybody's tests.</summary>
        internal const ushort CompanyId = 0xFFFF;

        /// <summary>The service.</summary>
        internal static Guid Service()
        {
            return new Guid("5748a7b0-6e65-7431-8000-776869737072");
        }

        /// <summary>The initiator writes here.</summary>
        internal static Guid Inbox()
        {
            return new Guid("5748a7b1-6e65-7431-8000-776869737072");
        }

        /// <summary>The responder notifies here.</summary>
        internal static Guid Outbox()
        {
            return new Guid("5748a7b2-6e65-7431-8000-776869737072");
        }
    }
}
