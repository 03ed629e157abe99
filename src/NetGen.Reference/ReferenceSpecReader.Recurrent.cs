using System;
using System.Collections.Generic;
using System.Linq;
using YamlDotNet.RepresentationModel;

namespace NetGen.Reference;

/// <content>Recurrent layers, and the embedding that stands before them.</content>
internal sealed partial class ReferenceSpecReader
{
    /// <summary>Whose weights a layer that shares them has.</summary>
    private readonly Dictionary<string, string> _weightOwners = [];

    /// <summary>The recurrent layers, of which something may read a state, <c>NAME.h</c>.</summary>
    private readonly Dictionary<string, ReferenceRecurrent> _states = [];

    /// <summary>The value that a name stands for; of a recurrent layer's state an operation of its own, which is added where it is first read.</summary>
    private int ValueOf(string name)
    {
        if (_named.TryGetValue(name, out int known))
            return known;
        string[] parts = name.Split('.');
        ReferenceRecurrent layer = _states[parts[0]];
        int whole = _named[parts[0]];
        _layers.Add(new ReferenceStates(layer, layer.Output.Sizes[^1], parts[1] == "h" ? 1 : 2));
        _reads.Add(_reads[whole - _inputs.Count]);
        return _named[name] = _inputs.Count + _layers.Count - 1;
    }

    private static int GatesOf(string kind) => kind switch { "simple_rnn" => 1, "gru" => 3, "lstm" => 4, _ => 0 };

    private bool ReadRecurrent(string kind, string name, YamlMappingNode options)
    {
        if (kind == "bidirectional")
            ReadBidirectional(name, options);
        else if (GatesOf(kind) == 0)
            return false;
        else
        {
            string owner = Find(options, "weights_of") is YamlNode other ? _weightOwners.GetValueOrDefault(Text(other), Text(other)) : name;
            _weightOwners[name] = owner;
            YamlMappingNode own = Without(Without(Without(Without(options, "weights_of"), "name"), "trainable"), "initial_state");
            ReferenceRecurrent layer = Recurrent(kind, name, owner, "", own, Find(options, "trainable"));
            _layers.Add(new ReferenceStates(layer, Integer(Find(options, "units")!), 0));
            _states[name] = layer;
        }

        return true;
    }

    private void ReadBidirectional(string name, YamlMappingNode options)
    {
        (YamlNode key, YamlNode? value) = options.Children.Single(pair => GatesOf(Text(pair.Key)) > 0);
        Allow(options, ["name", "trainable", "merge_mode", Text(key)]);
        string kind = Text(key), merge = Find(options, "merge_mode") is YamlNode given ? Text(given) : "concat";
        YamlMappingNode inner = Options(kind, value);
        YamlNode? trainable = Find(options, "trainable");
        ReferenceShape input = _shape;
        _layers.Add(new ReferenceBidirectional(
            input, Integer(Find(inner, "units")!), Find(inner, "return_sequences") is YamlNode all && Boolean(all),
            Recurrent(kind, name, name, "", inner, trainable), Recurrent(kind, name, name, "_reverse", inner, trainable), merge));
    }

    /// <param name="owner">The layer that has the weights.</param>
    /// <param name="ending">Of the parameters' names.</param>
    private ReferenceRecurrent Recurrent(string kind, string name, string owner, string ending, YamlMappingNode options, YamlNode? trainable)
    {
        Allow(options, [
            "units", "return_sequences", "truncate", "checkpoint", "kernel_initializer", "recurrent_initializer", "activation", "use_bias",
            .. kind == "simple_rnn" ? (string[])[] : ["recurrent_activation"], .. kind == "gru" ? (string[])["reset_after"] : []]);
        if (_shape.Rank != 2 || _shape.ChannelsFirst)
            throw new NotSupportedException($"{name} reads a sequence");
        int units = Integer(Find(options, "units")!), features = _shape.Sizes[1], rows = GatesOf(kind) * units;
        bool Flag(string key, bool otherwise) => Find(options, key) is YamlNode given ? Boolean(given) : otherwise;
        int truncate = Find(options, "truncate") is YamlNode steps ? Integer(steps) : _shape.Sizes[0];
        int[][] shapes = [[rows, features], [rows, units], [rows], [rows]];
        for (int k = owner == name ? 0 : 2; k < (Flag("use_bias", true) ? 4 : 2); k++)
            AddParameter(name, ReferenceCellParameters.Names[k] + ending, shapes[k], trainable);
        ReferenceCellNames names = new(owner, name, ending);
        ReferenceCellParameters parameters = names.Of(_values);
        ReferenceCellFunctions functions = new(FunctionOf(options, "activation", ReferenceActivation.Tanh), FunctionOf(options, "recurrent_activation", ReferenceActivation.Sigmoid));
        return new ReferenceRecurrent(names, _shape, units, Flag("return_sequences", false), truncate, kind switch
        {
            "simple_rnn" => new ReferenceRnnCell(units, parameters, functions),
            "gru" when !Flag("reset_after", true) => new ReferenceResettingGruCell(units, parameters, functions),
            "gru" => new ReferenceGruCell(units, parameters, functions),
            _ => new ReferenceLstmCell(units, parameters, functions),
        });
    }

    private ReferenceActivation FunctionOf(YamlMappingNode options, string key, ReferenceActivation otherwise)
    {
        if (Find(options, key) is not YamlNode given)
            return otherwise;
        (string kind, YamlNode? value) = KindAndValue(given);
        _kinds.Add(kind);
        return FunctionOf(kind, Options(kind, value)) ?? throw new NotSupportedException($"the reference knows no function '{kind}'");
    }

    private bool ReadEmbedding(string kind, string name, YamlMappingNode options)
    {
        if (kind != "embedding")
            return false;
        Allow(options, ["name", "trainable", "input_dim", "output_dim"]);
        if (_shape.Rank != 1)
            throw new NotSupportedException($"{name} reads a vector of indices");
        int rows = Integer(Find(options, "input_dim")!), columns = Integer(Find(options, "output_dim")!);
        double[] weight = AddParameter(name, "weight", [rows, columns], Find(options, "trainable"));
        _denseWeights[name] = (name, rows, columns, false);
        _layers.Add(new ReferenceEmbedding(name, _shape, rows, columns, weight));
        return true;
    }
}
