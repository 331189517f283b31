using System.Reflection;

[assembly: AssemblyVersion("1.1.123.0")]
