using WhispurrNet.NanoClr;

return CommandLine.Run(args);
