using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Compiler;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using NetGen.Compiler.Weights;
using NetGen.Testing.Generated;

namespace NetGen.Benchmarks;

/// <summary>
/// <c>storage</c>: <c>Predict</c> of one sample by weights that are compiled in as float32, bfloat16 and float16. Warm, where all stays in caches that hold it; and cold,
/// where other data have passed through them since the last call, as in a program that predicts now and then. Rounds alternate; each figure is the best of them.
/// </summary>
internal static class StorageCommand
{
    public const string Usage = "storage [--core N] [--rounds N]";

    private static readonly (string Name, string Spec)[] s_nets =
    [
        ("D: 784-128-10", "input: 784\nlayers: [ { dense: { units: 128, activation: relu } }, { dense: 10 }, softmax ]"),
        ("784-512-10", "input: 784\nlayers: [ { dense: { units: 512, activation: relu } }, { dense: 10 }, softmax ]"),
        ("1024-2048-1024", "input: 1024\nlayers: [ { dense: { units: 2048, activation: relu } }, { dense: 1024 } ]"),
        ("3000-4000-10", "input: 3000\nlayers: [ { dense: { units: 4000, activation: relu } }, { dense: 10 } ]"),
    ];

    private static readonly string[] s_storages = ["float32", "bfloat16", "float16"];

    // Four times a large last-level cache's share of one core.
    private static readonly byte[] s_other = new byte[128 << 20];

    private delegate void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);

    public static int Run(ReadOnlySpan<string> arguments)
    {
        int core = Affinity.LastCore(), rounds = 9;
        for (int k = 0; k < arguments.Length; k += 2)
        {
            bool isRight = k + 1 < arguments.Length && int.TryParse(arguments[k + 1], CultureInfo.InvariantCulture, out int value) && value >= 0
                && (arguments[k] == "--core" ? (core = value) >= 0 : arguments[k] == "--rounds" && (rounds = value) > 0);
            if (!isRight)
            {
                Console.Error.WriteLine(Usage);
                return 2;
            }
        }

        Affinity.Pin(core);
        Console.WriteLine("| net | weights in float32 | state of the caches | float32 | bfloat16 | float16 |\n|---|---|---|---|---|---|");
        foreach ((string name, string spec) in s_nets)
        {
            (Predict[] predicts, float[] inputs, float[] outputs, long bytes) = Build(spec);
            double checksum = 0;
            foreach (bool isCold in new[] { false, true })
            {
                double[] best = [.. predicts.Select(static _ => double.MaxValue)];
                for (int round = 0; round < rounds; round++)
                {
                    for (int k = 0; k < predicts.Length; k++)
                    {
                        best[k] = Math.Min(best[k], isCold ? Cold(predicts[k], inputs, outputs) : Warm(predicts[k], inputs, outputs, bytes));
                        checksum += outputs[0];
                    }
                }

                string Cell(int k) => k == 0 ? Words.Nanoseconds(best[0]) + " ns" : $"{Words.Nanoseconds(best[k])} ns ({Words.Ratio(best[k] / best[0])})";
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {bytes / 1e6:0.0} MB | {(isCold ? "cold" : "warm")} | {Cell(0)} | {Cell(1)} | {Cell(2)} |"));
            }

            if (double.IsNaN(checksum))
                return 1;
        }

        return 0;
    }

    private static double Warm(Predict predict, float[] inputs, float[] outputs, long bytes)
    {
        int calls = (int)Math.Max(3, 40_000_000 / bytes);
        predict(inputs, outputs);
        long start = Stopwatch.GetTimestamp();
        for (int k = 0; k < calls; k++)
            predict(inputs, outputs);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }

    private static double Cold(Predict predict, float[] inputs, float[] outputs)
    {
        double sum = 0;
        const int Calls = 5;
        for (int k = 0; k < Calls; k++)
        {
            // Reads and writes, so that nothing of the weights is left.
            for (int at = 0; at < s_other.Length; at += 64)
                s_other[at]++;
            long start = Stopwatch.GetTimestamp();
            predict(inputs, outputs);
            sum += Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        }

        return sum / Calls;
    }

    private static (Predict[] Predicts, float[] Inputs, float[] Outputs, long Bytes) Build(string spec)
    {
        var sources = new Dictionary<string, string>();
        var resources = new Dictionary<string, byte[]>();
        Network? last = null;
        foreach (string storage in s_storages)
        {
            Network network = last = NetworkCompiler.Check($"{spec}\nweights: {{ file: w.safetensors, storage: {storage} }}").Network!;
            SafetensorsFile file = Random(network);
            string layout = BakedLayout.IdOf(network, network.Weights!.Storage), name = "w." + layout;
            resources[name] = BakedLayout.Bytes(BakedLayout.Values(network, network.Weights.Storage, file.Tensors, file.Data, "w"), network.Weights.Storage);
            var weights = BakedWeights.Of(network, new Handover("w", "w", null, null, file.Tensors, null, [new WeightResource(name, layout)]));
            sources.Add(storage, NetworkCompiler.Emit(network, new ClassDeclaration("Generated", [], storage, []), Target.Net10, weights));
        }

        GeneratedAssembly assembly = GeneratedAssembly.FromSources(sources, Target.Net10, resources);
        Predict[] predicts = [.. s_storages.Select(s => assembly[s].Type.GetMethods().Single(static m => m.Name == "Predict").CreateDelegate<Predict>())];
        var random = new System.Random(2);
        return (predicts, [.. Enumerable.Range(0, last!.Input.Size).Select(_ => (float)random.NextDouble())], new float[last.Output.Size], 4L * last.ParameterCount);
    }

    private static SafetensorsFile Random(Network network)
    {
        var random = new System.Random(1);
        var tensors = new List<TensorEntry>();
        var data = new MemoryStream();
        foreach (ParameterPlace place in BakedLayout.PlacesOf(network))
        {
            long begin = data.Length;
            for (int k = 0; k < place.Shape.Aggregate(static (a, b) => a * b); k++)
                data.Write(BitConverter.GetBytes((float)(random.NextDouble() - 0.5) / 16));
            tensors.Add(new TensorEntry(place.Name, "F32", [.. place.Shape.Select(static s => (long)s)], begin, data.Length));
        }

        return new SafetensorsFile(tensors, data.ToArray());
    }
}
