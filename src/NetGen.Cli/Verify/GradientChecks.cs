using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Layers;
using NetGen.Reference;
using NetGen.Training;

namespace NetGen.Cli.Verify;

/// <summary>
/// <c>Backward</c> against the chain rule of the reference, all elements, and against central differences of its loss, some of them. Where the loss has a
/// kink, as at a relu of 0, the next float may have another gradient: there, other samples are drawn.
/// </summary>
internal sealed class GradientChecks(Network network, ReferenceNetwork reference, GeneratedCode code, int seed, CancellationToken cancelled)
{
    private const int MostDraws = 3;
    private const int MostDifferences = 200;

    /// <summary>Other samples may be drawn.</summary>
    public required bool CanDraw { get; init; }

    /// <summary>What a central difference by an element of a parameter costs.</summary>
    public required Func<string, long> DifferenceCost { get; init; }

    /// <summary>What all of them may cost.</summary>
    public required long DifferenceBudget { get; init; }

    public GradientErrors Run(float[] inputs, List<string> notes)
    {
        int samples = inputs.Length / network.Input.Size;
        for (int draw = 0; ; draw++)
        {
            double[] targets = DrawnSamples.Targets(reference, seed + 1000 + draw, samples);
            if (draw > 0)
                inputs = DrawnSamples.Inputs(network, reference, seed + draw, samples);
            GradientErrors errors = Compare(inputs, targets, out bool isAtKink);
            if (!errors.IsBeyond || !isAtKink || !CanDraw || draw == MostDraws - 1)
            {
                if (errors.IsBeyond && isAtKink)
                    notes.Add("the gradients of the reference itself change as much where its parameters change by a rounding: the loss has a kink there, or more digits are not to be had in float");
                return errors;
            }
        }
    }

    private GradientErrors Compare(float[] inputs, double[] targets, out bool isAtKink)
    {
        ulong dropout = (ulong)(uint)seed;
        int samples = inputs.Length / network.Input.Size;
        double[] exact = Array.ConvertAll(inputs, static x => (double)x);
        IReadOnlyDictionary<string, double[]> masks = ReferenceDropoutMasks.Draw(reference, dropout, samples);
        IReadOnlyDictionary<string, double[]> right = reference.Backward(exact, targets, masks).Gradients;
        cancelled.ThrowIfCancellationRequested();
        float[] buffer = code.Backward(inputs, Array.ConvertAll(targets, static t => (float)t), dropout);
        Dictionary<string, double[]> actual = code.ParameterTable.ToDictionary(static p => p.Name, p => ParameterValues.Of(p, buffer));
        NetworkParameter[] trained = [.. code.ParameterTable.Where(p => reference.Trained.Contains(p.Name))];
        Dictionary<string, double> scales = Scales(trained, right);
        var quotients = new CentralDifferences(reference, exact, targets, masks, cancelled);
        IReadOnlyDictionary<string, int[]> drawn = Elements(trained, right);
        int compared = 0, kinks = 0;
        ParameterErrors Of(NetworkParameter parameter)
        {
            string name = parameter.Name;
            double error = Farthest(right[name].Zip(actual[name], static (a, b) => Math.Abs(a - b))), differenceError = 0;
            int own = 0;
            foreach (int element in drawn[name])
            {
                if (quotients.At(name, element, scales[name]) is not { } quotient)
                {
                    kinks++;
                    continue;
                }

                own++;
                differenceError = Farthest([differenceError, Math.Abs(quotient - actual[name][element])]);
            }

            compared += own;
            return new ParameterErrors(name, parameter.Shape, right[name].Max(Math.Abs), scales[name], error, own, differenceError);
        }

        ParameterErrors[] parameters = [.. trained.Select(Of)];
        isAtKink = parameters.MaxBy(static p => p.Relative) is { } worst && worst.Relative > VerificationResult.Limit
            && Sensitivity(worst.Name, right, exact, targets, masks) > Math.Max(worst.Error, worst.DifferenceError) / 4;
        return new GradientErrors(samples, parameters, compared, kinks);
    }

    /// <summary>NaN is further off than any number.</summary>
    private static double Farthest(IEnumerable<double> errors) => errors.Aggregate(0.0, static (far, e) => double.IsNaN(e) ? double.PositiveInfinity : Math.Max(far, e));

