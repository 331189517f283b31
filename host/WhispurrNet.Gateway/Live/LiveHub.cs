using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace WhispurrNet.Gateway.Live;

/// <summary>One event for the page and for listeners.</summary>
/// <param name="Name">Its kind.</param>
/// <param name="Json">Its data.</param>
internal readonly record struct LiveEvent(string Name, string Json);

/// <summary>Hands events to any number of subscribers, none of which can hold up the others or the mesh.</summary>
internal sealed class LiveHub
{
    /// <summary>Most subscribers at once.</summary>
    public const int MaxSubscribers = 32;

    /// <summary>
    /// Most events waiting for one subscriber; one that falls further behind starts over with a fresh snapshot.
    /// </summary>
    public const int MaxBacklog = 512;

    private readonly Lock _lock = new();
    private readonly List<Subscription> _subscribers = [];

    /// <summary>How every answer and event of the gateway is written.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public int SubscriberCount
    {
        get
        {
            lock (_lock)
            {
                return _subscribers.Count;
            }
        }
    }

    /// <summary>Hands an event to every subscriber.</summary>
    /// <param name="name">Its kind.</param>
    /// <param name="data">Makes its data; not called when nobody listens.</param>
    public void Publish<T>(string name, Func<T> data)
    {
        lock (_lock)
        {
            if (_subscribers.Count == 0)
            {
                return;
            }

            var item = new LiveEvent(name, JsonSerializer.Serialize(data(), Json));
            foreach (Subscription subscriber in _subscribers)
            {
                subscriber.Offer(item);
            }
        }
    }

    /// <summary>A new subscription, or null when there are as many as allowed.</summary>
    public Subscription? Subscribe()
    {
        lock (_lock)
        {
            if (_subscribers.Count == MaxSubscribers)
            {
                return null;
            }

            var subscription = new Subscription(this);
            _subscribers.Add(subscription);
            return subscription;
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            _subscribers.Remove(subscription);
        }
    }

    /// <summary>One subscriber's queue.</summary>
    public sealed class Subscription(LiveHub hub) : IDisposable
    {
        private readonly Channel<LiveEvent> _events = Channel.CreateBounded<LiveEvent>(
            new BoundedChannelOptions(MaxBacklog) { SingleReader = true });

        private bool _lagged;

        public ChannelReader<LiveEvent> Events => _events.Reader;

        /// <summary>Whether events were left out since the last call.</summary>
        public bool TakeLagged() => Interlocked.Exchange(ref _lagged, false);

        public void Dispose() => hub.Remove(this);

        internal void Offer(LiveEvent item)
        {
            if (!_events.Writer.TryWrite(item))
            {
                Volatile.Write(ref _lagged, true);
            }
        }
    }
}
