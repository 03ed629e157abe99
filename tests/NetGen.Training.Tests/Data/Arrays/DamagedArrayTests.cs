using System;
using System.IO;
using System.Linq;
using Xunit;
using static NetGen.Training.Tests.Data.Arrays.ArrayBytes;

namespace NetGen.Training.Tests.Data.Arrays;

/// <summary>Array files that are no array files, no whole ones, or do not fit together.</summary>
public sealed class DamagedArrayTests
{
    private static readonly byte[] labels = Npy("|u1", [2], [0, 1]);

    [Theory]
    [InlineData("", "the file ends after 0 bytes, within its header; it is empty or cut off")]
    [InlineData("PK\u0003\u0004....", "it is a zip archive, as np.savez writes; read it by FromNpz")]
    [InlineData("x,y\n1,2\n3,4\n", @"it does not begin with \x93NUMPY; save the array by np.save")]
    public void A_foreign_file_is_named(string text, string message) =>
        Assert.Contains(message, NpyTests.Refused([.. text.Select(c => (byte)c)], labels));

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", "the header states the shape [2, 3] of 4 bytes each, 24 bytes, but 8 follow it (from byte 69); the file is cut off or damaged")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "[1] of 4 bytes each, 4 bytes, but 8 follow it (from byte 67); the file is longer than its array")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4000000000000000000, 4), }", "more than any file, but 8 follow it")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000, 2000000000), }", "more than any file")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000,), }", "8000000000 bytes, but 8 follow it")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "the header does not state descr, fortran_order and shape")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", "the array is a single number, of shape []")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 0), }", "axis 1 of the shape [2, 0] is 0")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", "the header does not state")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "the elements are of type '<c8', and f2, f4, f8")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "the elements are of type '|O'")]
    [InlineData("{'descr': '<U4', 'fortran_order': False, 'shape': (1,), }", "the elements are of type '<U4'")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", "or its elements are records: save one array of numbers")]
    [InlineData("{'descr': '<f4', 'shape': (2,), }", "the header does not state")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'more': 1}", "the header does not state")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", "the header does not state")]
    [InlineData("{'descr': '<f4' 'fortran_order': False, 'shape': (2,)}", "the header does not state")]
    [InlineData("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (2,)}", "the header does not state")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2", "the header does not state")]
    [InlineData("", "the header does not state")]
    public void A_header_that_is_wrong_is_refused_with_both_numbers(string header, string message) =>
        Assert.Contains(message, NpyTests.Refused(Npy(header, new byte[8]), labels));

    [Fact]
    public void Lengths_of_headers_are_checked_before_they_are_allocated()
    {
        Assert.Contains("bytes 8 to 11 state a header of 4294967295 bytes, but only 2 follow", NpyTests.Refused([0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 255, 1, 2], labels));
        Assert.Contains("state a header of 70000 bytes, over the limit of 65536", NpyTests.Refused(Npy(new string(' ', 70000), [], version: 2), labels));
        Assert.Contains("the file is of version 9.0", NpyTests.Refused(Npy("{}", [], version: 9), labels));
    }

    [Theory]
    [InlineData(float.NaN, "item [1, 0] (byte 136) is NaN, which is not a finite float")]
    [InlineData(float.PositiveInfinity, "item [1, 0] (byte 136) is Infinity, which is not a finite float")]
    public void What_is_no_number_is_refused_with_the_item_and_the_byte(float value, string message) =>
        Assert.Contains(message, NpyTests.Refused(Npy([2, 2], 1, 2, value, 4), labels));

    [Fact]
    public void A_double_beyond_floats_is_refused() =>
        Assert.Contains("item [0] (byte 128) is 1E+300, which is not a finite float", NpyTests.Refused(Npy("<f8", [2], Bytes([1e300, 1])), labels));

    [Theory]
    [InlineData("<f4", "0000803F0000003F", "y.npy: item [1] (byte 132) is 0.5, which is not an integer; labels are integers from 0, and for regression give the file as targets")]
    [InlineData("|i1", "00FF", "item [1] (byte 129) is -1, but labels go from 0 to the number of classes - 1")]
    [InlineData("<u4", "00000000FFFFFFFF", "item [1] (byte 132) is 4294967295, but labels go from 0")]
    [InlineData("<u4", "00000000FFFFFF7E", "the labels go up to 2130706431, but 1 is not among them; renumber them from 0 without gaps, or name all classes by classNames")]
    public void Labels_that_are_none_are_refused(string type, string hex, string message) =>
        Assert.Contains(message, NpyTests.Refused(Npy([2], 1, 2), Npy(type, [2], Convert.FromHexString(hex))));

    [Fact]
    public void A_label_beyond_the_given_classes_is_refused()
    {
        using var folder = new TemporaryFolder();
        string x = folder.Write("x.npy", Npy([2], 1, 2)), y = folder.Write("y.npy", Npy("|u1", [2], [0, 3]));

        Assert.Contains("is 3, but there are 2 classes, from 0 to 1", Assert.Throws<DatasetException>(() => Dataset.FromNpy(x, labels: y, classNames: ["a", "b"])).Message);
    }

    [Fact]
    public void Counts_that_differ_are_refused_with_both() => Assert.Contains(
        "there are 2 labels (shape [2]), but ", NpyTests.Refused(Npy([3, 1], 1, 2, 3), labels));

    [Fact]
    public void A_missing_file_and_a_folder_are_told()
    {
        using var folder = new TemporaryFolder();
        string y = folder.Write("y.npy", labels);

        Assert.Contains("There is no data file", Assert.Throws<FileNotFoundException>(() => Dataset.FromNpy(folder.File("x.npy"), labels: y)).Message);
        Assert.Contains("is a folder", Assert.Throws<FileNotFoundException>(() => Dataset.FromNpy(folder.Path, labels: y)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Dataset.FromNpy(y, labels: y, scale: 0));
    }

    [Fact]
    public void Files_cut_off_at_any_byte_are_refused()
    {
        byte[] npy = Npy([2, 2], 1, 2, 3, 4), idx = Idx(8, [2, 2], 1, 2, 3, 4), gzip = Gzip(idx), npz = Zip(("x.npy", npy), ("y.npy", labels));

        Assert.All(Enumerable.Range(0, npy.Length), length => NpyTests.Refused(npy[..length], labels));
        Assert.All(Enumerable.Range(0, idx.Length), length => Assert.IsType<DatasetException>(IdxTests.Fault(idx[..length])));
        Assert.All(Enumerable.Range(0, gzip.Length), length => Assert.True(IdxTests.Fault(gzip[..length]) is DatasetException or null));
        Assert.All(Enumerable.Range(0, gzip.Length - 9), length => Assert.IsType<DatasetException>(IdxTests.Fault(gzip[..length])));
        Assert.All(Enumerable.Range(0, npz.Length), length => Assert.IsType<DatasetException>(NpzTests.Fault(npz[..length])));
    }

    [Fact]
    public void Files_with_any_bit_flipped_are_refused_or_read_and_never_allocate_much()
    {
        byte[] npy = Npy([2, 2], 1, 2, 3, 4), idx = Idx(8, [2, 2], 1, 2, 3, 4), gzip = Gzip(idx), npz = Zip(("x.npy", npy), ("y.npy", labels));

        for (int bit = 0; bit < 8 * npz.Length; bit += 7)
            AssertRefusedOrRead(() => NpzTests.Fault(Flipped(npz, bit)), $"npz, bit {bit}");
        for (int bit = 0; bit < 8 * npy.Length; bit += 7)
            AssertRefusedOrRead(() => Record.Exception(() => NpyTests.Read(Flipped(npy, bit), labels)), $"npy, bit {bit}");
        for (int bit = 0; bit < 8 * idx.Length; bit += 7)
            AssertRefusedOrRead(() => IdxTests.Fault(Flipped(idx, bit)), $"idx, bit {bit}");
        for (int bit = 0; bit < 8 * gzip.Length; bit += 7)
            AssertRefusedOrRead(() => IdxTests.Fault(Flipped(gzip, bit)), $"gzip, bit {bit}");
    }

    // What the sum does not cover, such as a time, may change unseen; the numbers may not.
    [Fact]
    public void A_flipped_bit_in_an_archive_never_gives_other_numbers()
    {
        byte[] npz = Zip(("x.npy", Npy([2, 2], 1, 2, 3, 4)), ("y.npy", labels));

        for (int bit = 0; bit < 8 * npz.Length; bit += 7)
            if (NpzTests.TryRead(Flipped(npz, bit)) is { } data)
                Assert.Equal("1,2,3,4: 0,1", $"{string.Join(',', data.Features.ToArray())}: {string.Join(',', data.Labels.ToArray())}");
    }

    private static void AssertRefusedOrRead(Func<Exception?> read, string where)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? error = read();
        Assert.True(error is DatasetException or null, $"{where}: {error}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        byte[] flipped = [.. bytes];
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
