using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Frontend;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>One layer of the grammar: its name and options, its shape rule with all its checks.</summary>
internal abstract class LayerDefinition : IDefinition
{
    public abstract string Name { get; }

    /// <summary>Its own options; <c>name</c>, <c>trainable</c> and <c>from</c> are every layer's.</summary>
    public abstract OptionKeys Keys { get; }

    /// <summary>It reads several values, which <c>from</c> lists.</summary>
    public virtual bool TakesSeveral => false;

    /// <summary>What its parameters are called, for <c>trainable: [weight]</c>.</summary>
    public virtual EquatableArray<string> ParameterNames => default;

    /// <summary>
    /// Reads the options and applies the shape rule. Null after an error; what is known of the output all the same goes to
    /// <see cref="LayerBinder.Output"/>, so that the layers after it are still checked.
    /// </summary>
    public abstract Layer? Bind(LayerBinder binder);
}

/// <summary>What a layer reads: the network's input, or what another layer gives.</summary>
/// <param name="Shape">Null where an error leaves it unknown.</param>
/// <param name="Span">Where it is named; of what simply stands before, the layer itself.</param>
internal sealed record LayerInput(string Name, Shape? Shape, SourceSpan Span);

/// <summary>What a layer binds with: its options, the shape before it, and where to report.</summary>
/// <param name="name">The layer's name.</param>
/// <param name="inputs">What it reads; null after an error in that.</param>
internal sealed class LayerBinder(LayerDefinition definition, OptionReader options, string name, IReadOnlyList<LayerInput>? inputs)
{
    public OptionReader Options => options;

    public string Name => name;

    /// <summary>What it reads; empty after an error in that.</summary>
    public IReadOnlyList<LayerInput> Inputs => inputs ?? [];

    /// <summary>The shape of what it reads; null where an error leaves it unknown.</summary>
    public Shape? Input => inputs?[0].Shape;

    /// <summary>The name of what it reads.</summary>
    public string Before => inputs?[0].Name ?? "";

    /// <summary>The shape of the output as far as it is known.</summary>
    public Shape? Output { get; set; }

    public bool Failed => options.Failed || inputs is null;

    public void Report(Rule rule, SourceSpan span, string message, params Change[] changes) => options.Report(rule, span, message, changes);

    /// <summary>The remedy where the layer takes a vector.</summary>
    public Change FlattenBefore => new Change.InsertLayer($"Put flatten before '{Name}'", options.Node.Kind.Span, "flatten");

    /// <summary>Which of the layer's parameters the step changes.</summary>
    public EquatableArray<string> ReadTrainable()
    {
        EquatableArray<string> all = definition.ParameterNames;
        SpecValue? value = options.Find("trainable");
        switch (value)
        {
            case null:
                return all;
            case ScalarValue scalar when CoreSchema.TryBoolean(scalar, out bool flag):
                return flag ? all : default;
            case ListValue list:
                var names = new List<string>();
                foreach (SpecValue item in list.Items)
                {
                    if (item is not ScalarValue parameter || !all.Contains(parameter.Text))
                        ReportParameter(item, all);
                    else if (names.Contains(parameter.Text))
                        Report(Rules.DuplicateName, item.Span, $"{options.Owner}: 'trainable' lists '{parameter.Text}' twice; once is enough");
                    else
                        names.Add(parameter.Text);
                }

                return names.ToEquatable();
            default:
                Report(Rules.WrongKind, value.Span, $"{options.Owner}: 'trainable' is true, false or a list of parameters, not {Node.Describe(value)}; write e.g. trainable: {(all.Count == 0 ? "false" : $"[{all[0]}]")}");
                return all;
        }
    }

    private void ReportParameter(SpecValue item, EquatableArray<string> all)
    {
        string known = all.Count == 0 ? "the layer has no parameters" : "its parameters are " + string.Join(", ", all);
        string? near = item is ScalarValue s ? Nearest.Find(s.Text, all) : null;
        Report(Rules.UnknownWord, item.Span, $"{options.Owner}: 'trainable' lists {Node.Describe(item)}, but {known}{(near is null ? "" : $"; did you mean '{near}'?")}", Change.Spell(item.Span, near));
    }
}
