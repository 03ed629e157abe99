using System;

namespace NetGen.Generator;

/// <summary>What is said when NetGen itself is wrong.</summary>
internal static class InternalErrors
{
    /// <summary>Any exception is one of ours, but for the host's own: a cancelled run must end.</summary>
    public static bool IsOurs(Exception exception) => exception is not OperationCanceledException;

    /// <summary>On one line, as a diagnostic is.</summary>
    public static string Describe(Exception exception) =>
        $"{exception.GetType().Name}: {exception.Message.Replace("\r", "").Replace('\n', ' ')}";

    public static string Message(string network, string failure) =>
        $"NetGen failed on the network '{network}' with {failure}; this is a mistake in NetGen, please report it together with the spec";
}
