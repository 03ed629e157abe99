using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NetGen.Compiler.Text;
using NetGen.Models.Weights;

namespace NetGen.Models.Pickle;

/// <summary>
/// The zip archives of PyTorch from 1.6 on, of torch.save and of TorchScript: NAME/data.pkl has the objects, NAME/data/0 and so on the elements. Code
/// that a TorchScript archive holds is not looked at.
/// </summary>
internal static class TorchArchive
{
    private const string Objects = "data.pkl";

    /// <summary>What stands before data.pkl and all other names; null where the archive is none of PyTorch.</summary>
    public static string? RootOf(ZipContent zip) =>
        zip.Names.Where(static n => n == Objects || n.EndsWith("/" + Objects, StringComparison.Ordinal)).MinBy(static n => n.Length) is { } name
            ? name[..^Objects.Length] : null;

    public static TensorFile Read(ZipContent zip, string root)
    {
        bool isScript = zip.Has(root + "constants.pkl");
        IReadOnlyList<FileTensor> tensors = StateWalk.Find(Unpickle(zip, root, Objects, "data/"));
        // A module that was frozen has its parameters among the constants.
        if (isScript)
            tensors = [.. tensors, .. StateWalk.Find(Unpickle(zip, root, "constants.pkl", "constants/"), "constants")];
        return new TensorFile(isScript ? "TorchScript" : "PyTorch", tensors) { Source = zip };
    }

    private static object? Unpickle(ZipContent zip, string root, string name, string folder)
    {
        bool isBigEndian = zip.Has(root + "byteorder") && Encoding.ASCII.GetString(zip.Read(root + "byteorder")) == "big";
        var storages = new Dictionary<string, PickleStorage>(StringComparer.Ordinal);
        return new Unpickler(new PickleText(zip.ReadChecked(root + name)), Storage).Read();

        // ('storage', torch.FloatStorage, '0', 'cpu', 2048)
        object? Storage(object? id)
        {
            if (id is not PickleList { Items: ["storage", var type, string key, ..] })
                return null;
            if (storages.TryGetValue(key, out PickleStorage? known))
                return known;
            string entry = root + folder + key;
            if (!zip.Has(entry))
                throw new TensorFileException($"the elements {Excerpt.Quote(entry)} are not in the archive; it is damaged, save it again.");
            return storages[key] = new PickleStorage(KnownGlobals.TypeOf(type), new Storage(zip.LengthOf(entry), isBigEndian, () => zip.Read(entry)));
        }
    }
}
