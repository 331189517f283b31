using System.Reflection;

[assembly: AssemblyVersion("1.1.167.0")]
