using System;
using System.IO;
using System.Linq;
using Xunit;
using static NetGen.Training.Tests.Data.Arrays.ArrayBytes;

namespace NetGen.Training.Tests.Data.Arrays;

public sealed class NpyTests
{
    [Fact]
    public void Two_files_become_a_data_set_whose_samples_are_the_first_axis()
    {
        LabeledDataset data = Read(Npy([2, 1, 3], 1, 2, 3, 4, 5, 6), Npy("<i8", [2], Bytes([1L, 0])));

        Assert.Equal((2, 3, 2), (data.Count, data.FeatureCount, data.ClassCount));
        Assert.Equal([1f, 2, 3, 4, 5, 6], data.Features.ToArray());
        Assert.Equal([1, 0], data.Labels.ToArray());
        Assert.Equal([1, 3], data.SampleShape);
        Assert.Equal([1, 3], data.Subset([1]).SampleShape);
        Assert.Equal([1, 3], data.ToOneHot().WithFeatures(new float[6]).SampleShape);
    }

    [Fact]
    public void Targets_are_numbers_of_any_count()
    {
        TargetDataset data = Targets(Npy([2], 1, 2), Npy([2, 2], 1, 2, 3, 4));

        Assert.Equal((1, 2), (data.FeatureCount, data.TargetSize));
        Assert.Equal([1f, 2, 3, 4], data.Targets.ToArray());
        Assert.Equal([1], data.SampleShape);
    }

    [Fact]
    public void Labels_may_be_one_for_each_step_and_have_names()
    {
        using var folder = new TemporaryFolder();
        LabeledDataset data = Dataset.FromNpy(
            folder.Write("x.npy", Npy([2, 2], 1, 2, 3, 4)), labels: folder.Write("y.npy", Npy("|u1", [2, 2], [0, 2, 2, 0])), classNames: ["a", "b", "c"], scale: 0.5f);

        Assert.Equal((2, 3), (data.LabelSize, data.ClassCount));
        Assert.Equal([0.5f, 1, 1.5f, 2], data.Features.ToArray());
    }

    // Each is np.array([[1, 0], [1, 1]]) of that type.
    [Theory]
    [InlineData("<f2", "003C0000003C003C")]
    [InlineData(">f2", "3C0000003C003C00")]
    [InlineData("<f4", "0000803F000000000000803F0000803F")]
    [InlineData(">f4", "3F800000000000003F8000003F800000")]
    [InlineData("<f8", "000000000000F03F0000000000000000000000000000F03F000000000000F03F")]
    [InlineData(">f8", "3FF000000000000000000000000000003FF00000000000003FF0000000000000")]
    [InlineData("|i1", "01000101")]
    [InlineData("|u1", "01000101")]
    [InlineData("|b1", "01000101")]
    [InlineData("<i2", "0100000001000100")]
    [InlineData(">u2", "0001000000010001")]
    [InlineData("<i4", "01000000000000000100000001000000")]
    [InlineData(">u4", "00000001000000000000000100000001")]
    [InlineData("<u8", "0100000000000000000000000000000001000000000000000100000000000000")]
    [InlineData(">i8", "0000000000000001000000000000000000000000000000010000000000000001")]
    public void Every_type_and_byte_order_is_read(string type, string hex)
    {
        byte[] file = Npy(type, [2, 2], Convert.FromHexString(hex));

        Assert.Equal([1f, 0, 1, 1], Targets(file, file).Targets.ToArray());
        Assert.Equal([1, 0, 1, 1], Read(file, file).Labels.ToArray());
    }

    [Theory]
    [InlineData("|i1", "FF80", -1, -128)]
    [InlineData("<i2", "FFFF0080", -1, -32768)]
    [InlineData("<u2", "FFFF0080", 65535, 32768)]
    [InlineData("<i4", "FFFFFFFF00000080", -1, -2147483648f)]
    [InlineData("<i8", "FFFFFFFFFFFFFFFF0000000000000080", -1, -9223372036854775808f)]
    [InlineData("<f2", "00C00100", -2, 5.9604645e-08f)]
    public void Signs_and_extremes_are_kept(string type, string hex, float first, float second) =>
        Assert.Equal([first, second], Targets(Npy([2], 0, 1), Npy(type, [2], Convert.FromHexString(hex))).Targets.ToArray());

