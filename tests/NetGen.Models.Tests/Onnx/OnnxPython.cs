using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Models.Tests.Onnx;

/// <summary>Python with the package onnx, where it is installed.</summary>
internal static class OnnxPython
{
    // Debian's python3-onnx is of the system's Python, which need not be the first in the path.
    private static readonly Lazy<(string Python, Version Version)?> s_found = new(Find);

    public static string? WhyNot => s_found.Value is null ? "Python's package onnx is not installed: apt-get install python3-onnx" : null;

    /// <summary>The last opset that it knows.</summary>
    public static int LastOpset => s_found.Value!.Value.Version switch
    {
        { Major: 1, Minor: < 13 } => 17,
        { Major: 1, Minor: 13 } => 18,
        { Major: 1, Minor: 14 } => 19,
        { Major: 1, Minor: 15 } => 20,
        _ => 21,
    };

    /// <summary>What a program writes, and whether it ended well.</summary>
    public static (bool IsRight, string Text) Run(string program, params string[] arguments) => Start(s_found.Value!.Value.Python, program, arguments);

    private static (string Python, Version Version)? Find()
    {
        foreach (string python in (string[])["python3", "/usr/bin/python3"])
        {
            try
            {
                (bool isRight, string text) = Start(python, "import onnx; print('.'.join(onnx.__version__.split('.')[:2]))", []);
                if (isRight && Version.TryParse(text.Trim(), out Version? version))
                    return (python, version);
            }
            catch (Win32Exception)
            {
                // There is none of that name.
            }
        }

        return null;
    }

    private static (bool IsRight, string Text) Start(string python, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(python, ["-c", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode == 0, process.ExitCode == 0 ? output : output + errors.Result);
    }
}

/// <summary>A test that is skipped where Python's onnx is not installed.</summary>
internal sealed class OnnxPythonFactAttribute : FactAttribute
{
    public OnnxPythonFactAttribute() => Skip = OnnxPython.WhyNot;
}
