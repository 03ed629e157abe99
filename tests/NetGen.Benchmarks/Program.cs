using System;
using NetGen.Benchmarks;

switch (args)
{
    case ["peers", ..]:
        return PeersCommand.Run(Suite.Networks, args.AsSpan(1));
    case ["shapes", ..]:
        return PeersCommand.Run(Suite.Shapes, args.AsSpan(1));
    case ["sequences", ..]:
        return PeersCommand.Run(Suite.Sequences, args.AsSpan(1));
    case ["memory-bound", ..]:
        return PeersCommand.Run(Suite.MemoryBound, args.AsSpan(1));
    case ["crossover", "--from", ..]:
        return CrossoverCommand.Run(args.AsSpan(1));
    case ["crossover", ..]:
        return PeersCommand.Run(Suite.Crossover, args.AsSpan(1));
    case ["train", ..]:
        return TrainCommand.Run(args.AsSpan(1));
    case ["workers", ..]:
        return WorkersCommand.Run(args.AsSpan(1));
    case ["stability", ..]:
        return StabilityCommand.Run(args.AsSpan(1));
    case ["compile-cost", ..]:
        return CompileCostCommand.Run(args.AsSpan(1));
    case ["build-cost", ..]:
        return BuildCostCommand.Run(args.AsSpan(1));
    case ["editor", ..]:
        return EditorCommand.Run(args.AsSpan(1));
    case [FirstCall.Verb, ..]:
        return FirstCall.Run(args.AsSpan(1));
    case ["storage", ..]:
        return StorageCommand.Run(args.AsSpan(1));
    case ["gallery", ..]:
        return GalleryCommand.Run(args.AsSpan(1));
    case ["denormals", ..]:
        return DenormalsCommand.Run(args.AsSpan(1));
    case ["fit-estimates", ..]:
        return FitEstimatesCommand.Run(args.AsSpan(1));
    case ["bdn", ..]:
        return BdnCommand.Run(args.AsSpan(1));
    default:
        Console.Error.WriteLine(string.Join('\n', [PeerOptions.Usage, CrossoverCommand.Usage, TrainOptions.Usage, WorkersCommand.Usage, StabilityCommand.Usage, CompileCostCommand.Usage, BuildCostCommand.Usage, EditorCommand.Usage, StorageCommand.Usage, GalleryCommand.Usage, DenormalsCommand.Usage, FitEstimatesCommand.Usage, BdnCommand.Usage]));
        return 2;
}
