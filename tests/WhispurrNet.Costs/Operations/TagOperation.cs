using System;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Network;

namespace WhispurrNet.Costs
{
    /// <summary>Whether a key of a ring of five opens a frame: none does.</summary>
    internal sealed class TagOperation : Operation
    {
        private const int Intents = 4;

        private readonly IHmacSha256 _hmac;
        private readonly KeyRing _ring;
        private readonly byte[] _frame = OperationList.Bytes(256, 47);

        internal TagOperation(string name, IHmacSha256 hmac)
            : base(name)
        {
            _hmac = hmac;
            NetworkKey network = NetworkKey.FromJoinCode(NetworkKey.CreateJoinCode(OperationList.Bytes(JoinCode.SecretSize, 24)));
            _ring = new KeyRing(new NetworkKeys(network, hmac), new MacWorkspace(hmac), 1 + Intents);
            for (int i = 0; i < Intents; i++)
            {
                _ring.Tune("intent" + i.ToString());
            }
        }

        /// <inheritdoc/>
        public override void Prepare()
        {
            OperationList.Forget(_hmac);
        }

        /// <inheritdoc/>
        public override void Run()
        {
            if (_ring.Match(_frame, 0) != KeyRing.NoMatch)
            {
                throw new InvalidOperationException("No key should match.");
            }
        }
    }
}