    // np.save(np.asfortranarray(np.arange(12, dtype='<i4').reshape(2, 3, 2))), NumPy 1.24.2
    [Fact]
    public void Fortran_order_is_turned_into_C_order()
    {
        byte[] file = Convert.FromBase64String(
            "k05VTVBZAQB2AHsnZGVzY3InOiAnPGk0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMywgMiksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
            + "ICAgICAgICAgICAgICAgICAgICAgIAoAAAAABgAAAAIAAAAIAAAABAAAAAoAAAABAAAABwAAAAMAAAAJAAAABQAAAAsAAAA=");

        Assert.Equal(Enumerable.Range(0, 12).Select(i => (float)i), Targets(file, Npy([2], 0, 1)).Features.ToArray());
    }

    [Theory]
    [InlineData(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }")]
    [InlineData(2, "{\"shape\":(2L,),\"fortran_order\":True,\"descr\":\"<f4\"}\n")]
    [InlineData(3, "  { 'shape' : ( 2 , ) , 'descr':'=f4','fortran_order':False }  \n")]
    public void Headers_of_every_version_and_writer_are_read(int version, string header) =>
        Assert.Equal([3f, 4], Targets(Npy([2], 0, 1), Npy(header, Bytes([3f, 4f]), version)).Targets.ToArray());

    [Fact]
    public void What_is_written_is_what_NumPy_writes_and_is_read_back()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("x.npy");

        NetGen.Training.Npy.Write(path, [1, 2, 3, 4, 5, 6], [3, 2]);

        Assert.Equal(Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }" + new string(' ', 58) + "\n", Bytes([1f, 2, 3, 4, 5, 6])), File.ReadAllBytes(path));
        (float[] values, var shape) = NetGen.Training.Npy.Read(path);
        Assert.Equal([1f, 2, 3, 4, 5, 6], values);
        Assert.Equal([3, 2], shape);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_shape_that_does_not_fit_the_numbers_is_refused()
    {
        Assert.Contains("3 numbers for the shape [2, 2], which takes 4", Assert.Throws<ArgumentException>(() => NetGen.Training.Npy.Write("x.npy", [1, 2, 3], [2, 2])).Message);
        Assert.Contains("[-1, -3] has a negative size", Assert.Throws<ArgumentException>(() => NetGen.Training.Npy.Write("x.npy", [1, 2, 3], [-1, -3])).Message);
        Assert.Throws<DirectoryNotFoundException>(() => NetGen.Training.Npy.Write("/there/is/none/x.npy", [1], [1]));
    }

    [Fact]
    public void Integers_that_floats_do_not_hold_are_kept_in_double()
    {
        byte[] times = Npy("<i8", [3, 1], Bytes([1_700_000_000L, 1_700_000_060, 1_700_000_120]));
        TargetDataset data = Targets(times, Npy([3], 1, 2, 3));

        Assert.Contains("column 'x0' holds 1700000000 (sample 0) and 1700000060 (sample 1), which are one float", data.ExactFeatures!.Merged);
        Assert.Equal([-1.2247449f, 0, 1.2247449f], Standardizer.FitFeatures(data).ApplyToFeatures(data).Features.ToArray());
        Assert.Null(Targets(Npy("<f8", [2, 1], Bytes([0.1, 0.2])), Npy([2], 1, 2)).ExactFeatures);
    }

    [Fact]
    public void Integers_that_doubles_do_not_hold_are_refused()
    {
        Assert.Contains("x.npy: item [1] (byte 136) is 9007199254740993, which no double holds", Refused(Npy("<i8", [2], Bytes([1L, 9007199254740993])), Npy([2], 0, 1)));
        Assert.Contains("is 9223372036854775807, which no double holds", Refused(Npy("<i8", [1], Bytes([long.MaxValue])), Npy([1], 0)));
        Assert.Contains("is 18446744073709551615, which no double holds", Refused(Npy("<u8", [1], Bytes([ulong.MaxValue])), Npy([1], 0)));
    }

    internal static string Refused(byte[] features, byte[] labels) => Assert.Throws<DatasetException>(() => Read(features, labels)).Message;

    internal static LabeledDataset Read(byte[] features, byte[] labels)
    {
        using var folder = new TemporaryFolder();
        return Dataset.FromNpy(folder.Write("x.npy", features), labels: folder.Write("y.npy", labels));
    }

    private static TargetDataset Targets(byte[] features, byte[] targets)
    {
        using var folder = new TemporaryFolder();
        return Dataset.FromNpy(folder.Write("x.npy", features), targets: folder.Write("y.npy", targets));
    }
}
