using System;
using System.IO;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace NetGen.Replay.Storage;

/// <summary>Texts under their hashes, compressed, each once.</summary>
internal sealed class TextStore(string folder)
{
    /// <summary>Keeps a text.</summary>
    /// <returns>Its hash.</returns>
    public string Add(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        string path = PathOf(hash);
        if (File.Exists(path))
            return hash;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Under another name until it is whole: who stops the tool leaves no half of a text behind.
        string part = $"{path}.{Guid.NewGuid():N}";
        using (var file = new BrotliStream(File.Create(part), CompressionLevel.Fastest))
            file.Write(bytes);
        File.Move(part, path, overwrite: true);
        return hash;
    }

    public string Read(string hash)
    {
        using var reader = new StreamReader(new BrotliStream(File.OpenRead(PathOf(hash)), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private string PathOf(string hash) => Path.Combine(folder, hash[..2], hash[2..] + ".br");
}