    /// <summary>
    /// What the errors of a parameter's gradient are relative to: the largest gradient of its layer, since a bias is the weight of an input of 1, but its own
    /// gradient may be a sum that cancels; at least a hundredth of the largest of the network. Where a norm behind it leaves a parameter no gradient but
    /// roundings, the largest of the network.
    /// </summary>
    private static Dictionary<string, double> Scales(NetworkParameter[] trained, IReadOnlyDictionary<string, double[]> right)
    {
        double Largest(string name) => right[name].Max(Math.Abs);
        double all = trained.Select(p => Largest(p.Name)).DefaultIfEmpty().Max();
        double floor = all > 0 ? 0.01 * all : 1;
        return trained.GroupBy(static p => p.Name[..p.Name.LastIndexOf('.')]).SelectMany(layer =>
        {
            double scale = Math.Max(floor, layer.Max(p => Largest(p.Name)));
            return layer.Select(p => (p.Name, Largest(p.Name) > 1e-9 * scale ? scale : Math.Max(all, floor)));
        }).ToDictionary(static p => p.Name, static p => p.Item2);
    }

    /// <summary>The elements that are compared with differences: of each parameter the largest, and then others, drawn; of parameters near the outputs, which cost least, first.</summary>
    private Dictionary<string, int[]> Elements(NetworkParameter[] trained, IReadOnlyDictionary<string, double[]> right)
    {
        var random = new Random(seed);
        var elements = trained.ToDictionary(static p => p.Name, static _ => new HashSet<int>());
        HashSet<string> truncated = Truncated();
        long left = DifferenceBudget;
        for (int round = 0, taken = 0, before = -1; taken < MostDifferences && taken > before; round++)
        {
            before = taken;
            foreach (NetworkParameter parameter in trained.Reverse().Where(p => !truncated.Contains(p.Name[..p.Name.LastIndexOf('.')])))
            {
                double[] gradient = right[parameter.Name];
                HashSet<int> own = elements[parameter.Name];
                if (own.Count == gradient.Length || DifferenceCost(parameter.Name) > left || taken == MostDifferences)
                    continue;
                int element = round == 0 ? Array.IndexOf(gradient, gradient.MaxBy(Math.Abs)) : random.Next(gradient.Length);
                while (!own.Add(element))
                    element = (element + 1) % gradient.Length;
                left -= DifferenceCost(parameter.Name);
                taken++;
            }
        }

        return elements.ToDictionary(static e => e.Key, static e => e.Value.ToArray());
    }

    /// <summary>The layers whose gradients are no derivatives, since a recurrent layer leaves out those of earlier steps (<c>truncate</c>): it, and all that it reads.</summary>
    private HashSet<string> Truncated()
    {
        var places = new HashSet<int>();
        for (int place = network.Layers.Count - 1; place >= 0; place--)
        {
            Recurrent? recurrent = network.Layers[place] is Bidirectional both ? both.Inner : network.Layers[place] as Recurrent;
            if (places.Contains(place) || recurrent?.Truncate < recurrent?.Input.Dimensions[0])
            {
                places.Add(place);
                places.UnionWith(network.Layers[place].Sources.Select(static s => s.Layer));
            }
        }

        Layer[] layers = [.. places.Where(static p => p >= 0).Select(p => network.Layers[p])];
        // And whose weights they share.
        return [.. layers.Select(static l => l.Name), .. layers.OfType<Recurrent>().Select(static l => l.WeightOwner), .. layers.OfType<Dense>().Select(static l => l.Weight?.Owner ?? l.Name)];
    }

    /// <summary>How much a gradient of the reference changes where every parameter changes by half a unit in the last place of a float.</summary>
    private double Sensitivity(string name, IReadOnlyDictionary<string, double[]> right, double[] inputs, double[] targets, IReadOnlyDictionary<string, double[]> masks)
    {
        var random = new Random(seed);
        Dictionary<string, double[]> before = reference.Parameters.ToDictionary(static p => p.Key, static p => p.Value.ToArray());
        foreach (double[] values in reference.Parameters.Values)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] *= 1 + (random.Next(2) == 0 ? 1 : -1) / 16777216.0;
        }

        double[] moved = reference.Backward(inputs, targets, masks).Gradients[name];
        foreach ((string key, double[] values) in before)
            values.CopyTo(reference.Parameters[key], 0);
        return Farthest(moved.Zip(right[name], static (a, b) => Math.Abs(a - b)));
    }
}
