return WhispurrNet.MeshHunt.CommandLine.Create().Parse(args).Invoke();
