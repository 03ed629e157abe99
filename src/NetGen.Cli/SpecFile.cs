using System;
using System.IO;
using System.Text;

namespace NetGen.Cli;

/// <summary>A spec's text, and how its file holds it: what is written back is encoded as it was.</summary>
/// <param name="Path">As the user wrote it.</param>
/// <param name="Text">Without a byte order mark.</param>
/// <param name="HasMark">The file begins with a byte order mark.</param>
internal sealed record SpecFile(string Path, string Text, Encoding Encoding, bool HasMark)
{
    // Far above what the compiler takes, which says so with its own words; a device or a disk image is not read to its end.
    private const int MostBytes = 64 << 20;

    private static readonly Encoding[] s_marked =
    [
        new UTF32Encoding(bigEndian: false, byteOrderMark: true), new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), Encoding.Unicode, Encoding.BigEndianUnicode,
    ];

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It is not there, is a folder, or is too large to be a spec.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SpecFile Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using var content = new MemoryStream();
        byte[] chunk = new byte[1 << 14];
        for (int read; (read = stream.Read(chunk)) > 0;)
        {
            content.Write(chunk, 0, read);
            if (content.Length > MostBytes)
                throw new IOException("it is larger than 64 MB, but a spec may have 1 MB");
        }

        return Decode(path, content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    /// <summary>By its byte order mark; else UTF-8; else, as the compiler reads C#, Latin-1, in which every byte survives.</summary>
    private static SpecFile Decode(string path, ReadOnlySpan<byte> bytes)
    {
        foreach (Encoding marked in s_marked)
        {
            if (bytes.StartsWith(marked.Preamble))
                return new SpecFile(path, marked.GetString(bytes[marked.Preamble.Length..]), marked, HasMark: true);
        }

        try
        {
            var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            return new SpecFile(path, strict.GetString(bytes), strict, HasMark: false);
        }
        catch (DecoderFallbackException)
        {
            return new SpecFile(path, Encoding.Latin1.GetString(bytes), Encoding.Latin1, HasMark: false);
        }
    }

    /// <summary>Puts another text in its place.</summary>
    public void Write(string text)
    {
        byte[] bytes = Encoding.GetBytes(text);
        WholeFile.Write(Path, HasMark ? [.. Encoding.Preamble, .. bytes] : bytes);
    }
}
