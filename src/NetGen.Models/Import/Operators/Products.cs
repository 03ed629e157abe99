using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import.Operators;

/// <summary>Matrix products with a weight: dense layers.</summary>
internal static class Products
{
    /// <summary>Elements of a product of two computed matrices before they are summed.</summary>
    private const int LargestProduct = 1 << 20;

    public static IEnumerable<(string, Action<OperatorContext>)> All => [("Gemm", Gemm), ("MatMul", MatMul)];

    /// <summary>A dense layer on the last axis of a value.</summary>
    /// <param name="weight">[in, out], as the model multiplies.</param>
    /// <param name="bias">Null for none.</param>
    public static Variable Dense(OperatorContext c, Variable x, Constant weight, float[]? bias)
    {
        int inputs = weight.Shape[0], units = weight.Shape[1];
        if (x.Dims.Length == 0 || x.Dims[^1] != inputs)
            throw new UnsupportedNodeException($"its weight has {inputs} inputs, but {Sizes.Text(x.Dims)} comes to it");
        int[] leading = [.. Enumerable.Range(0, x.Dims.Length - 1).Where(k => x.Dims[k] > 1)];
        int rows = Sizes.Product(leading.Select(k => x.Dims[k]));
        int[]? places = null;
        Read source;
        if (x.Base is { } held && rows == 1)
        {
            // Its inputs are taken as they stand, and the weight's rows follow them: nothing has to be moved.
            places = Affine.PlacesInSource(held);
            source = c.Spec.Shaped(held.Source, [inputs]);
        }
        else
        {
            bool isAtRest = x.IsRowMajor && x.Source.Shape is { Length: 2 } s && s[0] == rows && s[1] == inputs && SpecBuilder.GroupOf(x.Source).Order != AxisOrder.Channels;
            source = rows == 1 && !isAtRest ? c.Spec.Arranged(x, [x.Dims.Length - 1], [inputs])
                : c.Spec.Arranged(x, [.. leading, x.Dims.Length - 1], [rows, inputs], AxisOrder.Sequence, decides: true);
        }

        float[] values = new float[weight.Count];
        for (int i = 0; i < inputs; i++)
        {
            for (int o = 0; o < units; o++)
                values[o * inputs + (places is null ? i : places[i])] = (float)weight.Values[i * units + o];
        }

        int[] shape = source.Shape.Length == 1 ? [units] : [rows, units];
        var layer = new SpecLayer("dense", [source], shape, source.Shape.Length == 1 ? new LayoutGroup() : SpecBuilder.GroupOf(source))
        {
            Options = { KeyValuePair.Create("units", (object)units) },
            Parameters = { new NamedTensor("weight", [units, inputs], values) },
        };
        if (bias is null)
            layer.Set("use_bias", false);
        else
            layer.SetParameter(new NamedTensor("bias", [units], bias));
        Conv.AddOrigin(layer, weight);
        c.Spec.Add(layer);
        int[] dims = [.. x.Dims.Take(x.Dims.Length - 1), units];
        return Variable.InOrder(new Read(layer), dims, [.. leading, dims.Length - 1]);
    }

    private static void Gemm(OperatorContext c)
    {
        bool transA = c.Node.Integer("transA", 0) != 0, transB = c.Node.Integer("transB", 0) != 0;
        double alpha = c.Node.Number("alpha", 1), beta = c.Node.Number("beta", 1);
        if (c.Input(0) is ConstantValue { Constant: { Shape.Length: 2 } first } && c.Input(1) is Variable second)
        {
            // W x is (x' W')'.
            Variable turned = transB ? second : c.Spec.Strided(second).Transposed([1, 0]);
            c.Give(Plus(c, Scaled(c, Dense(c, turned, transA ? first : ConstantOperators.Transposed(first, [1, 0]), null).Transposed([1, 0]), alpha), c.Input(2), beta));
            return;
        }

        Variable x = c.Variable(0);
        if (c.Input(1) is Variable factor)
        {
            Variable a = transA ? c.Spec.Strided(x).Transposed([1, 0]) : x, b = transB ? c.Spec.Strided(factor).Transposed([1, 0]) : factor;
            c.Give(Plus(c, Scaled(c, Multiplied(c, a, b), alpha), c.Input(2), beta));
            return;
        }

        Constant weight = Matrix(c, 1, transB);
        if (alpha != 1)
            weight = weight with { Values = [.. weight.Values.Select(v => v * alpha)] };
        if (x.Dims.Length != 2)
            throw new UnsupportedNodeException($"its first factor is no matrix, but {Sizes.Text(x.Dims)}");
        if (transA)
            x = c.Spec.Strided(x).Transposed([1, 0]);
        int units = weight.Shape[1];
        Value? added = c.Input(2);
        // One number for each unit is a bias; a row of them is, too.
        bool isBias = added is ConstantValue { Constant: var k } && (k.Count == 1 || (k.Count == units && k.Shape[^1] == units));
        float[]? bias = isBias ? [.. ConstantOperators.Stretched(((ConstantValue)added!).Constant with { Shape = [((ConstantValue)added).Constant.Count] }, [units]).Values.Select(v => (float)(v * beta))] : null;
        Variable y = Dense(c, x, weight, bias);
        c.Give(isBias ? y : Plus(c, y, added, beta));
    }

