namespace NetGen.Cli;

/// <summary>How the tool ends.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>What the user gave is wrong: a spec has errors, a file cannot be read.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Ended by Ctrl-C: 128 and the number of the signal, as shells say it.</summary>
    public const int Cancelled = 130;
}
