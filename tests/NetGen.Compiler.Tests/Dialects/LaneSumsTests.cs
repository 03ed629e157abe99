using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Tests.Loops;
using Xunit;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Tests.Dialects;

/// <summary>Gradients of parameters summed over samples, each a lane: by products, by rows, in groups of sums and one by one.</summary>
public sealed class LaneSumsTests
{
    private const float Factor = -0.25f;

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void Every_parameter_gets_its_sum(int lanes)
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var random = new System.Random(seed);
            int inputs = random.Next(1, 20), outputs = random.Next(1, 20), untouched = random.Next(3), samples = random.Next(1, 40);
            Buffer x = new("x", inputs, BufferRole.Activation), dy = new("dy", outputs, BufferRole.Activation);
            Buffer dw = new("dw", inputs * outputs, BufferRole.ParameterGradient), db = new("db", outputs, BufferRole.ParameterGradient);
            var places = new Dictionary<Buffer, int> { [x] = 0, [dy] = inputs };
            int kept = inputs + outputs, parameters = dw.Size + untouched + db.Size;
            var sums = new LaneSums(places, parameters);
            var writer = new LaneWriter(new CodeBuilder(), b => b == dw ? 0 : dw.Size + untouched, static _ => null, static b => b.Size) { Sums = sums };
            Kernel[] kernels = [new AffineWeightGradient("k", x, dy, dw, 1, inputs, outputs), new AffineBiasGradient("k", dy, db, 1, outputs)];
            Assert.All(kernels, k => Assert.True(k.EmitLanes(writer)));
            var code = new CodeBuilder();
            sums.Write(code, Dialect.For(Target.Net10), new Memory("memory"), new Memory("sums"), new Argument("samples", Kind.Int),
                new Argument("factor", Kind.Float), kept);

            // Samples that fill up the last vector have no gradient.
            int vectors = (samples + lanes - 1) / lanes;
            float[] values = [.. Enumerable.Range(0, vectors * kept * lanes).Select(_ => (float)((random.NextDouble() * 2) - 1))];
            float ValueOf(Buffer buffer, int element, int sample) => values[(((sample / lanes * kept) + places[buffer] + element) * lanes) + (sample % lanes)];
            for (int o = 0; o < outputs; o++)
            {
                for (int sample = samples; sample < vectors * lanes; sample++)
                    values[(((sample / lanes * kept) + inputs + o) * lanes) + (sample % lanes)] = 0;
            }

            var to = CodeMemory.OfFloats("sums", [.. Enumerable.Range(0, parameters).Select(static k => (float)k)]);
            new CodeInterpreter(
                lanes, new Dictionary<string, CodeMemory> { ["memory"] = CodeMemory.OfFloats("memory", values), ["sums"] = to },
                new Dictionary<string, double> { ["samples"] = samples, ["factor"] = Factor }).Run(code.Steps);

            double Sum(Func<int, double> term) => Factor * Enumerable.Range(0, samples).Sum(term);
            void Equal(int parameter, double sum) =>
                Assert.True(Math.Abs(parameter + sum - to.Float(parameter)) < 1e-4, $"{parameter} of {inputs} x {outputs}, {samples} samples");
            for (int o = 0; o < outputs; o++)
            {
                for (int i = 0; i < inputs; i++)
                    Equal(outputs >= 16 || outputs >= inputs ? (i * outputs) + o : (o * inputs) + i, Sum(s => (double)ValueOf(dy, o, s) * ValueOf(x, i, s)));
                Equal(dw.Size + untouched + o, Sum(s => ValueOf(dy, o, s)));
            }

            for (int k = 0; k < untouched; k++)
                Equal(dw.Size + k, 0);
        }
    }
}
