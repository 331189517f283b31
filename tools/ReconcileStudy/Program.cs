using WhispurrNet.ReconcileStudy;

CountedCode.LoadInstead();
return CommandLine.Run(args);
