using System.Globalization;
using System.IO;
using System.Text;
using NetGen.Training.Tests.Networks;
using Xunit;
using static NetGen.Training.Tests.Safetensors.WeightFile;

namespace NetGen.Training.Tests.Safetensors;

/// <summary>Files that are no safetensors files, or no whole ones.</summary>
public sealed class DamagedFileTests
{
    private static readonly byte[] data = Floats(1, 2, 3, 4, 5, 6, 7, 8);

    [Fact]
    public void An_empty_file_is_refused() => Assert.Contains("it has 0 bytes", Refused([]));

    [Fact]
    public void A_header_longer_than_the_file_is_told_with_both_lengths() => Assert.Contains(
        "state a header of 1000 bytes, but only 2 follow", Refused([0xE8, 3, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']));

    [Theory]
    [InlineData(new byte[] { 1, 0xE1, 0xF5, 5, 0, 0, 0, 0 }, "100000001")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 }, "18446744073709551615")]
    public void A_header_over_the_limit_is_refused_unread(byte[] length, string shown) => Assert.Contains(
        $"state a header of {shown} bytes, over the limit of 100000000", Refused(length));

    [Fact]
    public void A_truncated_file_names_the_tensor_that_is_cut() => Assert.Contains(
        "the data end after 30 bytes, but tensor 'hidden.bias' reaches to byte 32", Refused(TinyHeader, data[..30]));

    [Fact]
    public void Bytes_behind_the_last_tensor_are_refused() => Assert.Contains(
        "more bytes follow the last tensor, which ends at byte 32", Refused(TinyHeader, [.. data, 0]));

    [Theory]
    [InlineData("", "does not begin with '{'")]
    [InlineData("[1]", "does not begin with '{'")]
    [InlineData(" {}", "does not begin with '{'")]
    [InlineData("{", "not that of a safetensors file")]
    [InlineData("{}}", "not that of a safetensors file")]
    [InlineData("{\"a\":1}", "tensor 'a' is not an object")]
    [InlineData("{\"a\":{}}", "tensor 'a' has no dtype")]
    [InlineData("{\"a\":{\"dtype\":\"F32\"}}", "tensor 'a' has no shape")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[]}}", "tensor 'a' has no data_offsets")]
    [InlineData("{\"a\":{\"dtype\":7}}", "dtype of tensor 'a' is not a string")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}", "tensor 'a' states dtype twice")]
    [InlineData("{\"a\":{\"shape\":3}}", "the shape of tensor 'a' is not a list")]
    [InlineData("{\"a\":{\"shape\":[\"3\"]}}", "the shape of tensor 'a' holds something other than 64-bit integers")]
    [InlineData("{\"a\":{\"shape\":[1.5]}}", "the shape of tensor 'a' holds something other than 64-bit integers")]
    [InlineData("{\"a\":{\"shape\":[99999999999999999999]}}", "the shape of tensor 'a' holds something other than 64-bit integers")]
    [InlineData("{\"a\":{\"shape\":[-2]}}", "the shape of tensor 'a' holds -2, which is negative")]
    [InlineData("{\"a\":{\"data_offsets\":[0,1,2]}}", "the data_offsets of tensor 'a' has more than 2 numbers")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0]}}", "the data_offsets of tensor 'a' are [0], where a begin and an end belong")]
    [InlineData("{\"a\":{\"data_offsets\":[-4,0]}}", "the data_offsets of tensor 'a' holds -4, which is negative")]
    [InlineData("{\"a\":{\"layout\":1}}", "tensor 'a' has the unknown key 'layout'")]
    [InlineData("{\"\\ud800\":{}}", "a name in it is not valid Unicode")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",}}", "not that of a safetensors file")]
    public void A_malformed_header_is_refused_with_its_fault(string header, string fault) => Assert.Contains(fault, Refused(header));

    [Fact]
    public void A_header_that_is_not_utf8_is_refused() => Assert.Contains("it is not UTF-8", Refused(Bytes([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)'}'], [])));

    [Fact]
    public void Two_tensors_of_one_name_are_refused() => Assert.Contains(
        "names tensor 'hidden.bias' twice", Refused(TinyHeader.Replace("hidden.weight", "hidden.bias"), data));

    [Fact]
    public void An_unknown_dtype_is_refused() => Assert.Contains(
        "tensor 'hidden.weight' has the unknown dtype 'F31'", Refused(TinyHeader.Replace("\"F32\",\"shape\":[2,3]", "\"F31\",\"shape\":[2,3]"), data));

    [Fact]
    public void Overlapping_tensors_are_refused() => Assert.Contains(
        "tensor 'hidden.bias' begins at byte 20 of the data, inside tensor 'hidden.weight', which ends at byte 24",
        Refused(TinyHeader.Replace("[24,32]", "[20,28]"), data[..28]));

    [Fact]
    public void A_gap_between_tensors_is_refused() => Assert.Contains(
        "tensor 'hidden.bias' begins at byte 28 of the data, but tensor 'hidden.weight' ends at byte 24, and no tensor fills the gap",
        Refused(TinyHeader.Replace("[24,32]", "[28,36]"), [.. data, 0, 0, 0, 0]));

    [Fact]
    public void A_gap_before_the_first_tensor_is_refused() => Assert.Contains(
        "tensor 'a' begins at byte 4 of the data, but the header ends at byte 0",
        Refused("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", data[..8]));

    [Fact]
    public void Offsets_that_run_backwards_are_refused() => Assert.Contains(
        "the data_offsets of tensor 'hidden.bias' are [32, 24], the end before the begin", Refused(TinyHeader.Replace("[24,32]", "[32,24]"), data));

    [Fact]
    public void Offsets_beyond_the_file_are_refused() => Assert.Contains(
        "the data end after 32 bytes, but tensor 'hidden.bias' reaches to byte 4000000024",
        Refused(TinyHeader.Replace("[2],\"data_offsets\":[24,32]", "[1000000000],\"data_offsets\":[24,4000000024]"), data));

    [Fact]
    public void Offsets_that_disagree_with_dtype_and_shape_are_told_with_both() => Assert.Contains(
        "the data_offsets of tensor 'hidden.weight' span 24 bytes, but F32 of shape [2, 4] takes 32", Refused(TinyHeader.Replace("[2,3]", "[2,4]"), data));

    [Fact]
    public void A_shape_whose_size_overflows_is_refused() => Assert.Contains(
        "tensor 'hidden.weight' of shape [4611686018427387904, 4] has more bytes than 64 bits count",
        Refused(TinyHeader.Replace("[2,3]", "[4611686018427387904,4]"), data));

    [Fact]
    public void A_zero_beside_huge_sizes_is_an_empty_tensor_and_not_an_overflow() => Assert.Contains(
        "tensor 'a'",
        Refused("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,0],"data_offsets":[0,0]}}"""));

    [Fact]
    public void Deep_nesting_is_refused() => Assert.Contains(
        "not that of a safetensors file", Refused($$"""{"__metadata__":{{new string('[', 1_000_000)}}"""));

    [Fact]
    public void A_shape_of_a_million_axes_is_refused() => Assert.Contains(
        "the shape of tensor 'a' has more than 64 numbers",
        Refused($$$"""{"a":{"shape":[1{{{new StringBuilder().Insert(0, ",1", 1_000_000)}}}]}}"""));

    [Fact]
    public void A_header_of_ten_megabytes_with_unknown_tensors_is_refused_with_a_short_message()
    {
        var header = new StringBuilder("{");
        for (int i = 0; i < 150_000; i++)
            header.Append(CultureInfo.InvariantCulture, $"\"hidden.weight{i}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}},");
        header[^1] = '}';

        string message = Assert.Throws<WeightsException>(() =>
            new TinyNetwork().LoadWeights(new MemoryStream(Bytes(header.ToString())))).Message;

        Assert.Contains("and 149995 more", message);
        Assert.True(message.Length < 1000);
    }

    [Fact]
    public void Long_names_and_control_characters_are_shown_short_and_escaped() => Assert.Contains(
        $"tensor '\\u000a{new string('n', 59)}…'", Refused($$$"""{"\n{{{new string('n', 5000)}}}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}"""));
}
