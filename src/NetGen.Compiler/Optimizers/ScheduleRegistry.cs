using System;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Options;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Optimizers;

/// <summary>One schedule of the grammar.</summary>
/// <param name="required">The keys that must be there.</param>
/// <param name="example">How it is written, for messages.</param>
/// <param name="bind">From its options to the rate, and the schedule where that is not one rate for all steps.</param>
internal sealed class ScheduleDefinition(
    string name, OptionKeys keys, string[] required, string example, Func<OptionReader, (float Rate, Schedule? Schedule)> bind) : IDefinition
{
    public string Name => name;

    public OptionKeys Keys => keys;

    public (float Rate, Schedule? Schedule) Bind(OptionReader options)
    {
        // A main value where there is none has been reported, and is what the keys are missing for.
        if (options.Node.Main is null || keys.Main is not null)
        {
            string[] missing = [.. required.Where(k => options.Find(k) is null && !options.IsMisspelt(k))];
            if (missing.Length > 0)
                options.ReportMissing(missing[0], $"{options.Owner} needs {string.Join(" and ", missing.Select(static k => $"'{k}'"))}; write e.g. learning_rate: {{ {example} }}");
        }

        return bind(options);
    }
}

/// <summary>Every schedule of the learning rate.</summary>
internal static class ScheduleRegistry
{
    public static readonly Registry<ScheduleDefinition> Schedules = new("schedule", Rules.UnknownWord,
    [
        new("constant", OptionKeys.WithMain("value"), ["value"], "constant: 0.1", static o => (Rate(o, "value"), null)),
        new("cosine", OptionKeys.Of("from", "to", "steps", "warmup"), ["from", "to", "steps"], "cosine: { from: 0.1, to: 0.001, steps: 10000 }", Cosine),
        new("step", OptionKeys.Of("from", "factor", "every"), ["from", "factor", "every"], "step: { from: 0.1, factor: 0.5, every: 1000 }",
            static o => Of(new StepSchedule(Rate(o, "from"), Factor(o, "factor"), Count(o, "every", 1000)))),
        new("exponential", OptionKeys.Of("from", "decay"), ["from", "decay"], "exponential: { from: 0.1, decay: 0.999 }",
            static o => Of(new ExponentialSchedule(Rate(o, "from"), Factor(o, "decay")))),
        new("inverse_time", OptionKeys.Of("from", "decay"), ["from", "decay"], "inverse_time: { from: 0.1, decay: 0.01 }",
            static o => Of(new InverseTimeSchedule(Rate(o, "from"), o.Number("decay", 0.01f, static v => v >= 0, "at least 0")))),
    ],
    OptimizerWords.Schedules);

    /// <summary>An optimizer's <c>learning_rate</c>: a number, or a schedule; the default where it is absent or wrong.</summary>
    public static (float Rate, Schedule? Schedule) Read(OptionReader options, float @default)
    {
        SpecValue? value = options.Find("learning_rate");
        bool isSchedule = value is MapValue { Entries.Count: > 0 } || (value is ScalarValue word && Schedules.All.Any(s => s.Name == word.Text));
        if (!isSchedule)
            return (options.Number("learning_rate", @default, static v => v >= 0, "at least 0"), null);

        int before = options.Diagnostics.Count;
        (float Rate, Schedule? Schedule)? read = ReadSchedule(options, value!);
        if (options.Diagnostics.Count == before)
            return read!.Value;
        options.Fail();
        return (@default, null);
    }

    private static (float, Schedule?)? ReadSchedule(OptionReader options, SpecValue value)
    {
        if (value is MapValue { Entries.Count: > 1 } several)
        {
            if (Schedules.Find(several.Entries[0].Key, options) is not { } first)
                return null;
            if (several.Entries.Skip(1).FirstOrDefault(e => Schedules.All.Any(s => s.Name == e.Key.Value)) is { } second)
            {
                options.Report(Rules.WrongKind, second.Key.Span,
                    $"{options.Owner}: 'learning_rate' has two schedules, '{first.Name}' and '{second.Key.Value}', but follows one; leave one of them out");
                return null;
            }
        }

        if (options.ReadNode(value, "a schedule", "learning_rate: { cosine: { from: 0.1, to: 0.001, steps: 10000 } }") is not { } node
            || Schedules.Find(node.Kind, options) is not { } definition)
            return null;
        return definition.Bind(options.Within(node, $"schedule '{definition.Name}'", definition.Keys));
    }

    private static (float, Schedule?) Of(Schedule schedule) => (schedule.From, schedule);

    private static (float, Schedule?) Cosine(OptionReader o)
    {
        float from = Rate(o, "from"), to = Rate(o, "to");
        int steps = Count(o, "steps", 10000), warmup = o.Integer("warmup", 0, int.MaxValue, "500") ?? 0;
        if (warmup >= steps && !o.Failed)
            o.Report(Rules.OutOfRange, o.SpanOf("warmup"), $"{o.Owner}: 'warmup' is {CSharpLiteral.Grouped(warmup)}, but must be below 'steps', which is {CSharpLiteral.Grouped(steps)} and counts the warmup too");
        return Of(new CosineSchedule(from, to, steps, warmup));
    }

    private static float Rate(OptionReader o, string key) => o.Number(key, 0.1f, static v => v >= 0, "at least 0");

    private static float Factor(OptionReader o, string key) => o.Number(key, 0.5f, static v => v is > 0 and <= 1, "above 0 and at most 1");

    private static int Count(OptionReader o, string key, int example) => o.Integer(key, 1, int.MaxValue, CSharpLiteral.Shortest((double)example)) ?? example;
}
