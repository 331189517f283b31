using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Costs
{
    /// <summary>A node of a board without external RAM, from its making to the bytes of its first advertisement. Its key pairs are in
    /// it: the first identity's, and those of the first handshakes.</summary>
    internal sealed class StartOperation : Operation
    {
        private const long StartMs = 1000;

        private readonly IHmacSha256 _hmac;
        private readonly byte[] _advertisement = new byte[Digest.Size];

        internal StartOperation(string name, IHmacSha256 hmac)
            : base(name)
        {
            _hmac = hmac;
        }

        /// <inheritdoc/>
        public override void Prepare()
        {
            OperationList.Forget(_hmac);
        }

        /// <inheritdoc/>
        public override void Run()
        {
            NodeConfiguration configuration = new NodeConfiguration();
            byte[] secret = OperationList.Bytes(JoinCode.SecretSize, 24);
            configuration.Network = NetworkKey.FromJoinCode(NetworkKey.CreateJoinCode(secret));
            configuration.Limits = NodeLimits.Small();
            NodeCore node = new NodeCore(configuration, _hmac, OperationList.Bytes(NodeCore.SeedSize, 25), StartMs);
            node.Tune("emotion_data");
            node.HandleTimeout(StartMs);
            node.Digest.Write(_advertisement, 0, node.Random);
        }
    }
}
