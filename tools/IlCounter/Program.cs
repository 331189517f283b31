using WhispurrNet.IlCounter;

return CommandLine.Run(args);
