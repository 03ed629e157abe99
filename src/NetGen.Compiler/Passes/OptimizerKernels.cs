using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Passes;

/// <summary>The step of the optimizer: an update for each stretch of parameters, and its squared norm where the optimizer clips.</summary>
internal sealed class OptimizerKernels
{
    private readonly Network _network;
    private readonly UpdateRule _rule;
    private readonly Dictionary<string, int> _offsets = [];
    private readonly List<Buffer> _stretches = [];

    public OptimizerKernels(Network network)
    {
        _network = network;
        _rule = network.Optimizer.Rule;
        if (network.Optimizer.ClipNorm is not null)
            _rule = _rule.WithGradient(Expr.Var("clip") * Expr.Var("g"), "clipped");
        if (network.Optimizer.ClipValue is { } most)
            _rule = _rule.WithGradient(UpdateRule.Clamp(most), "clamped");
    }

    public List<Kernel> Norms { get; } = [];

    public List<Kernel> Updates { get; } = [];

    /// <summary>Where each buffer begins, by name; of merged ones also where the parts do, which the fused step uses.</summary>
    public IReadOnlyDictionary<string, int> Offsets => _offsets;

    /// <summary>The same with neighbours in memory as one: a step for a whole buffer is one loop.</summary>
    public static OptimizerKernels Merged(Network network, OptimizerKernels apart)
    {
        var merged = new OptimizerKernels(network);
        foreach (KeyValuePair<string, int> offset in apart._offsets)
            merged._offsets[offset.Key] = offset.Value;
        foreach ((Buffer first, int offset, int size) in apart.Runs())
        {
            // "trained" where it is all of it, else called after the first.
            string name = size == network.ParameterCount ? "trained" : first.Named("On");
            merged.Add(size == first.Size ? first : new Buffer(name, size, BufferRole.Parameter), offset);
        }

        return merged;
    }

    public void Add(Buffer parameters, int offset)
    {
        string name = NameScope.Pascal(parameters.Name);
        Buffer gradient = parameters.Gradient();
        _stretches.Add(parameters);
        _offsets[parameters.Name] = offset;
        _offsets[gradient.Name] = offset;
        if (_network.Optimizer.ClipNorm is not null)
            Norms.Add(new SquaredNorm(name + "SquaredNorm", gradient, _network.Optimizer.ClipValue));
        List<Buffer> kept = [];
        for (int k = 0; k < _rule.Kept.Count; k++)
        {
            var buffer = new Buffer(parameters.Named(NameScope.Pascal(_rule.Kept[k])), parameters.Size, BufferRole.State);
            _offsets[buffer.Name] = (k * _network.ParameterCount) + offset;
            kept.Add(buffer);
        }

        Updates.Add(new Update(name + "Update", parameters, gradient, kept.ToEquatable(), _rule));
    }

    /// <summary>An assignment to a parameter that the optimizer leaves alone.</summary>
    public Update Blend(Buffer parameter, int offset, Expr formula)
    {
        Buffer gradient = parameter.Gradient();
        _offsets[parameter.Name] = offset;
        _offsets[gradient.Name] = offset;
        return new Update(NameScope.Pascal(parameter.Name) + "Update", parameter, gradient, default, new UpdateRule(default, EquatableArray.Of(("w", formula))));
    }

    private IEnumerable<(Buffer First, int Offset, int Size)> Runs()
    {
        for (int k = 0; k < _stretches.Count;)
        {
            Buffer first = _stretches[k];
            int offset = _offsets[first.Name];
            int end = offset;
            for (; k < _stretches.Count && _offsets[_stretches[k].Name] == end; k++)
                end += _stretches[k].Size;
            yield return (first, offset, end - offset);
        }
    }
}
