using System;
using System.IO;
using System.Linq;
using NetGen.Compiler.Weights;
using NetGen.Training.Safetensors;

namespace NetGen.Training;

/// <summary>
/// Loads and saves the weights of a generated network as safetensors files, one tensor for each parameter with the
/// shape and the name that <c>ParameterTable</c> presents, so that PyTorch's <c>state_dict</c> of the same
/// architecture loads here and back.
/// </summary>
public static class Weights
{
    /// <summary>
    /// Loads the network's parameters from a safetensors file. F32, F16, BF16 and F64 are read. Every parameter
    /// must be in the file, with its shape, and nothing else but <c>__metadata__</c> and PyTorch's
    /// <c>num_batches_tracked</c>, which are ignored. Recurrent parameters may be named with or without <c>_l0</c>.
    /// NaN and infinities are loaded as they are. The optimizer's state and <c>Steps</c> stay.
    /// </summary>
    /// <typeparam name="TNetwork">The generated class.</typeparam>
    /// <param name="network">The network; as it was, if this throws.</param>
    /// <param name="path">The file.</param>
    /// <param name="names">How the file names the parameters; null where it names them as the network does.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightsException">The file is damaged, of another format, or does not fit the network.</exception>
    /// <exception cref="ArgumentException"><paramref name="names"/> name what the network does not have, or two parameters alike.</exception>
    public static void LoadWeights<TNetwork>(this TNetwork network, string path, WeightNames? names = null) where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no weight file '{Path.GetFullPath(path)}'{(Directory.Exists(path) ? ": that is a folder" : "")}.", path);

        using FileStream stream = File.OpenRead(path);
        Load(network, stream, path, names);
    }

    /// <summary>Loads the network's parameters from a safetensors stream, from where it stands to its end.</summary>
    /// <inheritdoc cref="LoadWeights{TNetwork}(TNetwork, string, WeightNames)"/>
    /// <param name="network">The network; as it was, if this throws.</param>
    /// <param name="stream">It is read, never sought, and left open.</param>
    /// <param name="names">How the file names the parameters; null where it names them as the network does.</param>
    public static void LoadWeights<TNetwork>(this TNetwork network, Stream stream, WeightNames? names = null) where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        Load(network, stream, "weights", names);
    }

    /// <summary>
    /// Saves the network's parameters to a safetensors file, as F32. The file is written beside and renamed over,
    /// so that there is always either the old one or the new one, whole. The same weights give the same bytes.
    /// </summary>
    /// <typeparam name="TNetwork">The generated class.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveWeights<TNetwork>(this TNetwork network, string path) where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);

        string whole = Path.GetFullPath(path);
        string? folder = Path.GetDirectoryName(whole);
        if (folder is null || Directory.Exists(whole))
            throw new IOException($"'{path}' is a folder; name the file to save the weights to.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}' to save '{Path.GetFileName(whole)}' to; create it first.");

        string beside = $"{whole}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                WeightFileWriter.Write(stream, Places<TNetwork>(), network.Parameters);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, whole, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Saves the network's parameters to a stream, as a safetensors file with F32 tensors.</summary>
    /// <typeparam name="TNetwork">The generated class.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="stream">It is written, never sought, and left open.</param>
    public static void SaveWeights<TNetwork>(this TNetwork network, Stream stream) where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        WeightFileWriter.Write(stream, Places<TNetwork>(), network.Parameters);
    }

    // The file is read whole into a copy, so that an error in its last byte leaves the network as it was.
    private static void Load<TNetwork>(TNetwork network, Stream stream, string file, WeightNames? names) where TNetwork : class, INetwork<TNetwork>
    {
        ParameterPlace[] places = Places<TNetwork>();
        TensorNames tensors = names is null ? TensorNames.OfNetwork : new TensorNames(names.Prefix, [.. names.Names]);
        if (tensors.Check([.. places.Select(static p => p.Name)]).Select(static c => c.Problem).FirstOrDefault() is { } problem)
            throw new ArgumentException(char.ToUpperInvariant(problem[0]) + problem[1..] + (problem[^1] == '?' ? "" : "."), nameof(names));

        float[] loaded = network.Parameters.ToArray();
        WeightFileReader.Read(stream, file, places, loaded, tensors);
        loaded.CopyTo(network.Parameters);
    }

    private static ParameterPlace[] Places<TNetwork>() where TNetwork : class, INetwork<TNetwork> =>
        [.. TNetwork.ParameterTable.Select(p => new ParameterPlace(p.Name, p.Shape, p.Offset, p.Strides))];
}
