return WhispurrNet.PassiveObserver.CommandLine.Run(args);
