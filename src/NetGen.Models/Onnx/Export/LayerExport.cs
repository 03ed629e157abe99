using System;
using System.Collections.Generic;
using NetGen.Compiler.Layers;

namespace NetGen.Models.Onnx.Export;

/// <summary>How layers of some kinds are written as nodes.</summary>
/// <param name="Kinds">What they are called in a spec.</param>
/// <param name="Becomes">The operators, as the page for users lists them.</param>
/// <param name="Write">Adds the nodes; gives back the value that the layer gives.</param>
internal sealed record LayerExport(IReadOnlyList<string> Kinds, string Becomes, Func<Layer, LayerWriter, string> Write)
{
    public static LayerExport Of<TLayer>(string becomes, Func<TLayer, LayerWriter, string> write, params IReadOnlyList<string> kinds) where TLayer : Layer =>
        new(kinds, becomes, (layer, writer) => write((TLayer)layer, writer));
}
