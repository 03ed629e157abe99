using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace NetGen.Models.Onnx.Runtime;

/// <summary>
/// Finds the native library of ONNX Runtime, which is too large to travel with the tool: beside the tool, in the user's folder of NuGet packages, or in the
/// system.
/// </summary>
internal static class OnnxRuntimeLibrary
{
    private const string Package = "microsoft.ml.onnxruntime", Library = "onnxruntime";

    private static readonly Lazy<string?> s_problem = new(Load);

    private static nint s_handle;

    /// <summary>Loads the library, once for the process; null where it is there, else why it is not.</summary>
    public static string? Problem => s_problem.Value;

    /// <summary>The version that the C# calls, and with it the oldest that serves.</summary>
    private static Version Version { get; } = VersionOf(typeof(InferenceSession).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion)
        ?? typeof(InferenceSession).Assembly.GetName().Version!;

    private static string? Load()
    {
        // The resolver of the C# itself looks beside the assembly alone.
        OrtEnv.DisableDllImportResolver = true;
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(InferenceSession).Assembly, static (name, _, _) => name == Library ? s_handle : 0);
        }
        catch (InvalidOperationException)
        {
            // Something else in this process calls it already.
            return Start(FileName);
        }

        foreach (string path in Candidates())
        {
            if (NativeLibrary.TryLoad(path, out s_handle))
                return Start(path);
        }

        return NativeLibrary.TryLoad(Library, typeof(InferenceSession).Assembly, DllImportSearchPath.SafeDirectories, out s_handle) || NativeLibrary.TryLoad(FileName, out s_handle) ? Start(FileName)
            : $"ONNX Runtime is not restored: there is neither {FileName} beside the tool, nor the NuGet package {Package} {Version} (or a newer one) in {Packages}, nor a system's library; "
                + $"run dotnet add package Microsoft.ML.OnnxRuntime in any project, which restores it, or install the library";
    }

    /// <summary>Has the library begin; the oldest of the system may lack what is called.</summary>
    private static string? Start(string path)
    {
        try
        {
            if (OrtEnv.IsCreated)
                return null;
            var options = new EnvironmentCreationOptions { logId = "netgen", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            _ = OrtEnv.CreateInstanceWithOptions(ref options);
            return null;
        }
        catch (Exception e) when (e is TypeInitializationException or EntryPointNotFoundException or DllNotFoundException or BadImageFormatException or OnnxRuntimeException or NullReferenceException)
        {
            return $"{path}: the ONNX Runtime that is there does not serve ({(e.InnerException ?? e).Message}); version {Version} or a newer one is needed";
        }
    }

    private static IEnumerable<string> Candidates()
    {
        yield return Path.Combine(AppContext.BaseDirectory, FileName);
        yield return Path.Combine(AppContext.BaseDirectory, "runtimes", Rid, "native", FileName);
        string package = Path.Combine(Packages, Package);
        if (!Directory.Exists(package))
            yield break;
        // The very version first, and then those after it.
        foreach (string folder in Directory.GetDirectories(package).Where(static f => VersionOf(Path.GetFileName(f)) >= Version).OrderBy(static f => VersionOf(Path.GetFileName(f))))
            yield return Path.Combine(folder, "runtimes", Rid, "native", FileName);
    }

    private static string Packages => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } stated ? stated
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string FileName => OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so";

    private static string Rid => $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>Of a text such as 1.31.1+5f3a or 1.32.0-rc1, its numbers.</summary>
    private static Version? VersionOf(string? text) => Version.TryParse(text?.Split('-', '+')[0], out Version? version) ? version : null;
}
