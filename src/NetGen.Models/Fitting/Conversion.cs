using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Models.Weights;

namespace NetGen.Models.Fitting;

/// <summary>Makes floats of tensors, and keeps what is to be said of that.</summary>
internal sealed class Conversion
{
    /// <summary>More does not fit a file that is compiled in.</summary>
    private const long MostFloats = 1L << 28;

    private readonly List<string> _notFinite = [];
    private long _floats, _rounded, _tensors;
    private double _largest;

    public float[] ToFloats(FileTensor tensor)
    {
        if ((_floats += tensor.View.Count) > MostFloats)
            throw new TensorFileException($"its tensors have more than {CSharpLiteral.Grouped(MostFloats)} numbers; leave some out by --rename NAME=.");
        try
        {
            (float[] values, Rounding rounding) = Elements.ToFloats(tensor.View);
            (_rounded, _largest, _tensors) = (_rounded + rounding.Rounded, Math.Max(_largest, rounding.LargestError),
                _tensors + (rounding.Rounded > 0 ? 1 : 0));
            if (values.Any(static v => !float.IsFinite(v)))
                _notFinite.Add(tensor.Name);
            return values;
        }
        catch (TensorFileException e)
        {
            throw new TensorFileException($"tensor {Excerpt.Quote(tensor.Name)} cannot be used: {e.Message.TrimEnd('.')}; leave it out by --rename "
                + $"{tensor.Name}=, or save it as float32.", e);
        }
    }

    public IEnumerable<string> Notes
    {
        get
        {
            if (_rounded > 0)
                yield return FormattableString.Invariant($"{CSharpLiteral.Grouped(_rounded)} numbers of {_tensors} {(_tensors == 1 ? "tensor" : "tensors")} were doubles, rounded to floats by {_largest:0.0e-0} of their value at most");
            if (_notFinite.Count > 0)
                yield return $"{Excerpt.Names(_notFinite)} {(_notFinite.Count == 1 ? "holds" : "hold")} numbers that are infinite or NaN";
        }
    }
}
