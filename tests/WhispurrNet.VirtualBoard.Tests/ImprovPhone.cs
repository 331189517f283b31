using System.Text;

namespace WhispurrNet.Virtual.Tests;

/// <summary>
/// A client of Improv Wi-Fi over Bluetooth, written from its specification alone (improv-wifi.com/ble): a phone that finds
/// the board by its advertisement, sends commands, and waits for states, errors and results.
/// </summary>
internal sealed class ImprovPhone : IDisposable
{
    public const int AuthorizationRequired = 1;
    public const int Authorized = 2;
    public const int Provisioning = 3;
    public const int Provisioned = 4;

    private const string Uuid = "00467768-6228-2272-4663-27747826800";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Bench _bench;
    private readonly Dictionary<int, ushort> _handles = [];
    private readonly Dictionary<ushort, List<byte[]>> _notified = [];
    private readonly SemaphoreSlim _came = new(0);

    public ImprovPhone(Bench bench, VirtualBoard board, int mtu = PhoneCentral.UsualMtu, string name = "phone")
    {
        _bench = bench;
        Board = board;
        Central = new PhoneCentral(bench.Ether, name, 0xC0_00_00_00_00_01UL + (ulong)name.Length, mtu);
        bench.Ether.Link(board.Name, name);
        Central.Notified += (handle, bytes) =>
        {
            lock (_notified)
            {
                (_notified.TryGetValue(handle, out List<byte[]>? all) ? all : _notified[handle] = []).Add(bytes);
            }

            _came.Release();
        };
    }

    public PhoneCentral Central { get; }

    public VirtualBoard Board { get; }

    public static Guid Service { get; } = new(Uuid + "0");

    /// <summary>The service data of an advertisement, without its UUID; null if it is none of Improv's.</summary>
    public static byte[]? ServiceData(byte[] advertisement)
    {
        byte[]? data = null;
        bool named = false;
        for (int at = 0; at < advertisement.Length && advertisement[at] > 0; at += advertisement[at] + 1)
        {
            byte[] section = advertisement[(at + 1)..(at + 1 + advertisement[at])];
            if (section[0] is 0x06 or 0x07)
            {
                byte[] id = [.. section.Skip(1).Reverse()];
                named |= new Guid(id, bigEndian: true) == Service;
            }
            else if (section[0] == 0x16 && section[1] == 0x77 && section[2] == 0x46)
            {
                data = section[3..];
            }
        }

        return named ? data : null;
    }

    /// <summary>Connects, finds all five characteristics, and listens to three.</summary>
    public async Task ConnectAsync()
    {
        for (int attempt = 0; !await Central.ConnectAsync(Board.BluetoothAddress); attempt++)
        {
            Assert.True(attempt < 20, _bench.Transcript());
        }

        IReadOnlyList<DiscoveredAttribute> found = await Central.DiscoverAsync(Service);
        for (int number = 1; number <= 5; number++)
        {
            _handles[number] = found.Single(c => c.Uuid == new Guid(Uuid + number)).Handle;
        }

        foreach (int number in new[] { 1, 2, 4 })
        {
            Assert.Equal(0, await Central.SubscribeAsync(_handles[number]));
        }
    }

    public async Task<byte[]> ReadAsync(int number)
    {
        (byte[] value, byte error) = await Central.ReadAsync(_handles[number]);
        Assert.Equal(0, error);
        return value;
    }

    public async Task<int> StateAsync() => (await ReadAsync(1))[0];

    public async Task<int> ErrorAsync() => (await ReadAsync(2))[0];

    /// <summary>A command with its length and its sum.</summary>
    public static byte[] Command(int id, params byte[] data)
    {
        byte[] all = [(byte)id, (byte)data.Length, .. data, 0];
        all[^1] = (byte)all.Sum(b => b);
        return all;
    }

    public static byte[] Texts(params string[] texts) =>
        [.. texts.SelectMany(text => (byte[])[(byte)Encoding.UTF8.GetByteCount(text), .. Encoding.UTF8.GetBytes(text)])];

    /// <summary>Sends bytes to the command characteristic, at most so many in one write.</summary>
    /// <returns>The ATT error of the last write.</returns>
    public async Task<byte> SendAsync(byte[] bytes, int most = 512)
    {
        byte error = 0;
        for (int at = 0; at < bytes.Length; at += most)
        {
            error = await Central.WriteAsync(_handles[3], bytes[at..Math.Min(bytes.Length, at + most)]);
        }

        return error;
    }

    public Task<byte> SendWifiAsync(string ssid, string password, int most = 512) =>
        SendAsync(Command(1, Texts(ssid, password)), most);

    public Task<byte> SetAsync(string key, string value) => SendAsync(Command(0x80, Texts(key, value)));

    /// <summary>Waits for the next result that was notified, checks it, and gives its texts.</summary>
    public async Task<string[]> ResultAsync(int command)
    {
        byte[] result = await NextAsync(4);
        return Read(result, command);
    }

    public static string[] Read(byte[] result, int command)
    {
        Assert.Equal(command, result[0]);
        Assert.Equal(result.Length, result[1] + 3);
        Assert.Equal(result[^1], (byte)result[..^1].Sum(b => b));
        var texts = new List<string>();
        for (int at = 2; at < result.Length - 1; at += result[at] + 1)
        {
            texts.Add(Encoding.UTF8.GetString(result, at + 1, result[at]));
        }

        return [.. texts];
    }

    /// <summary>Waits until a value was notified; older notifications are passed over.</summary>
    public async Task UntilAsync(int number, int value)
    {
        while ((await NextAsync(number))[0] != value)
        {
        }
    }

    public void Dispose() => Central.Dispose();

    private async Task<byte[]> NextAsync(int number)
    {
        DateTime deadline = DateTime.UtcNow + s_patience;
        while (true)
        {
            lock (_notified)
            {
                if (_notified.TryGetValue(_handles[number], out List<byte[]>? all) && all.Count > 0)
                {
                    byte[] next = all[0];
                    all.RemoveAt(0);
                    return next;
                }
            }

            Assert.True(DateTime.UtcNow < deadline, $"Nothing came from characteristic {number}.\n{_bench.Transcript()}");
            await _came.WaitAsync(100);
        }
    }
}
