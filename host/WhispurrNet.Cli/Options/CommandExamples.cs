using System.CommandLine;
using WhispurrNet.Gateway.Persons;

namespace WhispurrNet.Cli.Options;

/// <summary>What <c>--help</c> shows of how a command is used.</summary>
/// <param name="Line">The line to type.</param>
/// <param name="Meaning">What it is for.</param>
internal sealed record Example(string Line, string Meaning);

/// <summary>The examples of all commands. A test parses every line.</summary>
internal static class CommandExamples
{
    // The public key of RFC 8032's first vector.
    private const string SampleKey = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    private static readonly Dictionary<string, Example[]> s_examples = new()
    {
        ["whispurr"] =
        [
            new("whispurr up", "see a mesh at work, without hardware"),
            new("whispurr gateway", "run a gateway for boards of your own"),
            new("whispurr send --help", "what a command can do"),
        ],
        ["up"] =
        [
            new("whispurr up", "gateway, page and four boards; open the address it prints"),
            new("whispurr up --boards 8 --speed 1", "eight boards as slow as real ones"),
            new("whispurr up --for 60 --json", "unattended: exit code 0 if everything arrived"),
            new("whispurr up --program bin/Debug/MyBoard.exe", "boards that run your own firmware"),
        ],
        ["board"] =
        [
            new("whispurr board bin/Debug/Kitchen.exe", "with the whispurr.cfg beside it"),
            new("whispurr board bin/Debug/Kitchen.exe --settings test.cfg --speed 10", "other settings, ten times faster"),
            new("whispurr board bin/Debug/Kitchen.exe --ether 127.0.0.1:8770 --near b4", "beside up --ether-listen"),
            new("whispurr board bin/Debug/Kitchen.exe --for 30 --json", "one JSON object a line, for programs"),
        ],
        ["deploy"] =
        [
            new("whispurr deploy --port /dev/ttyUSB0 --image Kitchen.bin", "check, write, verify, restart"),
            new("whispurr deploy --port COM5 --build Kitchen.nfproj", "and build the image first"),
            new("whispurr deploy --port COM5 --image Kitchen.bin --dry-run", "whether it fits; nothing is written"),
        ],
        ["boards"] =
        [
            new("whispurr boards", "which ports there are; opens none"),
            new("whispurr boards --watch", "and those that come and go, until Ctrl-C"),
            new("whispurr boards --ask --json", "and what answers, for programs"),
            new("whispurr boards --port /dev/ttyUSB0 --listen 90", "what one says of itself, unasked"),
        ],
        ["flash"] =
        [
            new("whispurr flash --port /dev/ttyUSB0", "the newest image for the chip that is there"),
            new("whispurr flash --port /dev/ttyUSB0 --archive images --fwversion 1.17.0.42", "without Internet"),
            new("whispurr flash --port COM5 --target ESP32_BLE_REV3 --dry-run", "the commands, without running them"),
            new("whispurr flash --port /dev/ttyUSB0 --backup before.bin --masserase", "keep a copy, then start afresh"),
        ],
        ["gateway"] =
        [
            new("whispurr gateway", "a new network; prints its join code"),
            new("whispurr gateway --host '*'", "boards on Wi-Fi can reach it"),
            new("whispurr gateway --network none", "relay only, without keys"),
        ],
        ["provision"] =
        [
            new("whispurr provision --port /dev/ttyACM0 --name kitchen --join-from prompt", "a member of your network"),
            new("whispurr provision -p COM5 --network public --ssid home --gateway ws://192.168.1.10:8765/mesh", "asks for the password"),
            new("whispurr provision -p /dev/ttyACM0 --settings kitchen.cfg --join-from env --json", "for programs; nothing secret is shown"),
            new("whispurr provision --dry-run --name kitchen --intents emotion_data,door", "see what would be written"),
        ],
        ["bridge"] =
        [
            new("whispurr bridge --port /dev/ttyUSB1", "to the gateway on this machine"),
            new("whispurr bridge --port COM5 --baud 460800 --gateway http://192.168.1.10:8765", "slower, and to one elsewhere"),
            new("whispurr bridge --port /dev/ttyUSB1 --every 5 --json", "one JSON object a line, for programs"),
        ],
        ["send"] =
        [
            new("whispurr send --intent emotion_data --payload calm", "to all who listen to that intent"),
            new("whispurr send --broadcast --payload-file notice.json", "to everybody in the network"),
            new("whispurr send --to 0f3a91c4 --payload 'only for you'", "to one contact; 'whispurr contacts' lists them"),
            new("whispurr send --emergency --payload 'smoke in the attic'", "to everybody, ahead of everything else"),
        ],
        ["listen"] =
        [
            new("whispurr listen", "one line per whisper, until Ctrl-C"),
            new("whispurr listen --count 1 --json", "wait for one whisper, for programs"),
        ],
        ["monitor"] =
        [
            new("whispurr monitor --port /dev/ttyUSB0", "every line, in colour, until Ctrl-C"),
            new("whispurr monitor --port COM5 --table --log board.log", "the board's figures above, everything in a file"),
            new("whispurr monitor --port /dev/ttyUSB0 --kind exception,error", "only what went wrong"),
            new("whispurr monitor --port /dev/ttyACM0 --baud auto --json --once", "for programs, until it is unplugged"),
        ],
        ["top"] =
        [
            new("whispurr top", "the boards and links that the gateway on this machine knows"),
            new("whispurr top --port /dev/ttyUSB0 --port /dev/ttyUSB1", "boards on cables"),
            new("whispurr top --interval 5 --for 60 --json", "one object every five seconds, for programs"),
        ],
        ["status"] =
        [
            new("whispurr status", "the gateway on this machine"),
            new("whispurr status --gateway http://192.168.1.10:8765 --token 12345678", "one elsewhere"),
        ],
        ["contacts"] =
        [
            new("whispurr contacts", "to whom 'whispurr send --to' can whisper"),
            new("whispurr contacts --json", "the same, for programs"),
        ],
        ["identity"] =
        [
            new("whispurr identity new me.identity", "make one; nothing is written unless you ask"),
            new("whispurr identity show me.identity", "public key and QR code, for others to scan"),
        ],
        ["new"] = [new("whispurr identity new me.identity", "only you can read the file")],
        ["show"] =
        [
            new("whispurr identity show me.identity", "on the terminal"),
            new("whispurr identity show me.identity --svg me.svg", "and as a picture to print"),
        ],
        ["code"] = [new($"whispurr identity code me.identity {SampleKey}", "twelve groups of five digits to compare")],
        ["verify"] =
        [
            new($"whispurr identity verify {SampleKey} '{PersonKey.QrPrefix}{SampleKey}'", "what a camera read"),
            new(
                $"whispurr identity verify {SampleKey} 'TWELVE GROUPS' --identity me.identity --name Ada --book persons.json",
                "what somebody read to you, and remember the person"),
        ],
        ["persons"] = [new("whispurr identity persons persons.json", "whom you have verified")],
        ["selftest"] =
        [
            new("whispurr selftest", "what runs on this machine"),
            new("whispurr selftest --board", "the device binaries, on virtual boards"),
            new("whispurr selftest --board --json", "the same for programs"),
        ],
        ["bench"] =
        [
            new("whispurr bench", "everything, with libsodium beside it where that is installed"),
            new("whispurr bench --filter relay --json", "one word's operations, for programs"),
            new("whispurr bench --nanoclr", "on the interpreter that boards have"),
            new("whispurr bench --board /dev/ttyUSB0", "on a real board, where WhispurrNet.Costs is deployed"),
        ],
        ["simulate"] =
        [
            new("whispurr simulate", "a hundred boards, twenty whispers to everybody"),
            new("whispurr simulate --nodes 1000 --loss 0.2 --churn 0.3 --html run.html", "a page with plots"),
            new("whispurr simulate --traffic direct --warm-up 900 --json", "to contacts, whose cards need some time to come about"),
            new("whispurr simulate --compare --topology clusters --html all.html", "every strategy in one world"),
            new("whispurr simulate --sweep --vary nodes=50,100,200 --vary loss=0,0.3 --seeds 5", "medians over a grid"),
        ],
    };

    /// <summary>The examples of a command; empty if there are none.</summary>
    public static IReadOnlyList<Example> For(Command command) =>
        s_examples.GetValueOrDefault(command is RootCommand ? "whispurr" : command.Name, []);
}
