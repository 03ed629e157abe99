using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;

namespace NetGen.Models.Fitting;

/// <summary>A parameter and what it is made of.</summary>
/// <param name="Parameter">Its name within the layer.</param>
/// <param name="Source">Null for zeros.</param>
internal sealed record FittedParameter(string Parameter, SourceTensor? Source, Turn Turn);

/// <summary>A tensor that has the role of a parameter but another shape.</summary>
/// <param name="Turned">The shape that it would have as a parameter.</param>
internal sealed record Misshape(SourceTensor Source, string Parameter, int[] Turned, int[] Wanted);

/// <summary>What a module of a file is for a layer.</summary>
/// <param name="Fitted">Parameters that can be made.</param>
/// <param name="Missing">Parameters without a tensor.</param>
/// <param name="Surplus">Tensors without a parameter.</param>
/// <param name="Misshapen">Tensors whose shapes are others.</param>
/// <param name="Problem">What else is wrong; null for nothing.</param>
internal sealed record LayerFit(
    IReadOnlyList<FittedParameter> Fitted, IReadOnlyList<string> Missing, IReadOnlyList<SourceTensor> Surplus, IReadOnlyList<Misshape> Misshapen,
        string? Problem = null)
{
    public bool IsPerfect => Missing.Count == 0 && Surplus.Count == 0 && Misshapen.Count == 0 && Problem is null;

    /// <summary>Collects what a layer finds in a module.</summary>
    internal sealed class Builder(TargetLayer layer, SourceModule module)
    {
        private readonly List<FittedParameter> _fitted = [];
        private readonly List<Misshape> _misshapen = [];
        private readonly HashSet<SourceTensor> _used = [];

        public string? Problem { get; set; }

        /// <summary>Makes a parameter of a tensor, or says that the shapes do not agree.</summary>
        public void Take(SourceTensor source, string parameter, Turn turn)
        {
            _used.Add(source);
            int[] wanted = layer.ShapeOf(parameter)!;
            // An axis of one element more or less moves nothing.
            if (turn.Shape.SequenceEqual(wanted))
                _fitted.Add(new FittedParameter(parameter, source, turn));
            else if (turn.Shape.Where(static s => s != 1).SequenceEqual(wanted.Where(static s => s != 1))
                && (turn.Shape.Length > wanted.Length || (turn.Shape.Length < wanted.Length && layer.Layer is Convolution)))
                _fitted.Add(new FittedParameter(parameter, source,
                    turn with { Shape = wanted, Text = Joined(turn.Text, turn.Shape.Length > wanted.Length ? "without its axis of 1" : "with an axis of 1") }));
            else
                _misshapen.Add(new Misshape(source, parameter, turn.Shape, wanted));
        }

        /// <summary>A parameter that the file's framework does not have.</summary>
        public void Zeros(string parameter, string why) =>
            _fitted.Add(new FittedParameter(parameter, null, Turn.None(layer.ShapeOf(parameter)!) with { Text = why }));

        public LayerFit Done() => new(
            _fitted,
            [.. layer.Parameters.Select(static p => p.Name).Where(p => _fitted.All(f => f.Parameter != p) && _misshapen.All(m => m.Parameter != p))],
            [.. module.Tensors.Where(t => !_used.Contains(t))], _misshapen, Problem);

        private static string Joined(string first, string second) => first.Length == 0 ? second : $"{first}, {second}";
    }
}
