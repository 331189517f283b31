using WhispurrNet.WireFuzz;

return CommandLine.Run(args);
