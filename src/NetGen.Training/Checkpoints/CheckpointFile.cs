using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NetGen.Compiler.Weights;
using NetGen.Training.Files;
using NetGen.Training.Loop;
using NetGen.Training.Safetensors;

namespace NetGen.Training.Checkpoints;

/// <summary>
/// A run in a file: the network's parameters under their names, the optimizer's state, the weights that are kept and the average as further tensors,
/// and the rest as JSON in the metadata, with a hash of the data.
/// </summary>
internal sealed class CheckpointFile<TNetwork>(string path, TNetwork network, RunIdentity identity, NetworkCopy<TNetwork> kept, AlignedFloats? average)
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private const string Key = "netgen.training";
    private const string HashKey = "netgen.training.sha256"; // of the data, and of the text under the other key
    private const int Version = 1;

    // Kept from one write to the next.
    private readonly float[] parameters = new float[TNetwork.ParameterBufferSize];
    private readonly float[] optimizerState = new float[TNetwork.OptimizerStateSize];
    private readonly float[] averages = new float[average?.Length ?? 0];

    /// <summary>Writes the run as it is.</summary>
    /// <exception cref="IOException">It cannot be written; the file before, if there was one, still is.</exception>
    public void Write(RunState state)
    {
        network.Parameters.CopyTo(parameters);
        network.OptimizerState.CopyTo(optimizerState);
        average?.Span.CopyTo(averages);
        SavedTensor[] tensors = Tensors();
        var content = new CheckpointContent(Version, identity, state, network.Steps, kept.Steps);
        string json = JsonSerializer.Serialize(content, CheckpointJson.Default.CheckpointContent);
        var metadata = new Dictionary<string, string> { [Key] = json, [HashKey] = HashOf(tensors, json) };
        WholeFile.Write(path, "the checkpoint", stream => WeightFileWriter.Write(stream, tensors, metadata));
    }

    /// <summary>Puts the network and the copies in the state of the file, which is that of the same run, and gives back how far it was.</summary>
    /// <exception cref="CheckpointException">The file is damaged, no checkpoint, or that of another run; nothing was changed.</exception>
    public RunState Read()
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            (List<TensorEntry> entries, Dictionary<string, string> metadata) = WeightFileReader.ReadHeader(stream, path);
            if (!metadata.TryGetValue(Key, out string? json))
                throw new CheckpointException($"{path} holds weights, but no run to resume; load them with LoadWeights, and state another file as the checkpoint's.");

            var copy = new CheckpointFile<TNetwork>(path, network, identity, new NetworkCopy<TNetwork>(network), average);
            network.Parameters.CopyTo(copy.parameters); // floats that belong to no parameter are in no tensor
            Dictionary<string, SavedTensor> wanted = copy.Tensors().ToDictionary(static tensor => tensor.Place.Name);
            var matches = new Dictionary<TensorEntry, SavedTensor>();
            foreach (TensorEntry entry in entries)
                if (wanted.TryGetValue(entry.Name, out SavedTensor? tensor) && entry.Dtype == "F32" && entry.Shape.SequenceEqual(tensor.Place.Shape.Select(static size => (long)size)))
                    matches.Add(entry, tensor);

            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            WeightFileReader.ReadData(stream, path, entries, matches, hash);
            hash.AppendData(Encoding.UTF8.GetBytes(json));
            if (Convert.ToHexString(hash.GetHashAndReset()) != metadata.GetValueOrDefault(HashKey))
                throw new CheckpointException($"{path}: the numbers are not those that were written (their hash differs); the file is damaged, begin anew or from another one.");

            CheckpointContent content = JsonSerializer.Deserialize(json, CheckpointJson.Default.CheckpointContent)!;
            if (content.Version != Version)
                throw new CheckpointException($"{path} was written in version {content.Version} of the format, but this is version {Version}; resume it with the NetGen.Training that wrote it.");
            if (content.Identity.DifferenceTo(identity) is { } difference)
                throw new CheckpointException($"{path} is the checkpoint of another run: {difference}; resume with the same network, data and options, set Resume = false to begin anew, or state another file.");
            if (matches.Count != entries.Count || matches.Count != wanted.Count)
                throw new CheckpointException($"{path}: its tensors are not those of this run; the header is damaged, begin anew or from another file.");

            copy.parameters.CopyTo(network.Parameters);
            copy.optimizerState.CopyTo(network.OptimizerState);
            network.Steps = content.NetworkSteps;
            copy.averages.CopyTo(average is null ? [] : average.Span);
            copy.Kept.Parameters.CopyTo(kept.Parameters, 0);
            copy.Kept.OptimizerState.CopyTo(kept.OptimizerState, 0);
            kept.Steps = content.KeptSteps;
            return content.State;
        }
        catch (WeightsException e)
        {
            throw new CheckpointException($"The run cannot be resumed: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new CheckpointException($"{path}: the metadata '{Key}' are of another version ({e.Message}); resume it with the NetGen.Training that wrote it.", e);
        }
    }

    private NetworkCopy<TNetwork> Kept => kept;

    private SavedTensor[] Tensors()
    {
        List<SavedTensor> tensors =
        [
            .. Weights.Tensors<TNetwork>(parameters),
            Vector("optimizer", optimizerState),
            Vector("kept/parameters", kept.Parameters),
            Vector("kept/optimizer", kept.OptimizerState),
        ];
        if (average is not null)
            tensors.Add(Vector("average", averages));
        return [.. tensors];
    }

    private static SavedTensor Vector(string name, float[] floats) => SavedTensor.Vector(ParameterMatch.CheckpointPrefix + name, floats);

    private static string HashOf(SavedTensor[] tensors, string json)
    {
        using var sha = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write))
        {
            WeightFileWriter.WriteData(stream, tensors);
            stream.Write(Encoding.UTF8.GetBytes(json));
        }

        return Convert.ToHexString(sha.Hash!);
    }
}
