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

    /// <summary>Its own options; <c>name</c> and <c>trainable</c> are every layer's.</summary>
    public abstract OptionKeys Keys { get; }

    /// <summary>What its parameters are called, for <c>trainable: [weight]</c>.</summary>
    public virtual EquatableArray<string> ParameterNames => default;

    /// <summary>
    /// Reads the options and applies the shape rule. Null after an error; what is known of the output all the same goes to
    /// <see cref="LayerBinder.Output"/>, so that the layers after it are still checked.
    /// </summary>
    public abstract Layer? Bind(LayerBinder binder);
}

/// <summary>What a layer binds with: its options, the shape before it, and where to report.</summary>
/// <param name="name">The layer's name.</param>
/// <param name="input">The shape before it; null where an error leaves it unknown.</param>
/// <param name="before">The name of what stands before it.</param>
internal sealed class LayerBinder(LayerDefinition definition, OptionReader options, string name, Shape? input, string before)
{
    public OptionReader Options => options;

    public string Name => name;

    public Shape? Input => input;

    public string Before => before;

    /// <summary>The shape of the output as far as it is known.</summary>
    public Shape? Output { get; set; }

    public bool Failed => options.Failed;

    public void Report(Rule rule, SourceSpan span, string message) => options.Report(rule, span, message);

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
        string near = item is ScalarValue s && Nearest.Find(s.Text, all) is { } found ? $"; did you mean '{found}'?" : "";
        Report(Rules.UnknownWord, item.Span, $"{options.Owner}: 'trainable' lists {Node.Describe(item)}, but {known}{near}");
    }
}
