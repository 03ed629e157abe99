using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Options;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Layers;

/// <summary>What <c>padding</c> says: a word, or zeros on both sides of each axis.</summary>
internal enum PaddingKind
{
    /// <summary>So many zeros on both sides; none by default.</summary>
    Numeric,

    /// <summary>As many as give ceil(length / stride) outputs, the smaller half before: as Keras pads.</summary>
    Same,

    /// <summary>All before, so that no output sees what comes after it.</summary>
    Causal,
}

/// <summary>The zeros around the axes that a window runs along.</summary>
/// <param name="Amounts">On each side of each axis, where the kind is numeric.</param>
internal sealed record Padding(PaddingKind Kind, EquatableArray<int> Amounts)
{
    /// <summary>The most zeros on one side, and the largest window: far more than any network holds.</summary>
    public const int Max = 16_777_216;

    /// <summary>An axis with these zeros around it.</summary>
    public WindowAxis Along(int axis, int length, int size, int stride, int dilation)
    {
        long reach = ((long)size - 1) * dilation;
        long outputs = (length + (long)stride - 1) / stride;
        long same = System.Math.Max(((outputs - 1) * stride) + reach + 1 - length, 0);
        (long before, long after) = Kind switch
        {
            PaddingKind.Same => (same / 2, same - (same / 2)),
            PaddingKind.Causal => (reach, 0),
            _ => (Amounts[axis], Amounts[axis]),
        };
        return new WindowAxis(length, size, stride, dilation, before, after);
    }

    /// <summary>Reads <c>padding</c>: one of the words, a number, or one for each axis. Null after an error.</summary>
    /// <param name="words">Those of <c>valid</c>, <c>same</c> and <c>causal</c> that the layer takes.</param>
    public static Padding? Read(OptionReader options, EquatableArray<string> axes, params string[] words)
    {
        if (options.Find("padding") is ScalarValue word && !CoreSchema.TryInteger(word, out _) && !CoreSchema.IsIntegerTooLarge(word))
        {
            if (!words.Contains(word.Text))
            {
                var meant = Suggestion.Of(word.Text, words, ValueWords.Words, () => word.Text switch
                {
                    "same" => "where outputs are larger than inputs there is none that are the same",
                    "causal" => "causal is for conv1d, along time",
                    _ => null,
                });
                options.Report(Rules.UnknownWord, word.Span, $"{options.Owner}: 'padding' is {string.Join(", ", words)} or a number, not {Node.Describe(word)}{meant.Hint}", meant.Spell(word.Span));
                return null;
            }

            if (word.Text != "valid")
                return new Padding(word.Text == "same" ? PaddingKind.Same : PaddingKind.Causal, default);
            return new Padding(PaddingKind.Numeric, axes.Select(static _ => 0).ToEquatable());
        }

        return options.Sizes("padding", axes, 0, 0, Max, "1") is { } amounts ? new Padding(PaddingKind.Numeric, amounts) : null;
    }
}

/// <summary>A window that runs along one axis: output i sees the elements i stride + k dilation, k below size, of the padded axis.</summary>
/// <param name="Length">Of the axis, without its zeros.</param>
/// <param name="Size">Elements that the window sees.</param>
/// <param name="Before">Zeros before the axis.</param>
/// <param name="After">Zeros after it.</param>
internal readonly record struct WindowAxis(int Length, int Size, int Stride, int Dilation, long Before, long After)
{
    /// <summary>From the first element that a window sees to the last: (size - 1) dilation + 1.</summary>
    public long Extent => (((long)Size - 1) * Dilation) + 1;

    public long Padded => Length + Before + After;

    /// <summary>A last window that does not fit counts too, as long as it begins before the axis ends.</summary>
    public bool RoundsUp { get; init; }

    /// <summary>
    /// How many windows fit: floor((padded - extent) / stride) + 1; none where the window is the larger. Rounded up, one more where elements are left over.
    /// </summary>
    public int Outputs
    {
        get
        {
            long free = Padded - Extent + (RoundsUp ? Stride - 1 : 0);
            if (free < 0)
                return 0;
            long windows = (free / Stride) + 1;
            return (int)System.Math.Min(RoundsUp && (windows - 1) * Stride >= Length + Before ? windows - 1 : windows, int.MaxValue);
        }
    }

    /// <summary>How many places of the last window lie behind the padding.</summary>
    public int Beyond => (int)System.Math.Max(0, ((Outputs - 1L) * Stride) + Extent - Padded);
}
