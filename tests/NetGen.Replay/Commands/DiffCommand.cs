using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NetGen.Replay.Comparison;
using NetGen.Replay.Storage;

namespace NetGen.Replay.Commands;

/// <summary><c>replay diff</c>: what a change changed.</summary>
internal static class DiffCommand
{
    private const string FileName = "diff.txt";

    /// <summary>Lines of one group that the console shows; the file beside the manifests has all.</summary>
    private const int MostLines = 60;

    private const int MostKeys = 3;

    public static Command Create()
    {
        var against = new Argument<string?>("BASE")
        {
            Description = "What was recorded, or how its name begins; without it, the newest that is not of the working tree.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        // The parser takes an option that there is not for the argument.
        against.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] option }])
                result.AddError($"There is no option '{option}'.");
        });
        var names = new Option<bool>("--names") { Description = "Texts are equal where nothing but names differs that the file declares itself." };
        var kinds = new Option<bool>("--kinds") { Description = "Shows single changes instead of whole texts, those that differ in numbers alone once." };
        var show = new Option<int>("--show") { Description = "How many groups are shown.", HelpName = "N", DefaultValueFactory = static _ => 10 };
        const string Summary = "Records the working tree, and compares it with what was recorded before. Ends with status 1 where something changed.";
        var command = new Command("diff", Summary) { against, names, kinds, show };
        command.SetAction(parsed =>
        {
            var context = ReplayContext.Of(parsed);
            string revision = context.Repository.Revision();
            Manifest before = context.Vault.Base(parsed.GetValue(against), revision);
            Manifest after = context.Record(revision, before.IsFull);
            return Compare(context, before, after, new Options(parsed.GetValue(names), parsed.GetValue(kinds), parsed.GetValue(show)));
        });
        return command;
    }

    private static int Compare(ReplayContext context, Manifest before, Manifest after, Options options)
    {
        var clock = Stopwatch.StartNew();
        TextWriter output = context.Output;
        TextStore texts = context.Vault.Texts;
        ManifestComparison comparison = ManifestComparison.Of(before, after);
        IReadOnlyList<ChangedText> changed = options.IgnoresNames ? ByMoreThanNames(comparison.Changed, texts) : comparison.Changed;
        string renamed = options.IgnoresNames ? $"equal but for names {comparison.Changed.Count - changed.Count:N0}, " : "";
        output.WriteLine($"since {before.Name}: equal {comparison.Equal:N0}, {renamed}changed {changed.Count:N0}, "
            + $"new {comparison.New.Count:N0}, gone {comparison.Gone.Count:N0}");
        if (before.CorpusId != after.CorpusId)
            output.WriteLine("the corpus was another one then: networks that only one of them has count as new or gone");
        double growth = (double)(after.Characters - before.Characters) / before.Characters;
        output.WriteLine($"characters: {before.Characters:N0} before, {after.Characters:N0} now ({growth:+0.000%;-0.000%;0%})");
        if (comparison.New.Count > 0)
            output.WriteLine($"new: {ReplayContext.Some(comparison.New)}");
        if (comparison.Gone.Count > 0)
            output.WriteLine($"gone: {ReplayContext.Some(comparison.Gone)}");
        if (changed.Count > 0)
        {
            (IReadOnlyList<Section> sections, string things) = options.ByKind
                ? (Kinds(changed, texts), "kinds of change")
                : (Groups(changed, texts), "different changes");
            output.WriteLine($"{sections.Count:N0} {things}, compared in {clock.Elapsed.TotalSeconds:0.0} s");
            Write(output, sections.Take(options.Shown), MostLines);
            string path = Path.Combine(context.Vault.Folder, FileName);
            using (StreamWriter file = new(path))
                Write(file, sections, int.MaxValue);
            output.WriteLine();
            if (!options.ByKind && sections.Count > options.Shown)
                output.WriteLine("--kinds shows single changes instead, once for all that differ in numbers alone");
            output.WriteLine($"all of them: {Path.GetRelativePath(context.Repository.Root, path)}");
        }

        return changed.Count + comparison.New.Count + comparison.Gone.Count == 0 ? ReplayContext.Ok : ReplayContext.Changed;
    }

    /// <summary>Those texts in which something else than names changed.</summary>
    private static IReadOnlyList<ChangedText> ByMoreThanNames(IReadOnlyList<ChangedText> texts, TextStore store) =>
    [
        .. texts.GroupBy(static text => (text.Old, text.New)).AsParallel().AsOrdered()
            .Where(same => !NameComparison.AreEqual(store.Read(same.Key.Old), store.Read(same.Key.New)))
            .SelectMany(static same => same),
    ];

    private static IReadOnlyList<Section> Groups(IReadOnlyList<ChangedText> changed, TextStore texts) =>
    [
        .. DiffGroup.Of(changed, texts.Read).Select(group => new Section(
            $"{Count(group.Texts.Count, "text")}, {Fewest(group)}{Count(group.MostLines, "line")} each",
            [.. group.Texts.Take(MostKeys).Select(static text => text.Key), .. group.Texts.Count > MostKeys ? ["..."] : (string[])[]],
            () => Diff(group.Texts[0], texts).Unified())),
    ];

    private static IReadOnlyList<Section> Kinds(IReadOnlyList<ChangedText> changed, TextStore texts) =>
    [
        .. ChangeKind.Of(changed, texts.Read).Select(kind => new Section(
            $"{Count(kind.Places, "place")} in {Count(kind.Texts, "text")}",
            [kind.Example.Key],
            () => Diff(kind.Example, texts).Unified(kind.Change))),
    ];

    private static string Fewest(DiffGroup group) => group.FewestLines == group.MostLines ? "" : $"{group.FewestLines:N0} to ";

    private static string Count(int number, string things) => $"{number:N0} {things}{(number == 1 ? "" : "s")}";

    private static LineDiff Diff(ChangedText text, TextStore texts) => LineDiff.Of(texts.Read(text.Old), texts.Read(text.New));

    private static void Write(TextWriter output, IEnumerable<Section> sections, int mostLines)
    {
        foreach ((int k, Section section) in sections.Index())
        {
            output.WriteLine();
            output.WriteLine($"[{k + 1}] {section.Title}:");
            foreach (string key in section.Keys)
                output.WriteLine($"    {key}");
            IReadOnlyList<string> diff = section.Diff();
            foreach (string line in diff.Take(mostLines))
                output.WriteLine(line);
            if (diff.Count > mostLines)
                output.WriteLine($"... and {diff.Count - mostLines:N0} lines more");
        }
    }

    private sealed record Options(bool IgnoresNames, bool ByKind, int Shown);

    /// <summary>What is shown once of what changed alike.</summary>
    /// <param name="Diff">Computed when it is written: there may be thousands.</param>
    private sealed record Section(string Title, IReadOnlyList<string> Keys, Func<IReadOnlyList<string>> Diff);
}
