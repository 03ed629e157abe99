using System;
using NetGen.Compiler.Diagnostics;

namespace NetGen.Cli;

/// <summary>What is said when NetGen itself is wrong, on one line and without a stack trace.</summary>
internal static class InternalErrors
{
    public static string Describe(Exception exception) => $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}";

    public static Diagnostic Of(Exception exception) =>
        new(Rules.InternalError, default, $"NetGen failed on this spec with {Describe(exception)}; this is a mistake in NetGen, please report it together with the spec");
}
