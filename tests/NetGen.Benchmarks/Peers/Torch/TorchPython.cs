using System.Collections.Generic;

namespace NetGen.Benchmarks;

/// <summary>A Python that has PyTorch: the first on the path, or else the system's, which packages of the system install into.</summary>
internal static class TorchPython
{
    /// <summary>The command, and the versions of both; null where there is none.</summary>
    public static (string Command, string Version)? Find()
    {
        foreach (string python in (IReadOnlyList<string>)["python3", "/usr/bin/python3"])
        {
            if (Commands.TryRun(python, ["-c", "import torch, platform; print(torch.__version__, 'on Python', platform.python_version())"]) is { Status: 0 } found)
                return (python, found.Output.Split('\n')[0].Trim() + ", one thread");
        }

        return null;
    }
}
