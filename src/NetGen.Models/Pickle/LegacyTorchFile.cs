using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Models.Weights;

namespace NetGen.Models.Pickle;

/// <summary>
/// The files of PyTorch before 1.6: pickles of a number that says so, a version, and the machine; then of the objects, and of the names of the storages,
/// whose elements follow one behind the other, each with its count before it.
/// </summary>
internal static class LegacyTorchFile
{
    /// <summary>The pickle of the number that such a file begins with, as protocol 2 writes it.</summary>
    public static ReadOnlySpan<byte> Magic => [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E];

    public static TensorFile Read(ReadOnlyMemory<byte> bytes)
    {
        var text = new PickleText(bytes[Magic.Length..]);
        var storages = new Dictionary<string, Unread>(StringComparer.Ordinal);
        Unpickler Next() => new(text, Storage);
        Next().Read(); // the version
        if (Next().Read() is PickleDictionary machine && machine.Items.Any(static i => i is { Key: "little_endian", Value: false }))
            throw new TensorFileException("it was saved by a machine that puts the highest byte first; load and save it by PyTorch 1.6 or newer.");
        object? root = Next().Read();
        if (Next().Read() is not PickleList names)
            throw new TensorFileException("the names of its storages are missing; the file is damaged, save it again.");
        foreach (object? name in names.Items)
        {
            if (name is not string key || !storages.TryGetValue(key, out Unread? storage))
                throw new TensorFileException("it has elements of a storage that no tensor names; the file is damaged, save it again.");
            ulong count = text.Long();
            if (count != (ulong)storage.Count)
                throw new TensorFileException($"the storage {Excerpt.Quote(key)} has {count} elements, but {storage.Count} are stated; the file is "
                    + "damaged, save it again.");
            storage.Bytes = text.Next(count * (ulong)storage.ElementSize);
        }

        return storages.FirstOrDefault(static s => s.Value.Bytes is null) is { Key: { } missing }
            ? throw new TensorFileException($"the elements of the storage {Excerpt.Quote(missing)} are missing; the file is cut off, copy or save it again.")
            : new TensorFile("PyTorch, of before version 1.6", StateWalk.Find(root));

        // ('storage', torch.FloatStorage, '94340341200128', 'cpu', 2048, None), or where it is a part of another one (key, offset, count) in the last place.
        object? Storage(object? id)
        {
            if (id is not PickleList { Items: ["storage", var type, string key, _, long count, ..] parts } || KnownGlobals.TypeOf(type) is not { } element)
                return null;
            int size = Elements.SizeOf(element);
            if (count < 0 || count > bytes.Length / size)
                throw new TensorFileException($"the storage {Excerpt.Quote(key)} states {count} elements, but the file has {bytes.Length} bytes; it is "
                    + "cut off or damaged.");
            if (!storages.TryGetValue(key, out Unread? unread))
                storages.Add(key, unread = new Unread(count, size));
            if (parts is not [.., PickleList { Items: [_, long offset, long part] }])
                return new PickleStorage(element, new Storage(count * size, false, () => unread.Bytes!.Value));
            return offset >= 0 && part >= 0 && part <= count && offset <= count - part
                ? new PickleStorage(element, new Storage(part * size, false, () => unread.Bytes!.Value.Slice((int)offset * size, (int)part * size)))
                : throw new TensorFileException($"a part of the storage {Excerpt.Quote(key)} reaches beyond it; the file is damaged, save it again.");
        }
    }

    /// <summary>A storage that is named before its elements come.</summary>
    private sealed class Unread(long count, int elementSize)
    {
        public long Count => count;

        public int ElementSize => elementSize;

        public ReadOnlyMemory<byte>? Bytes { get; set; }
    }
}
