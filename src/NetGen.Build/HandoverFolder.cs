using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Weights;

namespace NetGen.Build;

/// <summary>What was made of one weight file.</summary>
/// <param name="Text">The path of the text for the generator.</param>
/// <param name="Resources">The resources' files and names.</param>
/// <param name="Files">All that stands in the folder because of it.</param>
internal sealed record HandedOver(string Text, IReadOnlyList<(string Path, string Name)> Resources, IReadOnlyList<string> Files);

/// <summary>
/// The folder of what is made of weight files. A file whose date and length are those of the last build is not read again, and what comes out as it was is not
/// written, so that nothing is compiled for it.
/// </summary>
internal sealed class HandoverFolder(string folder)
{
    private const string ResourceExtension = ".weights", StampExtension = ".stamp";

    // File systems take names of 255 bytes; a layout's hash and an extension follow.
    private const int LongestName = 64;

    public HandedOver HandOver(WeightUse use)
    {
        Directory.CreateDirectory(folder);
        string name = NameOf(use.Path);
        string text = Path.Combine(folder, name + Handover.Extension), stamp = Path.Combine(folder, name + StampExtension);
        string stampText = StampOf(use);
        HandedOver? last = File.Exists(stamp) && File.Exists(text) && File.ReadAllText(stamp) == stampText && Handover.Read(File.ReadAllText(text)) is { } known ? Describe(known) : null;
        if (last is not null && last.Files.All(File.Exists))
            return last;

        File.Delete(stamp);
        (Handover handover, IReadOnlyDictionary<string, byte[]> contents) = Make(use);
        HandedOver made = Describe(handover);
        foreach ((string path, string resource) in made.Resources)
            Write(path, contents[resource]);
        Write(text, Encoding.UTF8.GetBytes(handover.ToString()));
        Write(stamp, Encoding.UTF8.GetBytes(stampText));
        return made;

        HandedOver Describe(Handover h)
        {
            (string Path, string Name)[] resources = [.. h.Resources.Select(r => (Path.Combine(folder, name + "." + r.Layout + ResourceExtension), r.Name))];
            return new HandedOver(text, resources, [text, stamp, .. resources.Select(static r => r.Path)]);
        }
    }

    /// <summary>Tells the generator of weight files that nothing names, for its messages; gives the path of the text.</summary>
    public string Tell(IEnumerable<string> unread)
    {
        Directory.CreateDirectory(folder);
        string text = Path.Combine(folder, "unread" + Handover.Extension);
        Write(text, Encoding.UTF8.GetBytes(UnreadWeights.Write(unread)));
        return text;
    }

    /// <summary>Removes what is of weight files that nothing names any longer.</summary>
    public void RemoveOthers(IEnumerable<string> files)
    {
        if (!Directory.Exists(folder))
            return;
        var kept = new HashSet<string>(files, StringComparer.Ordinal);
        foreach (string file in Directory.GetFiles(folder).Where(f => !kept.Contains(f)))
            File.Delete(file);
    }

    /// <summary>The name of what is made of a file: short, of letters that mean nothing to MSBuild and the compiler, and of this path alone.</summary>
    private static string NameOf(string path)
    {
        IEnumerable<char> letters = Path.GetFileNameWithoutExtension(path).Take(LongestName);
        string plain = string.Concat(letters.Select(static c => c < 128 && (char.IsLetterOrDigit(c) || c is '-' or '_') ? c : '_'));
        return plain + "." + BakedLayout.Hash(Encoding.UTF8.GetBytes(path)).Substring(0, 8);
    }

    /// <summary>What the result depends on.</summary>
    private static string StampOf(WeightUse use)
    {
        var file = new FileInfo(use.Path);
        IEnumerable<string> lines =
        [
            typeof(Handover).Module.ModuleVersionId.ToString(),
            !file.Exists ? "missing"
                : WeightUse.IsLink(file) ? Guid.NewGuid().ToString()
                : FormattableString.Invariant($"{file.Length} {file.LastWriteTimeUtc.Ticks}"),
            use.IsOfClasses ? "of classes" : "",
            .. use.Networks.Select(static n => BakedLayout.IdOf(n, n.Weights!.Storage)),
        ];
        return string.Join("\n", lines);
    }

    private static (Handover, IReadOnlyDictionary<string, byte[]>) Make(WeightUse use)
    {
        string name = Path.GetFileName(use.Path);
        var contents = new Dictionary<string, byte[]>();
        if (!File.Exists(use.Path))
            return (Handover.Failed(use.Path, Directory.Exists(use.Path) ? "it is a folder" : "there is no such file", null), contents);
        try
        {
            using FileStream stream = File.OpenRead(use.Path);
            SafetensorsFile file = SafetensorsFile.Read(stream, name);
            string hash = HashOf(file);
            if (Handover.IsForSource(file.Tensors))
                return (new Handover(use.Path, hash, null, null, file.Tensors, file.Data, []), contents);

            var resources = new List<WeightResource>();
            void Add(string layout, Func<byte[]> bytes)
            {
                if (resources.Any(r => r.Layout == layout))
                    return;
                var resource = new WeightResource($"NetGen.Weights.{hash}.{layout}", layout);
                contents.Add(resource.Name, bytes());
                resources.Add(resource);
            }

            Network[] fitting = [.. use.Networks.Where(n => Fits(n, file, name))];
            foreach (Network network in fitting)
            {
                Storage storage = network.Weights!.Storage;
                Add(BakedLayout.IdOf(network, storage), () => BakedLayout.Bytes(BakedLayout.Values(network, storage, file.Tensors, file.Data, name), storage));
            }

            // A class in attributes has the layout of a spec that the file fits, if there is one.
            if (use.IsOfClasses && !fitting.Any(static n => n.Weights!.Storage == Storage.Float32) && file.Tensors.All(static t => Dtype.IsReadable(t.Dtype)))
                Add(Handover.Presented, () => BakedLayout.Bytes(BakedLayout.Presented(file), Storage.Float32));
            return (new Handover(use.Path, hash, null, null, file.Tensors, null, resources), contents);
        }
        catch (WeightsException e)
        {
            return (Handover.Failed(use.Path, null, e.Message), contents);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (Handover.Failed(use.Path, null, $"{name}: it cannot be read: {e.Message}"), contents);
        }
    }

    /// <summary>Where names or shapes do not agree, the generator says so of the one network, by the header.</summary>
    private static bool Fits(Network network, SafetensorsFile file, string name)
    {
        try
        {
            BakedLayout.Match(network, file.Tensors, name);
            return true;
        }
        catch (WeightsException)
        {
            return false;
        }
    }

    /// <summary>Of the values and of what the header says of them, but not of its spaces.</summary>
    private static string HashOf(SafetensorsFile file)
    {
        string header = string.Join("\n", file.Tensors.Select(static t => FormattableString.Invariant($"{t.Name} {t.Dtype} {string.Join("x", t.Shape)} {t.Begin}")));
        return BakedLayout.Hash([.. Encoding.UTF8.GetBytes(header + BakedLayout.Hash(file.Data))]);
    }

    /// <summary>Beside it and renamed, and only where something changed.</summary>
    private static void Write(string path, byte[] content)
    {
        if (File.Exists(path) && new FileInfo(path).Length == content.Length && File.ReadAllBytes(path).AsEnumerable().SequenceEqual(content))
            return;
        string beside = path + "." + Guid.NewGuid().ToString("N") + ".tmp";
        try
        {
            File.WriteAllBytes(beside, content);
            File.Delete(path);
            File.Move(beside, path);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
