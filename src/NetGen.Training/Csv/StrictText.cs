using System;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Compiler.Text;
using NetGen.Training.Files;

namespace NetGen.Training.Csv;

/// <summary>
/// A text file's characters, none of them guessed: where bytes are no text in the file's encoding, or a character shows
/// that the encoding is another one, reading ends with the place. A replacement character would make texts equal that differ.
/// </summary>
internal sealed class StrictText : IDisposable
{
    private const char Null = '\0', ByteOrderMark = '\uFEFF';

    private readonly string path;
    private readonly FileStream file;
    private readonly Encoding encoding;
    private readonly Decoder decoder;
    private readonly byte[] bytes = new byte[1 << 16];
    private readonly int start;
    private int position;
    private int filled;
    private bool ended;

    /// <summary>Opens the file; its byte order mark goes before the encoding that is stated, and without either it is UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="stated">Its encoding.</param>
    /// <param name="offset">The byte to begin with, at the beginning of a line.</param>
    public StrictText(string path, Encoding? stated, long offset = 0)
    {
        this.path = path;
        file = DataFile.Open(path);
        filled = file.ReadAtLeast(bytes, 4, throwOnEndOfStream: false);
        (encoding, start) = EncodingOf(bytes.AsSpan(0, filled), stated);
        position = start;
        decoder = encoding.GetDecoder();
        if (offset > 0)
        {
            file.Position = offset;
            position = filled;
        }
    }

    /// <summary>The name of the file's encoding.</summary>
    public string EncodingName => encoding.WebName.ToUpperInvariant();

    /// <summary>Whether line breaks are the bytes that they are in ASCII, and these bytes nothing else, so that reading may begin at any line.</summary>
    public bool AreLinesSeekable => encoding is UTF8Encoding || (encoding.IsSingleByte && encoding.GetBytes("\r\n") is [(byte)'\r', (byte)'\n']);

    /// <summary>Reads some of the next characters; 0 at the end.</summary>
    /// <exception cref="DatasetException">The bytes are no text in this encoding.</exception>
    public int Read(Span<char> characters)
    {
        while (true)
        {
            if (position == filled && !ended)
            {
                (position, filled) = (0, file.Read(bytes));
                ended = filled == 0;
            }

            int read;
            try
            {
                decoder.Convert(bytes.AsSpan(position, filled - position), characters, flush: ended, out int used, out read, out _);
                position += used;
            }
            catch (DecoderFallbackException e)
            {
                throw FirstFault(e);
            }

            if (characters[..read].ContainsAny(Null, ByteOrderMark))
                throw FirstFault(null);
            if (read > 0 || ended)
                return read;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static (Encoding Encoding, int Start) EncodingOf(ReadOnlySpan<byte> head, Encoding? stated) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (new UTF8Encoding(false, throwOnInvalidBytes: true), 3),
        [0xFF, 0xFE, 0, 0, ..] => (new UTF32Encoding(bigEndian: false, false, throwOnInvalidCharacters: true), 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, false, throwOnInvalidCharacters: true), 4),
        [0xFF, 0xFE, ..] => (new UnicodeEncoding(bigEndian: false, false, throwOnInvalidBytes: true), 2),
        [0xFE, 0xFF, ..] => (new UnicodeEncoding(bigEndian: true, false, throwOnInvalidBytes: true), 2),
        _ => (Strict(stated ?? Encoding.UTF8), 0),
    };

    private static Encoding Strict(Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }

    // Reads the file anew, byte by byte: a block of bytes does not say where in it a decoder failed, nor on which line.
    private DatasetException FirstFault(DecoderFallbackException? seen)
    {
        if (!file.CanSeek)
            return Fault(null, seen is null ? "a character" : Hex(seen), "", seen);

        using var again = new BufferedStream(File.OpenRead(path));
        again.Position = start;
        Decoder slow = encoding.GetDecoder();
        var line = new StringBuilder();
        long number = 1;
        char last = ' ';
        Span<char> characters = stackalloc char[4];
        while (true)
        {
            int next = again.ReadByte();
            int read;
            try
            {
                read = slow.GetChars(next < 0 ? [] : [(byte)next], characters, flush: next < 0);
            }
            catch (DecoderFallbackException e)
            {
                return Fault(number, Hex(e), $"{line}", e);
            }

            foreach (char c in characters[..read])
            {
                if (c is Null or ByteOrderMark)
                    return Misplaced(number, c, $"{line}");
                if (c == '\r' || (c == '\n' && last != '\r'))
                {
                    number++;
                    line.Clear();
                }
                else if (c != '\n')
                {
                    line.Append(c);
                }

                last = c;
            }

            if (next < 0)
                return Fault(null, "a byte", "", seen);
        }
    }

    private DatasetException Fault(long? line, string what, string before, Exception? inner) => new(
        path, line,
        $"{what}{Behind(before)} is not {encoding.WebName.ToUpperInvariant()}; write the file as UTF-8, or state its encoding in the options: Encoding = Encoding.Latin1 is that of Western European text of older programs, with CodePagesEncodingProvider.Instance.GetEncoding(1252) exactly.",
        inner);

    private DatasetException Misplaced(long line, char found, string before) => new(
        path, line,
        found == ByteOrderMark ? $"a byte order mark (U+FEFF){Behind(before)} stands within the text, as where files were joined; take it out."
        : LikelyUtf16() is { } utf16 ? $"the file seems to be UTF-16 without a byte order mark; state Encoding = Encoding.{utf16} in the options, or write it as UTF-8."
        : $"a NUL character{Behind(before)} stands within the text; the file is damaged, or no text.");

    // Digits and Latin letters, of which every data file has many, have one byte that is 0 in UTF-16: the first or the second.
    private string? LikelyUtf16()
    {
        byte[] head = new byte[1024];
        using FileStream again = File.OpenRead(path);
        int length = again.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        int even = Enumerable.Range(0, length).Count(i => i % 2 == 0 && head[i] == 0), odd = head.Take(length).Count(b => b == 0) - even;
        return odd > length / 4 && even == 0 ? nameof(Encoding.Unicode)
            : even > length / 4 && odd == 0 ? nameof(Encoding.BigEndianUnicode)
            : null;
    }

    private static string Hex(DecoderFallbackException e) =>
        e.BytesUnknown is { Length: > 0 } unknown ? $"byte {string.Join(' ', unknown.Select(b => $"0x{b:X2}"))}" : "a byte";

    private static string Behind(string before) => before.Length == 0 ? "" : $" behind {Excerpt.Quote(before.Length <= 20 ? before : before[^20..])}";
}
