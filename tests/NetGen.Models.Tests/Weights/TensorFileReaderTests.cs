using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using NetGen.Compiler.Text;
using NetGen.Models.Weights;
using Xunit;

namespace NetGen.Models.Tests.Weights;

/// <summary>Files as PyTorch and NumPy write them, against what their script says is in them.</summary>
public sealed class TensorFileReaderTests
{
    public static TheoryData<string> Files => [.. TestFiles.Json("expected.json").EnumerateObject().Select(static f => f.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_tensor_has_the_name_the_shape_and_the_numbers_that_were_saved(string name)
    {
        JsonElement expected = TestFiles.Json("expected.json").GetProperty(name);
        using TensorFile file = TensorFileReader.Open(TestFiles.Weights(name));
        string[] unread = name == "complex.pt" ? ["z"] : [];
        Assert.Equal(expected.EnumerateObject().Select(static t => t.Name).Concat(unread).Order(), file.Tensors.Select(static t => t.Name).Order());
        foreach (JsonProperty tensor in expected.EnumerateObject())
        {
            TensorView view = file.Tensors.Single(t => t.Name == tensor.Name).View;
            Assert.Equal($"{tensor.Name} [{string.Join(", ", TestFiles.Numbers(tensor.Value.GetProperty("shape")))}]", $"{tensor.Name} {Excerpt.Shape(view.Shape)}");
            Assert.Equal(TestFiles.Numbers(tensor.Value.GetProperty("values")).Select(static v => (float)v), Elements.ToFloats(view).Values);
        }
    }

    [Fact]
    public void Elements_have_the_types_that_they_were_saved_with()
    {
        using TensorFile file = TensorFileReader.Open(TestFiles.Weights("types.pt"));
        Assert.Equal(
            "float64 F64, float32 F32, float16 F16, bfloat16 BF16, int64 I64, int32 I32, int16 I16, int8 I8, uint8 U8, bool BOOL, thirds F64",
            string.Join(", ", file.Tensors.Select(static t => $"{t.Name} {t.View.Type}")));
        // Thirds of 1, 2 and 4 are no floats; what is a float before is one afterwards.
        Assert.Equal(3, Elements.ToFloats(file.Tensors.Single(static t => t.Name == "thirds").View).Rounding.Rounded);
        Assert.Equal(0, Elements.ToFloats(file.Tensors.Single(static t => t.Name == "float64").View).Rounding.Rounded);
    }

    [Fact]
    public void Numbers_that_no_float_is_or_comes_near_are_refused()
    {
        TensorView Of(string type, byte[] bytes) => TensorView.Dense(type, [1], Storage.Of(bytes));
        Assert.Equal("it holds the integer 16777217, which no float is equal to", Refusal(Of("I64", BitConverter.GetBytes(16777217L))));
        Assert.Equal("it holds the integer 18446744073709551615, which no float is equal to", Refusal(Of("U64", BitConverter.GetBytes(ulong.MaxValue))));
        Assert.Equal(16777216f, Elements.ToFloats(Of("I64", BitConverter.GetBytes(16777216L))).Values[0]);
        Assert.Equal("it holds 1E+300, which is beyond the largest float, 3.4e38", Refusal(Of("F64", BitConverter.GetBytes(1e300))));
        Assert.True(float.IsInfinity(Elements.ToFloats(Of("F64", BitConverter.GetBytes(double.PositiveInfinity))).Values[0]));
        Assert.Equal("its elements are of the type C64, which no float is made of", Refusal(Of("C64", new byte[8])));

        static string Refusal(TensorView tensor) => Assert.Throws<TensorFileException>(() => Elements.ToFloats(tensor)).Message;
    }

    [Fact]
    public void A_safetensors_file_whose_length_of_header_begins_as_a_pickle_does_is_one()
    {
        string path = Path.GetTempFileName();
        try
        {
            string header = """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""".PadRight(0x280);
            File.WriteAllBytes(path, [.. BitConverter.GetBytes(0x280L), .. System.Text.Encoding.ASCII.GetBytes(header), 0, 0, 0x80, 0x3F]);
            using TensorFile file = TensorFileReader.Open(path);
            Assert.Equal(("safetensors", "a", 1f), (file.Format, file.Tensors[0].Name, Elements.ToFloats(file.Tensors[0].View).Values[0]));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_is_known_by_what_it_holds_and_not_by_its_name()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        try
        {
            File.Copy(TestFiles.Weights("state_dict.pt"), path);
            using TensorFile file = TensorFileReader.Open(path);
            Assert.Equal(("PyTorch", 4), (file.Format, file.Tensors.Count));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
