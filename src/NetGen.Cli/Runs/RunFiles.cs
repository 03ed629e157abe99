using System;
using System.IO;

namespace NetGen.Cli.Runs;

/// <summary>The files of a run, which begin with its name; one run at a time writes them.</summary>
internal sealed class RunFiles : IDisposable
{
    private readonly FileStream hold;

    private RunFiles(string name, FileStream hold) => (Name, this.hold) = (name, hold);

    /// <summary>What the files' names begin with: a path.</summary>
    public string Name { get; }

    /// <summary>The network's weights.</summary>
    public string Weights => WeightsOf(Name);

    /// <summary>Figures by epoch.</summary>
    public string Metrics => MetricsOf(Name);

    /// <summary>The page.</summary>
    public string Report => ReportOf(Name);

    /// <summary>What an interrupted run goes on from.</summary>
    public string Checkpoint => Name + ".checkpoint";

    /// <inheritdoc cref="Weights"/>
    public static string WeightsOf(string name) => name + ".safetensors";

    /// <inheritdoc cref="Metrics"/>
    public static string MetricsOf(string name) => name + ".metrics.csv";

    /// <inheritdoc cref="Report"/>
    public static string ReportOf(string name) => name + ".report.html";

    /// <summary>The name of a spec's run where none is given: the spec's, in the current folder.</summary>
    public static string NameOf(string spec) => Path.GetFileNameWithoutExtension(spec);

    /// <summary>Takes the files of a name for this run.</summary>
    /// <exception cref="RunException">Another run has them, or they cannot be written.</exception>
    public static RunFiles Take(string name)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(name))!;
        if (!Directory.Exists(folder))
            throw new RunException($"{WeightsOf(name)}: there is no folder {Path.GetDirectoryName(name)}; make it first, or name files elsewhere by -o");
        foreach (string path in (string[])[WeightsOf(name), MetricsOf(name), ReportOf(name)])
        {
            if (Directory.Exists(path))
                throw new RunException($"{path}: it is a folder, where a file is to be written; name other files by -o");
            if (new FileInfo(path) is { Exists: true, IsReadOnly: true })
                throw new RunException($"{path}: it is read-only, and would be overwritten; name other files by -o");
        }

        return new RunFiles(name, Hold(name, WeightsOf(name)));
    }

    /// <summary>Holds a name, until it is disposed of, against others that would write the same files.</summary>
    /// <param name="name">The name.</param>
    /// <param name="file">One of the files, as messages name it.</param>
    /// <exception cref="RunException">Another has it, or nothing can be written there.</exception>
    public static FileStream Hold(string name, string file)
    {
        string held = name + ".lock";
        try
        {
            // A process that is killed leaves the file, but not its hold on it.
            return new FileStream(held, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new RunException($"{file}: the folder {Path.GetDirectoryName(Path.GetFullPath(name))} cannot be written; name files elsewhere by -o", e);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new RunException($"{file}: there is no folder {Path.GetDirectoryName(name)}; make it first, or name files elsewhere by -o", e);
        }
        catch (IOException e) when (File.Exists(held))
        {
            throw new RunException($"{file}: another run writes to this name; wait for it, or give this one another by -o", e);
        }
        catch (IOException e)
        {
            throw new RunException($"{file}: it cannot be written: {SpecFinder.Reason(e)}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => hold.Dispose();
}