    private static Variable Scaled(OperatorContext c, Variable x, double scale) => scale == 1 ? x : Affine.Of(c, x, scale, 0);

    private static Variable Plus(OperatorContext c, Variable x, Value? added, double scale) => added switch
    {
        null => x,
        Variable y => Joins.Join(c, "add", [x, Scaled(c, y, scale)]),
        ConstantValue { Constant: var k } => Affine.Of(c, x, Constant.Scalar(1, ElementKind.Float), scale == 1 ? k : k with { Values = [.. k.Values.Select(v => v * scale)] }, standardizes: false),
        _ => throw new UnsupportedNodeException("what it adds is not known"),
    };

    private static Constant Matrix(OperatorContext c, int input, bool isTransposed)
    {
        Constant weight = c.Input(input) is ConstantValue { Constant: var w } ? w
            : throw new UnsupportedNodeException("it multiplies two values that the network computes, as attention does; no layer does that");
        if (weight.Shape.Length != 2)
            throw new UnsupportedNodeException($"its weight is no matrix, but {Sizes.Text(weight.Shape)}");
        return isTransposed ? ConstantOperators.Transposed(weight, [1, 0]) : weight;
    }

    private static void MatMul(OperatorContext c)
    {
        if (c.Input(0) is Variable x && c.Input(1) is ConstantValue { Constant: var w })
        {
            // A stack of one matrix is that matrix; a vector is a matrix of one column, which goes afterwards.
            bool isVector = w.Shape.Length == 1;
            Constant matrix = isVector ? w with { Shape = [w.Count, 1] } : Matrix(w);
            Variable y = Dense(c, x, matrix, null);
            c.Give(isVector ? SpecBuilder.Reshaped(y, [.. y.Dims.Take(y.Dims.Length - 1)]) : w.Shape.Length > y.Dims.Length
                ? SpecBuilder.Reshaped(y, [.. Enumerable.Repeat(1, w.Shape.Length - y.Dims.Length), .. y.Dims]) : y);
        }
        else if (c.Input(0) is ConstantValue { Constant: var left } && c.Input(1) is Variable right && right.Dims.Length >= 2)
        {
            // W x is (x' W')'.
            Constant matrix = ConstantOperators.Transposed(Matrix(left), [1, 0]);
            int rank = right.Dims.Length;
            int[] exchange = [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2];
            c.Give(Dense(c, c.Spec.Strided(right).Transposed(exchange), matrix, null).Transposed(exchange));
        }
        else
            c.Give(Multiplied(c, c.Variable(0), c.Variable(1)));
    }

    /// <summary>
    /// The product of two matrices that the network computes, or of two stacks of them, as attention has it: elements times elements, and sums. No layer of
    /// a spec multiplies matrices.
    /// </summary>
    private static Variable Multiplied(OperatorContext c, Variable a, Variable b)
    {
        bool isRow = a.Dims.Length == 1, isColumn = b.Dims.Length == 1;
        int[] left = isRow ? [1, .. a.Dims] : a.Dims, right = isColumn ? [.. b.Dims, 1] : b.Dims;
        if (left[^1] != right[^2])
            throw new UnsupportedNodeException($"it multiplies {Sizes.Text(a.Dims)} by {Sizes.Text(b.Dims)}");
        int[] stack = Sizes.Broadcast(left[..^2], right[..^2]);
        long size = (long)Sizes.Product(stack) * left[^2] * left[^1] * right[^1];
        if (size > LargestProduct)
            throw new UnsupportedNodeException($"it multiplies two values that the network computes, {Sizes.Text(a.Dims)} by {Sizes.Text(b.Dims)}, as attention does; no layer does that, and all {size:N0} products by themselves are too many");
        Variable x = SpecBuilder.Reshaped(c.Spec.Strided(a), [.. left, 1]), y = SpecBuilder.Reshaped(c.Spec.Strided(b), [.. right[..^2], 1, .. right[^2..]]);
        Variable products = Joins.Join(c, "multiply", [x, y]);
        Variable sums = Reductions.Reduce(c, products, "reduce_sum", [products.Dims.Length - 2], keeps: false);
        int[] dims = [.. stack, .. isRow ? Array.Empty<int>() : [left[^2]], .. isColumn ? Array.Empty<int>() : [right[^1]]];
        return SpecBuilder.Reshaped(sums, dims);
    }

    private static Constant Matrix(Constant w) => w.Shape.Length >= 2 && w.Shape.Take(w.Shape.Length - 2).All(static d => d == 1)
        ? w with { Shape = [w.Shape[^2], w.Shape[^1]] }
        : throw new UnsupportedNodeException($"its weight is no matrix, but {Sizes.Text(w.Shape)}");
}
