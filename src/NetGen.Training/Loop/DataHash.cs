using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NetGen.Training.Loop;

/// <summary>A hash of a data set's numbers, by which a resumed run knows that they are the same.</summary>
internal static class DataHash
{
    public static string Of(Dataset data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(data.Features));
        hash.AppendData(MemoryMarshal.AsBytes(data.SampleWeights));
        if (data is LabeledDataset labeled)
            hash.AppendData(MemoryMarshal.AsBytes(labeled.Labels));
        if (data is TargetDataset targets)
            hash.AppendData(MemoryMarshal.AsBytes(targets.Targets));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
