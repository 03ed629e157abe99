using System;
using System.IO;

namespace NetGen.Benchmarks;

/// <summary>The files that are embedded in this assembly.</summary>
internal static class Resources
{
    public static string Text(string file)
    {
        using Stream stream = typeof(Resources).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not embedded");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
