namespace NetGen.Compiler.Weights;

/// <summary>The element types of the safetensors format, by the names its headers use.</summary>
internal static class Dtype
{
    /// <summary>Bytes of one element; null for a type this reader does not know.</summary>
    public static int? SizeOf(string dtype) => dtype switch
    {
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" or "F8_E8M0" => 1,
        "I16" or "U16" or "F16" or "BF16" => 2,
        "I32" or "U32" or "F32" => 4,
        "I64" or "U64" or "F64" or "C64" => 8,
        _ => null,
    };

    /// <summary>Whether <see cref="ElementDecoder"/> turns it into floats.</summary>
    public static bool IsReadable(string dtype) => dtype is "F32" or "F16" or "BF16" or "F64";
}
