using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Layers.Cells;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>The options of a recurrent layer, alone or within another, and what it reads.</summary>
internal static class RecurrentOptions
{
    private const int MaxUnits = 65_536;

    /// <param name="isAlone">It stands in no other layer: it may begin from states, and share the weights of another layer.</param>
    public static OptionKeys KeysOf(RecurrentCell cell, bool isAlone) => OptionKeys.WithMain("units",
    [
        "return_sequences", "truncate", "checkpoint", "activation", .. cell.HasRecurrentActivation ? new[] { "recurrent_activation" } : [],
        .. cell is GruCell ? new[] { "reset_after" } : [], "use_bias", "kernel_initializer", "recurrent_initializer", .. isAlone ? new[] { RecurrentDefinition.InitialState, "weights_of" } : [],
    ]);

    /// <summary>The output as far as it is known; and the layer, which trains nothing yet, or null after an error.</summary>
    public static (Shape? Output, Recurrent? Layer) Read(OptionReader options, RecurrentCell cell, string name, Shape? input)
    {
        int? units = options.RequiredInteger("units", 1, MaxUnits, "16");
        bool returnsSequences = options.Boolean("return_sequences", false);
        int? truncate = options.Integer("truncate", 1, int.MaxValue, "20");
        int checkpoint = options.Integer("checkpoint", 1, int.MaxValue, "10") ?? 1;
        RecurrentCell? activated = ReadActivations(options, cell);
        bool useBias = options.Boolean("use_bias", true);
        EquatableArray<int>? Gate(int? inputs) => units is { } n && inputs is { } i ? EquatableArray.Of(n, i) : null;
        Initializer PerGate(Initializer initializer) =>
            initializer is OrthogonalInitializer orthogonal ? orthogonal with { Blocks = cell.Gates.Count } : initializer;
        Initializer kernel = InitializerRegistry.Read(options, "kernel_initializer", Gate(input?.Last), "glorot_uniform");
        Initializer recurrent = InitializerRegistry.Read(options, "recurrent_initializer", Gate(units), "orthogonal");
        Shape? output = input is null || units is not { } u ? null
            : returnsSequences ? new Shape(EquatableArray.Of(input.Dimensions[0], u), Layout.Sequence) : Shape.Vector(u);
        return (output, options.Failed || activated is null || output is null
            ? null
            : new Recurrent(name, activated, input!, output, returnsSequences, truncate, checkpoint, PerGate(kernel), PerGate(recurrent), default)
            {
                UseBias = useBias,
            });
    }

    private static RecurrentCell? ReadActivations(OptionReader options, RecurrentCell cell)
    {
        ElementwiseActivation? activation = ReadActivation(options, "activation", RecurrentCell.Tanh);
        ElementwiseActivation? recurrent = !cell.HasRecurrentActivation ? RecurrentCell.Sigmoid
            : ReadActivation(options, "recurrent_activation", RecurrentCell.Sigmoid);
        // Keras's word says that the reset comes after the product.
        bool resetsState = cell is GruCell && !options.Boolean("reset_after", true);
        if (activation is null || recurrent is null)
            return null;
        cell = cell with { Activation = activation, RecurrentActivation = recurrent };
        return cell is GruCell gru ? gru with { ResetsState = resetsState } : cell;
    }

    private static ElementwiseActivation? ReadActivation(OptionReader options, string key, ElementwiseActivation otherwise)
    {
        if (options.Find(key) is not { } value)
            return otherwise;
        Activation? activation = ActivationDefinition.Read(options, key);
        if (activation is null or ElementwiseActivation)
            return (ElementwiseActivation?)activation;
        options.Report(Rules.UnknownActivation, value.Span,
            $"{options.Owner}: '{key}' is {activation.Kind}, which is over all units together, but a step works on each unit by itself; write e.g. {key}: {otherwise.Kind}");
        return null;
    }

    /// <summary>A sequence, which rank 2 becomes here where nothing has decided it.</summary>
    public static Shape? CheckInput(LayerBinder b)
    {
        if (b.Input is not { } input)
            return null;
        string owner = b.Options.Owner;
        SourceSpan place = b.Options.Node.Kind.Span;
        if (input.Rank == 2 && input.Layout != Layout.Channels)
            return input with { Layout = Layout.Sequence };
        if (input.Rank == 2)
        {
            b.ReportLayout($"{owner} takes a sequence, [time, features], but {b.Given}", ", which makes the channels features");
            return null;
        }

        string message = $"{owner} takes a sequence, [time, features], but '{b.Before}' before it gives {(input.Rank == 1 ? "a vector of " : "")}{input}";
        if (b.ReportLastState(Rules.WrongRank, place, message) || b.ReportFlattened(message, 2))
            return null;
        if (input.Rank == 1)
            b.Report(Rules.WrongRank, place, $"{message}; put reshape: [{input.Size}, 1] before it for one feature at each of {input.Size} steps, or an embedding, which makes a sequence of indices", b.InsertBefore("reshape", $"[{input.Size}, 1]"));
        else
            b.Report(Rules.WrongRank, place, $"{message}; put a reshape to [time, features] before it");
        return null;
    }
}
