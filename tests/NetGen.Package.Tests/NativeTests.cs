using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>A fact that needs what links native code.</summary>
internal sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "The native compiler is tried on Linux.";
        else if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(static f => File.Exists(Path.Combine(f, "clang")) || File.Exists(Path.Combine(f, "gcc"))))
            Skip = "Neither clang nor gcc is there to link native code.";
    }
}

/// <summary>The example Classify as a native program: no warning, nothing beside it, and right.</summary>
[Collection(PackageFeed.Name)]
public sealed class NativeTests(PackageFeed feed)
{
    [NativeFact]
    public async Task Classify_is_published_native_without_a_warning_and_classifies()
    {
        string folder = feed.NewFolder("Native"), output = Path.Combine(folder, "out");
        string system = "linux-" + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

        // The generator was built for the packages.
        string log = (await DotNet.Build(
            PackageFeed.Repository, "publish", "examples/Classify", "-c", "Release", "-r", system, "-o", output,
            "--artifacts-path", feed.Artifacts)).Successful();

        Assert.DoesNotContain("warning", log, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Directory.GetFiles(output, "*.dll"));
        Assert.InRange(new FileInfo(Path.Combine(output, "Classify")).Length, 100_000, 4_000_000);
        DotNetResult run = await DotNet.RunProgram(Path.Combine(output, "Classify"), folder);
        string accuracy = run.Successful().Split('\n').Single(static l => l.StartsWith("accuracy ", StringComparison.Ordinal)).Split(' ')[1];
        Assert.True(double.Parse(accuracy, System.Globalization.CultureInfo.InvariantCulture) >= 0.98, run.Output);
    }
}
