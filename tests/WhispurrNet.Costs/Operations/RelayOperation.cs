using System;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Costs
{
    /// <summary>A foreign frame from the record that brings it to the record that takes it on: at once to a stream; in a contact after it
    /// was named and asked for. A full store makes room for it.</summary>
    internal sealed class RelayOperation : Operation
    {
        private const int Runs = 32;

        private readonly bool _contact;
        private readonly RelayNode _node;
        private readonly byte[] _in = new byte[1 + RelayNode.FrameSize];
        private readonly byte[] _out = new byte[1 + RelayNode.FrameSize];
        private readonly byte[] _pull = { RecordType.Pull, 1 };

        internal RelayOperation(string name, bool contact, int frames, IHmacSha256 hmac)
            : base(name)
        {
            _contact = contact;
            _node = new RelayNode(frames, contact ? LinkKind.Contact : LinkKind.Stream, hmac);
            _in[0] = RecordType.Frame;
        }

        /// <inheritdoc/>
        public override int MeanOver
        {
            get { return Runs; }
        }

        /// <inheritdoc/>
        public override void Prepare()
        {
            _node.NextFrame(false, _in, 1);

            // A contact that is over: what was sent in it has arrived.
            _node.Gossip.NoteFinished(_node.Out);
            _node.Out.Stages.ClearAll();
            _node.Out.StrangersSent = 0;
            _node.Out.OpenedMs = _node.NowMs;
        }

        /// <inheritdoc/>
        public override void Run()
        {
            _node.Protocol.Read(_node.In, _in, 0, _in.Length, 0, _node.NowMs);
            if (_contact)
            {
                _node.Protocol.WriteNext(_node.Out, _out, 0, _node.NowMs);
                _node.Protocol.Read(_node.Out, _pull, 0, _pull.Length, 0, _node.NowMs);
            }

            if (_node.Protocol.WriteNext(_node.Out, _out, 0, _node.NowMs) != _out.Length || _out[0] != RecordType.Frame)
            {
                throw new InvalidOperationException("The frame does not go on.");
            }
        }
    }
}
