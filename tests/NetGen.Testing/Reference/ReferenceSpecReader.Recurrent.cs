using System;
using System.Linq;
using YamlDotNet.RepresentationModel;

namespace NetGen.Testing.Reference;

/// <content>Recurrent layers, and the embedding that stands before them.</content>
internal sealed partial class ReferenceSpecReader
{
    private bool ReadRecurrent(string kind, string name, YamlMappingNode options)
    {
        int gates = kind switch { "simple_rnn" => 1, "gru" => 3, "lstm" => 4, _ => 0 };
        if (gates == 0)
            return false;
        Allow(options, ["name", "trainable", "units", "return_sequences", "truncate", "checkpoint", "kernel_initializer", "recurrent_initializer"]);
        if (_shape.Rank != 2 || _shape.ChannelsFirst)
            throw new NotSupportedException($"{name} reads a sequence");
        int units = Integer(Find(options, "units")!), features = _shape.Sizes[1];
        bool returnSequences = Find(options, "return_sequences") is YamlNode given && Boolean(given);
        int truncate = Find(options, "truncate") is YamlNode steps ? Integer(steps) : _shape.Sizes[0];
        YamlNode? trainable = Find(options, "trainable");
        int[][] shapes = [[gates * units, features], [gates * units, units], [gates * units], [gates * units]];
        foreach ((string parameter, int[] shape) in ReferenceCellParameters.Names.Zip(shapes))
            AddParameter(name, parameter, shape, trainable);
        ReferenceCellParameters parameters = ReferenceCellParameters.Of(name, _values);
        _layers.Add(new ReferenceRecurrent(name, _shape, units, returnSequences, truncate, kind switch
        {
            "simple_rnn" => new ReferenceRnnCell(units, parameters),
            "gru" => new ReferenceGruCell(units, parameters),
            _ => new ReferenceLstmCell(units, parameters),
        }));
        return true;
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
        _layers.Add(new ReferenceEmbedding(name, _shape, rows, columns, weight));
        return true;
    }
}
