return WhispurrNet.LongRun.CommandLine.Run(args);
