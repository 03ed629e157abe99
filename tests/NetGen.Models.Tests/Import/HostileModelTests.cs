using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Google.Protobuf;
using NetGen.Models.Import;
using NetGen.Models.Onnx;
using NetGen.Models.Onnx.Proto;
using NetGen.Models.TFLite;
using NetGen.Models.Tests.Onnx;
using Xunit;

namespace NetGen.Models.Tests.Import;

/// <summary>Files that are damaged, or made to harm, end in an <see cref="ImportException"/> and nothing else.</summary>
public sealed class HostileModelTests
{
    private static readonly byte[] s_model = File.ReadAllBytes(TorchModel.Read("conv_bn_pool").Path);

    public static TheoryData<string> Names => [.. TorchModel.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_with_changed_bytes_is_imported_or_refused(string name)
    {
        byte[] model = File.ReadAllBytes(TorchModel.Read(name).Path);
        var random = new Random(name.Length);
        for (int i = 0; i < 40; i++)
        {
            byte[] changed = [.. model];
            for (int k = 0; k < 1 + i % 4; k++)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            AssertRefusedOrImported(changed);
        }
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_refused_or_what_is_left_of_it_imported()
    {
        for (int length = 0; length < s_model.Length; length += 37)
            AssertRefusedOrImported(s_model[..length]);
    }

    [Fact]
    public void A_tensor_that_claims_more_than_the_file_has_is_named()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(s_model);
        model.Graph.Initializer[0].Dims[0] = 1 << 20;
        string message = Assert.Throws<ImportException>(() => Import(model.ToByteArray())).Message;
        Assert.Contains($"the tensor '{model.Graph.Initializer[0].Name}' has", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_whose_product_is_absurd_are_refused()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(s_model);
        model.Graph.Initializer[0].Dims.Clear();
        model.Graph.Initializer[0].Dims.Add([1 << 20, 1 << 20, 1 << 20]);
        Assert.Contains("more than 268,435,456 elements", Assert.Throws<ImportException>(() => Import(model.ToByteArray())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_that_is_filled_without_end_is_refused()
    {
        ModelProto model = Model(
            Node("ConstantOfShape", ["shape"], ["big"]), Node("Add", ["x", "big"], ["y"]));
        model.Graph.Initializer.Add(new TensorProto { Name = "shape", DataType = 7, Dims = { 3 }, Int64Data = { 1 << 14, 1 << 14, 1 << 14 } });
        AssertRefusedOrImported(model.ToByteArray());
        Assert.Throws<ImportException>(() => Import(model.ToByteArray()));
    }

    [Fact]
    public void Nodes_that_wait_for_each_other_are_named()
    {
        ModelProto model = Model(Node("Add", ["x", "b"], ["a"]), Node("Relu", ["a"], ["b"]), Node("Relu", ["b"], ["y"]));
        Assert.Contains("waits for its own output", Assert.Throws<ImportException>(() => Import(model.ToByteArray())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_without_a_source_is_named()
    {
        ModelProto model = Model(Node("Add", ["x", "nowhere"], ["y"]));
        Assert.Contains("reads 'nowhere', which no node gives", Assert.Throws<ImportException>(() => Import(model.ToByteArray())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_of_more_operations_than_a_spec_has_room_for_is_refused()
    {
        ModelProto model = Model([.. Enumerable.Range(0, 20_000).Select(i => Node("Neg", [i == 0 ? "x" : $"v{i}"], [i == 19_999 ? "y" : $"v{i + 1}"]))]);
        Assert.Contains("20,000 operations", Assert.Throws<ImportException>(() => Import(model.ToByteArray())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_that_call_themselves_are_refused()
    {
        ModelProto model = Model(new NodeProto { OpType = "F", Domain = "d", Input = { "x" }, Output = { "y" } });
        model.Functions.Add(new FunctionProto { Name = "F", Domain = "d", Input = { "a" }, Output = { "b" }, Node = { new NodeProto { OpType = "F", Domain = "d", Input = { "a" }, Output = { "b" } } } });
        Assert.Contains("calls itself", Assert.Throws<ImportException>(() => Import(model.ToByteArray())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("/etc/hostname")]
    [InlineData("sub/../../secret.bin")]
    public void Data_outside_of_the_models_folder_are_not_read(string location)
    {
        ModelProto model = Model(Node("Add", ["x", "w"], ["y"]));
        model.Graph.Initializer.Add(new TensorProto
        {
            Name = "w", DataType = 1, Dims = { 4 }, DataLocation = TensorProto.Types.DataLocation.External,
            ExternalData = { new EntryProto { Key = "location", Value = location } },
        });
        string message = Assert.Throws<ImportException>(() => ModelImporter.Import(OnnxReader.Read(model.ToByteArray(), Path.GetTempPath()), new ImportOptions())).Message;
        Assert.Contains("which is no file beside the model", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_whose_names_differ_in_nothing_that_a_spec_has_stay_apart()
    {
        ModelProto model = Model(Node("Add", ["x.1", "x_1"], ["y"]));
        ValueInfoProto second = model.Graph.Input[0].Clone();
        (model.Graph.Input[0].Name, second.Name) = ("x.1", "x_1");
        model.Graph.Input.Add(second);
        Assert.Contains("inputs:\n  x_1: 4\n  x_1_2: 4\n", Import(model.ToByteArray()).Spec, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_operation_that_cannot_be_said_is_listed()
    {
        ModelProto model = Model(
            Node("NonMaxSuppression", ["x"], ["a"]), Node("Relu", ["a"], ["b"]), Node("Det", ["x"], ["c"]), Node("Add", ["b", "c"], ["y"]));
        IReadOnlyList<string> details = Assert.Throws<ImportException>(() => Import(model.ToByteArray())).Details;
        Assert.Equal(["NonMaxSuppression (of 'a'): there is no layer for this operator", "Det (of 'c'): there is no layer for this operator"], details.Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public void A_TFLite_file_with_changed_bytes_is_imported_or_refused()
    {
        // The root table's place, and a vtable that leads out of the file.
        byte[] file = [28, 0, 0, 0, (byte)'T', (byte)'F', (byte)'L', (byte)'3', .. Enumerable.Repeat((byte)0xFF, 400)];
        Assert.Throws<ImportException>(() => TFLiteReader.Read(file));
        for (int place = 0; place < 400; place += 4)
            Assert.Throws<ImportException>(() => TFLiteReader.Read([(byte)place, 0, 0, 0, (byte)'T', (byte)'F', (byte)'L', (byte)'3', .. new byte[390]]));
    }

    private static ImportedModel Import(byte[] model) => ModelImporter.Import(OnnxReader.Read(model, null), new ImportOptions());

    /// <summary>Within a time that only something without end passes.</summary>
    private static void AssertRefusedOrImported(byte[] model)
    {
        Task task = Task.Run(() =>
        {
            try
            {
                Import(model);
            }
            catch (ImportException e)
            {
                Assert.False(string.IsNullOrWhiteSpace(e.Message));
            }
        });
        Assert.True(task.Wait(TimeSpan.FromSeconds(30)), "it takes no end");
    }

    private static ModelProto Model(params IReadOnlyList<NodeProto> nodes)
    {
        ValueInfoProto Info(string name) => new()
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = new ShapeProto { Dim = { new ShapeProto.Types.Dimension { DimValue = 1 }, new ShapeProto.Types.Dimension { DimValue = 4 } } } } },
        };
        return new ModelProto { IrVersion = 8, OpsetImport = { new OperatorSetProto { Version = 17 } }, Graph = new GraphProto { Name = "g", Input = { Info("x") }, Output = { Info("y") }, Node = { nodes } } };
    }

    private static NodeProto Node(string type, string[] inputs, string[] outputs) => new() { OpType = type, Input = { inputs }, Output = { outputs } };
}
