using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NetGen.Cli.Runs;
using NetGen.Models;
using NetGen.Models.Onnx.Runtime;

namespace NetGen.Cli.Verify;

/// <summary>Compares the generated code of an imported network with what ONNX Runtime makes of the model that it was imported from.</summary>
internal static class OnnxComparison
{
    private const int Samples = 4;

    /// <summary>How far each output is off; null where ONNX Runtime does not say what is right.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="whyNot">Why there is nothing to compare with.</param>
    public static IReadOnlyList<(string Output, ErrorFigure Figure)>? Run(string model, ImportedModel imported, LoadedSpec spec, string weights, out string whyNot, CancellationToken cancelled)
    {
        using OnnxRuntimeSession? session = OnnxRuntimeSession.TryOpen(model, out whyNot);
        if (session is null)
            return null;
        GeneratedCode code = GeneratedCode.Of(NetworkCompilation.CompileClass(spec, canUnload: false, cancelled), null);
        code.Load(weights, null);
        var random = new Random(1);
        var right = imported.Outputs.ToDictionary(static o => o.Name, static _ => new List<double>());
        var actual = imported.Outputs.ToDictionary(static o => o.Name, static _ => new List<float>());
        for (int n = 0; n < Samples; n++)
        {
            // An input that nothing reads has to be given all the same.
            var values = new Dictionary<string, (float[] Values, int[] Shape)>();
            foreach ((string name, int[] dimensions) in session.Inputs)
            {
                int[] shape = imported.Inputs.FirstOrDefault(i => i.Name == name)?.Shape ?? [.. dimensions.Select(static d => Math.Max(d, 1))];
                bool isIndex = session.IsWhole(name);
                values.Add(name, ([.. Enumerable.Range(0, shape.Aggregate(1, static (a, b) => a * b)).Select(_ => isIndex ? random.Next(2) : (float)(random.NextDouble() * 2 - 1))], shape));
            }

            IReadOnlyDictionary<string, float[]> expected;
            try
            {
                expected = session.Run(values);
            }
            catch (Exception e) when (e is InvalidDataException or ArgumentException)
            {
                whyNot = e.Message;
                return null;
            }

            float[] outputs = code.Forward([.. imported.Inputs.SelectMany(part => part.ToNetwork(values[part.Name].Values))]);
            int at = 0;
            foreach (ModelPart part in imported.Outputs)
            {
                float[] given = part.ToModel(outputs.AsSpan(at, part.Size));
                at += part.Size;
                float[] wanted = expected[part.Name];
                if (part.Choice == ModelChoice.None)
                {
                    right[part.Name].AddRange(wanted.Select(static v => (double)v));
                    actual[part.Name].AddRange(given);
                }
                else if (part.Choice == ModelChoice.Largest && wanted.Length == 1)
                {
                    right[part.Name].Add(wanted[0]);
                    actual[part.Name].Add(Array.IndexOf(given, given.Max()));
                }
            }
        }

        return [.. right.Where(static r => r.Value.Count > 0).Select(r => (r.Key, ErrorFigure.Of([.. r.Value], [.. actual[r.Key]])))];
    }
}
