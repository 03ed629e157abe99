using System;
using NetGen.Benchmarks;

switch (args)
{
    case ["peers", ..]:
        return PeersCommand.Run(args.AsSpan(1));
    default:
        Console.Error.WriteLine(PeerOptions.Usage);
        return 2;
}
