using System;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Weights;
using Xunit;

namespace NetGen.Compiler.Tests.Baking;

/// <summary>Whatever a weight file holds, it ends in tensors or in a message.</summary>
public sealed class SafetensorsFileTests
{
    private const string Tensor = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    private static readonly Network s_network = NetworkCompiler.Check("input: 3\nlayers: [ { dense: { units: 2, name: out } } ]\nweights: net.safetensors").Network!;

    private static byte[] File(string header, int data = 8, long? stated = null) =>
        [.. BitConverter.GetBytes(stated ?? Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[data]];

    public static TheoryData<byte[], string> Damaged => new()
    {
        { [], "it has 0 bytes, but a safetensors file begins with 8 bytes for the header's length" },
        { [1, 2, 3], "it has 3 bytes" },
        { File(Tensor, stated: 1L << 60), "the first 8 bytes state a header of 1152921504606846976 bytes, over the limit" },
        { File(Tensor, stated: -1), "the first 8 bytes state a header of 18446744073709551615 bytes" },
        { File(Tensor, stated: 1000), "the first 8 bytes state a header of 1000 bytes, but only 62 follow" },
        { File(Tensor, data: 7), "the data end after 7 bytes, but tensor 'a' reaches to byte 8; the file is cut off" },
        { File(Tensor, data: 9), "more bytes follow the last tensor, which ends at byte 8" },
        { File("[1]"), "the header is not that of a safetensors file: it is no JSON object" },
        { File("{\"a\":"), "it is no JSON object" },
        { File("{\"a\" {}}"), "the header is not that of a safetensors file" },
        { File("{\"a\":" + new string('[', 5000) + "}"), "the header is not that of a safetensors file" },
        { File(Tensor.Replace("}}", "},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}")), "the header names tensor 'a' twice" },
        { File("{\"a\":5}"), "tensor 'a' is not an object with dtype, shape and data_offsets" },
        { File("""{"a":{"dtype":"F32","shape":[2]}}"""), "tensor 'a' has no data_offsets" },
        { File(Tensor.Replace("\"F32\"", "32")), "the dtype of tensor 'a' is not a string" },
        { File(Tensor.Replace("[2]", "[-2]")), "the shape of tensor 'a' holds -2, which is negative" },
        { File(Tensor.Replace("[2]", "[2.5]")), "the shape of tensor 'a' holds something other than 64-bit integers" },
        { File(Tensor.Replace("[2]", "2")), "the shape of tensor 'a' is not a list" },
        { File(Tensor.Replace("[2]", "[" + string.Join(",", Enumerable.Repeat(1, 100)) + "]")), "the shape of tensor 'a' has more than 64 numbers" },
        { File(Tensor.Replace("[0,8]", "[8,0]")), "the end before the begin" },
        { File(Tensor.Replace("[0,8]", "[0]")), "the data_offsets of tensor 'a' are [0], where a begin and an end belong" },
        { File(Tensor.Replace("[0,8]", "[4,12]"), data: 12), "begins at byte 4 of the data, but the header ends at byte 0, and no tensor fills the gap" },
        { File(Tensor.Replace("[2]", "[4611686018427387904,4611686018427387904]")), "has more bytes than 64 bits count" },
        { File(Tensor.Replace("F32", "Q7")), "tensor 'a' has the unknown dtype 'Q7'" },
        { File(Tensor.Replace("\"shape\"", "\"shapes\"")), "tensor 'a' has the unknown key 'shapes'" },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_damaged_file_says_what_is_wrong(byte[] bytes, string message) =>
        Assert.Contains(message, Assert.Throws<WeightsException>(() => WeightFileBytes.Read(bytes)).Message);

    [Fact]
    public void Bytes_that_are_no_text_are_no_header() =>
        Assert.Contains("the header is not that of a safetensors file", Assert.Throws<WeightsException>(() => WeightFileBytes.Read([4, 0, 0, 0, 0, 0, 0, 0, (byte)'{', 0xC3, 0x28, (byte)'}'])).Message);

    [Fact]
    public void Every_cut_and_any_change_of_a_byte_ends_in_tensors_or_a_message()
    {
        byte[] whole = WeightFileBytes.Of(s_network, static _ => "F32");
        int header = (int)BitConverter.ToInt64(whole, 0) + 8, errors = 0;
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<WeightsException>(() => WeightFileBytes.Read(whole[..length]));
        var random = new System.Random(3);
        for (int trial = 0; trial < 3000; trial++)
        {
            byte[] changed = [.. whole];
            changed[random.Next(header)] = (byte)random.Next(256);
            try
            {
                SafetensorsFile file = WeightFileBytes.Read(changed);
                BakedLayout.Values(s_network, Storage.Float16, file.Tensors, file.Data, "net.safetensors");
            }
            catch (WeightsException e)
            {
                Assert.StartsWith("net.safetensors: ", e.Message, StringComparison.Ordinal);
                errors++;
            }
        }

        Assert.True(errors > 2000, "most changes are noticed");
    }

    [Fact]
    public void Names_may_be_any_text()
    {
        const string Name = "a b.\\n\\u00e9<&\\\"";
        SafetensorsFile file = WeightFileBytes.Read(File(Tensor.Replace("\"a\"", $"\"{Name}\"")));
        Assert.Equal("a b.\né<&\"", file.Tensors[0].Name);
        Handover back = Handover.Read(new Handover("/x\\y\n.safetensors", "h", null, null, file.Tensors, file.Data, [new WeightResource("r s", "l")]).ToString())!;
        Assert.Equal(("/x\\y\n.safetensors", "h", "a b.\né<&\"", "r s", "l"), (back.Path, back.Hash, back.Tensors[0].Name, back.Resources[0].Name, back.Resources[0].Layout));
        Assert.Equal([2L], back.Tensors[0].Shape);
        Assert.Equal(file.Data, back.Data);
    }

    [Theory]
    [InlineData("float16", 70000f, "tensor 'out.weight' holds 70000, but a float16 goes up to 65504; write storage: bfloat16 or float32.")]
    [InlineData("float16", float.NaN, "tensor 'out.weight' holds NaN")]
    [InlineData("bfloat16", float.PositiveInfinity, "holds ∞, but a bfloat16 goes up to 3.39e38; write storage: float32.")]
    public void A_value_beyond_the_storage_is_refused(string storage, float value, string message)
    {
        byte[] bytes = WeightFileBytes.Of(s_network, static _ => "F32");
        BitConverter.GetBytes(value).CopyTo(bytes, bytes.Length - 4);
        SafetensorsFile file = WeightFileBytes.Read(bytes);
        Storage as16 = storage == "float16" ? Storage.Float16 : Storage.BFloat16;
        Assert.Contains(message.Replace("∞", float.PositiveInfinity.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Assert.Throws<WeightsException>(() => BakedLayout.Values(s_network, as16, file.Tensors, file.Data, "net.safetensors")).Message);
    }

    [Fact]
    public void All_halves_are_right_and_floats_round_to_them_as_the_framework_rounds()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            float expected = (float)BitConverter.UInt16BitsToHalf((ushort)bits), widened = FloatBits.FromFloat16((ushort)bits);
            Assert.True(expected.Equals(widened), $"{bits:X4}: {widened}, not {expected}");
        }

        var random = new System.Random(5);
        for (int trial = 0; trial < 200_000; trial++)
        {
            // All exponents, and the ties between two halves.
            uint bits = (uint)random.NextInt64(1L << 32);
            float value = BitConverter.UInt32BitsToSingle(trial % 2 == 0 ? bits : bits & 0xFFFFF000);
            if (float.IsNaN(value))
                continue;
            Assert.Equal(BitConverter.HalfToUInt16Bits((Half)value), FloatBits.ToFloat16(value));
            float rounded = FloatBits.FromBFloat16(FloatBits.ToBFloat16(value));
            Assert.True(rounded == value || Math.Abs(rounded - value) <= Math.Abs(value) / 256 || float.IsInfinity(rounded) || Math.Abs(value) < 1e-37f);
        }
    }
}
