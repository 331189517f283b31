using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("WhispurrNet.Protocol.Crypto")]
[assembly: AssemblyProduct("WhispurrNet")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]

// Shares one AEAD among links and seals, and checks its buffers the same way.
[assembly: InternalsVisibleTo("WhispurrNet.Protocol")]

// Its curve works in the same field, and its buffers are checked and wiped the same way.
[assembly: InternalsVisibleTo("WhispurrNet.Protocol.Extras")]
