using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("WhispurrNet.Board")]
[assembly: AssemblyProduct("WhispurrNet")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]

// They put the adapters of the platform to the tests that every implementation has to pass.
[assembly: InternalsVisibleTo("WhispurrNet.BoardPrograms")]
