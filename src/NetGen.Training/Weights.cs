using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Compiler.Weights;
using NetGen.Training.Files;
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
    /// NaN and infinities are loaded as they are. The optimizer's state and <c>Steps</c> stay. Of a checkpoint, the weights of its last step are loaded.
    /// </summary>
    /// <typeparam name="TNetwork">The generated class.</typeparam>
    /// <param name="network">The network; as it was, if this throws.</param>
    /// <param name="path">The file.</param>
    /// <param name="names">How the file names the parameters; null where it names them as the network does.</param>
    /// <returns>What the file says beside the weights: class names, standardizers.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightsException">The file is damaged, of another format, or does not fit the network.</exception>
    /// <exception cref="ArgumentException"><paramref name="names"/> name what the network does not have, or two parameters alike.</exception>
    public static WeightsInfo LoadWeights<TNetwork>(this TNetwork network, string path, WeightNames? names = null) where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = Open(path);
        return Load(network, stream, path, names);
    }

    /// <summary>Loads the network's parameters from a safetensors stream, from where it stands to its end.</summary>
    /// <inheritdoc cref="LoadWeights{TNetwork}(TNetwork, string, WeightNames)"/>
    /// <param name="network">The network; as it was, if this throws.</param>
    /// <param name="stream">It is read, never sought, and left open.</param>
    /// <param name="names">How the file names the parameters; null where it names them as the network does.</param>
    public static WeightsInfo LoadWeights<TNetwork>(this TNetwork network, Stream stream, WeightNames? names = null) where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        return Load(network, stream, "weights", names);
    }

    /// <summary>
    /// Loads those tensors of a safetensors file that the network has a parameter for, of the same name and shape, and leaves its other parameters as
    /// they are: such as the lower layers of a network that was trained for something else. What was loaded and what was not, the result says.
    /// </summary>
    /// <typeparam name="TNetwork">The generated class.</typeparam>
    /// <param name="network">The network; as it was, if this throws.</param>
    /// <param name="path">The file.</param>
    /// <param name="names">How the file names the parameters; null where it names them as the network does.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightsException">The file is damaged or of another format, or no tensor fits.</exception>
    /// <exception cref="ArgumentException"><paramref name="names"/> name what the network does not have, or two parameters alike.</exception>
    public static PartialLoad LoadMatchingWeights<TNetwork>(this TNetwork network, string path, WeightNames? names = null) where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ParameterPlace[] places = Places<TNetwork>();
        TensorNames tensors = Checked(names, places);
        using FileStream stream = Open(path);
        (List<TensorEntry> entries, _) = WeightFileReader.ReadHeader(stream, path);

        float[] loaded = network.Parameters.ToArray();
        var matches = new Dictionary<TensorEntry, SavedTensor>();
        var misfits = new List<string>();
        foreach (ParameterPlace place in places)
        {
            string name = tensors.Of(place.Name);
            TensorEntry? entry = entries.Find(entry => entry.Name == name) ?? entries.Find(entry => entry.Name == RecurrentName.OtherSpelling(name));
            if (entry is not null && entry.Shape.SequenceEqual(place.Shape.Select(static size => (long)size)) && Dtype.IsReadable(entry.Dtype))
                matches.Add(entry, new SavedTensor(place, loaded));
            else
                misfits.Add(entry is null ? $"{place.Name}: not in the file" : $"{place.Name}: {Excerpt.Shape([.. place.Shape.Select(static size => (long)size)])}, in the file {entry.Dtype} {Excerpt.Shape(entry.Shape)}");
        }

        if (matches.Count == 0)
            throw new WeightsException($"{path}: no tensor has the name and the shape of a parameter of {typeof(TNetwork).Name}; the file has {Excerpt.Names([.. entries.Select(static entry => entry.Name)])}, the network {Excerpt.Names([.. places.Select(static place => place.Name)])}; name the layers alike, or give names.");

        WeightFileReader.ReadData(stream, path, entries, matches);
        loaded.CopyTo(network.Parameters);
        string[] left = [.. entries.Where(entry => !matches.ContainsKey(entry) && !ParameterMatch.IsExtra(entry.Name)).Select(static entry => entry.Name)];
        return new PartialLoad([.. matches.Values.Select(static tensor => tensor.Place.Name)], misfits, left);
    }

    /// <summary>
    /// Saves the network's parameters to a safetensors file, as F32. The file is written beside and renamed over,
    /// so that there is always either the old one or the new one, whole. The same weights give the same bytes.
    /// </summary>
    /// <typeparam name="TNetwork">The generated class.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="info">What the file is to say beside: class names, standardizers; null says nothing.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveWeights<TNetwork>(this TNetwork network, string path, WeightsInfo? info = null) where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        WholeFile.Write(path, "the weights", stream => Save(network, stream, info));
    }

    /// <summary>Saves the network's parameters to a stream, as a safetensors file with F32 tensors.</summary>
    /// <typeparam name="TNetwork">The generated class.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="stream">It is written, never sought, and left open.</param>
    /// <param name="info">What the file is to say beside: class names, standardizers; null says nothing.</param>
    public static void SaveWeights<TNetwork>(this TNetwork network, Stream stream, WeightsInfo? info = null) where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        Save(network, stream, info);
    }

    /// <summary>The network's parameters as tensors of a file.</summary>
    internal static SavedTensor[] Tensors<TNetwork>(float[] parameters) where TNetwork : class, INetwork<TNetwork> =>
        [.. Places<TNetwork>().Select(place => new SavedTensor(place, parameters))];

    private static void Save<TNetwork>(TNetwork network, Stream stream, WeightsInfo? info) where TNetwork : class, INetwork<TNetwork> =>
        WeightFileWriter.Write(stream, Tensors<TNetwork>(network.Parameters.ToArray()), info?.ToMetadata() ?? []);

    private static FileStream Open(string path) => File.Exists(path)
        ? File.OpenRead(path)
        : throw new FileNotFoundException($"There is no weight file '{Path.GetFullPath(path)}'{(Directory.Exists(path) ? ": that is a folder" : "")}.", path);

    // The file is read whole into a copy, so that an error in its last byte leaves the network as it was.
    private static WeightsInfo Load<TNetwork>(TNetwork network, Stream stream, string file, WeightNames? names) where TNetwork : class, INetwork<TNetwork>
    {
        ParameterPlace[] places = Places<TNetwork>();
        TensorNames tensors = Checked(names, places);
        float[] loaded = network.Parameters.ToArray();
        var info = WeightsInfo.Read(WeightFileReader.Read(stream, file, places, loaded, tensors), file);
        loaded.CopyTo(network.Parameters);
        return info;
    }

    private static TensorNames Checked(WeightNames? names, ParameterPlace[] places)
    {
        TensorNames tensors = names is null ? TensorNames.OfNetwork : new TensorNames(names.Prefix, [.. names.Names]);
        if (tensors.Check([.. places.Select(static p => p.Name)]).Select(static c => c.Problem).FirstOrDefault() is { } problem)
            throw new ArgumentException(char.ToUpperInvariant(problem[0]) + problem[1..] + (problem[^1] == '?' ? "" : "."), nameof(names));
        return tensors;
    }

    private static ParameterPlace[] Places<TNetwork>() where TNetwork : class, INetwork<TNetwork> =>
        [.. TNetwork.ParameterTable.Select(p => new ParameterPlace(p.Name, p.Shape, p.Offset, p.Strides))];
}
