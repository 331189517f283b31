using System.Reflection;

[assembly: AssemblyTitle("WhispurrNet.CrossCheck")]
[assembly: AssemblyProduct("WhispurrNet")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
