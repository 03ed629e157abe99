using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetGen.Cli.Runs;

/// <summary>What a run depends on beside its data and options.</summary>
internal static class RunEnvironment
{
    /// <summary>.NET's and the operating system's versions.</summary>
    public static string Runtime => $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription.Trim()}";

    /// <summary>The widest vectors and the processors.</summary>
    public static string Processor
    {
        get
        {
            int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 32;
            return FormattableString.Invariant($"{RuntimeInformation.ProcessArchitecture}, vectors of {bits} bits, {Environment.ProcessorCount} processors");
        }
    }
}
