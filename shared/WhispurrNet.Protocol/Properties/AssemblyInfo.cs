using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("WhispurrNet.Protocol")]
[assembly: AssemblyProduct("WhispurrNet")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]

// Its ranges say what links offer.
[assembly: InternalsVisibleTo("WhispurrNet.Protocol.Extras")]

// Measures the inner seal of direct whispers alone.
[assembly: InternalsVisibleTo("WhispurrNet.Costs")]
