using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Cli.Tests.Schema;

/// <summary>A document that is opened, and a place in it, from 0, where completion and hover are asked for.</summary>
internal sealed record Question(string Name, string Text, Place? At = null);

internal sealed record Place(int Line, int Character);

/// <summary>What the server said of a document.</summary>
internal sealed record Answer(string Name, IReadOnlyList<string> Completions, string Hover, IReadOnlyList<string> Diagnostics);

/// <summary>A test that needs yaml-language-server; skipped, with the reason, where it is not to be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EditorFactAttribute : FactAttribute
{
    public EditorFactAttribute() => Skip = YamlLanguageServer.WhyNot;
}

/// <summary>The server that editors check and complete YAML by, from the npm registry.</summary>
internal static class YamlLanguageServer
{
    private const string Version = "2.0.0";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<string?> s_whyNot = new(Install);

    /// <summary>Kept from one run to the next.</summary>
    private static readonly string s_folder = Path.Combine(Path.GetTempPath(), "netgen-yaml-language-server-" + Version);

    private static readonly string s_server = Path.Combine("node_modules", "yaml-language-server", "bin", "yaml-language-server");

    /// <summary>Null where it can be asked.</summary>
    public static string? WhyNot => s_whyNot.Value;

    public static async Task<IReadOnlyList<Answer>> Ask(string folder, params Question[] questions)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Here(), "editor.js"), Path.Combine(s_folder, s_server), folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(questions, s_json));
        process.StandardInput.Close();
        try
        {
            string answers = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
            return JsonSerializer.Deserialize<Answer[]>(answers, s_json)!;
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static string? Install()
    {
        if (File.Exists(Path.Combine(s_folder, s_server)))
            return null;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("netgen-npm-");
        try
        {
            if (Run("node", folder.FullName, "--version") is { } noNode)
                return noNode;
            string[] install = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0", "--fetch-timeout=15000", "yaml-language-server@" + Version];
            if (Run("npm", folder.FullName, install) is { } noServer)
                return noServer;
            // Another run may have been quicker.
            if (!Directory.Exists(s_folder))
                Directory.Move(folder.FullName, s_folder);
            return null;
        }
        catch (IOException e)
        {
            return "yaml-language-server could not be installed: " + e.Message;
        }
        finally
        {
            if (folder.Exists && Directory.Exists(folder.FullName))
                folder.Delete(recursive: true);
        }
    }

    /// <summary>Null where it ran well.</summary>
    private static string? Run(string program, string folder, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            process.OutputDataReceived += static (_, _) => { };
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(TimeSpan.FromSeconds(60)))
                return process.ExitCode == 0 ? null : $"'{program} {string.Join(' ', arguments)}' ended with status {process.ExitCode}; is there a network?";
            process.Kill(entireProcessTree: true);
            return $"'{program} {string.Join(' ', arguments)}' took more than a minute";
        }
        catch (Win32Exception)
        {
            return $"{program} is not installed";
        }
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
