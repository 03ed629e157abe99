using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Models.Onnx.Proto;

namespace NetGen.Models.Tests.Onnx.Export;

/// <summary>A graph as lines: a node each, with its name where its value has another.</summary>
internal static class GraphText
{
    public static string Of(GraphProto graph) => string.Join('\n', graph.Node.Select(Of)) + "\n";

    private static string Of(NodeProto node)
    {
        string name = node.Output[0] == node.Name ? "" : $"  [{node.Name}]";
        string attributes = string.Concat(node.Attribute.Select(static a => $"  {a.Name}={Of(a)}"));
        return $"{string.Join(", ", node.Output)} = {node.OpType}({string.Join(", ", node.Input)}){attributes}{name}";
    }

    private static string Of(AttributeProto attribute) => attribute.Type switch
    {
        AttributeProto.Types.AttributeType.Int => attribute.I.ToString(CultureInfo.InvariantCulture),
        AttributeProto.Types.AttributeType.Float => attribute.F.ToString(CultureInfo.InvariantCulture),
        AttributeProto.Types.AttributeType.String => attribute.S.ToStringUtf8(),
        AttributeProto.Types.AttributeType.Ints => string.Join(' ', attribute.Ints),
        AttributeProto.Types.AttributeType.Strings => string.Join(' ', attribute.Strings.Select(static s => s.ToStringUtf8())),
        _ => attribute.Type.ToString(),
    };
}
