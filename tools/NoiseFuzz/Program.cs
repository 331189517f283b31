using WhispurrNet.NoiseFuzz;

return CommandLine.Run(args);
