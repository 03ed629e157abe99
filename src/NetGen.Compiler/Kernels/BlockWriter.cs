using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// What a kernel prints with when it works on a block of samples at once: values of the samples stand back to back, and a
/// kernel's part is a call of a matrix product or of a method over all elements.
/// </summary>
/// <param name="gradient">Where the gradient of a parameter is added, and times what: to the gradient itself, or as a step to the parameter.</param>
/// <param name="elementwise">The method that computes assignments over so many elements.</param>
/// <param name="overSamples">The method that does a kernel's part for all samples of the block.</param>
/// <param name="stride">How far apart the same element of neighbouring samples stands.</param>
/// <param name="isPart">A buffer is a part of a larger one: what stands behind it, up to the next sample's, is not its own.</param>
/// <param name="hasPanel">There is scratch for a panel, because some product needs one.</param>
internal sealed class BlockWriter(
    CodeWriter code, Dialect dialect, Func<Ir.Buffer, (string Reference, string Factor)> gradient, Func<Kernel, string> elementwise,
    Func<Kernel, string> overSamples, Func<Ir.Buffer, int> stride, Func<Ir.Buffer, bool> isPart, bool hasPanel)
{
    private string Nothing => ((VectorDialect)Dialect).Nothing;

    public CodeWriter Code { get; } = code;

    public Dialect Dialect { get; } = dialect;

    /// <summary>So many for each sample: <c>samples * 64</c>.</summary>
    public static string Count(int perSample) => perSample == 1 ? "samples" : Invariant($"samples * {perSample}");

    /// <summary>y = x w + bias, over rows of x.</summary>
    public void Multiply(int rowsPerSample, int columns, int depth, Ir.Buffer a, Ir.Buffer b, int bRow, int bColumn, Ir.Buffer? bias, Ir.Buffer c)
    {
        Dialect.Use(Helper.Multiply);
        string start = bias is null ? Nothing : "ref " + bias.Name;
        Code.Line(Invariant($"Multiply({Count(rowsPerSample)}, {columns}, {depth}, ref {a.Name}, {RowStride(a, rowsPerSample, depth)}, ref {b.Name}, {bRow}, {bColumn}, {start}, ref {c.Name}, {RowStride(c, rowsPerSample, columns)}, {(hasPanel ? "ref panel" : Nothing)});"));
    }

    /// <summary>y = x w + bias for one row of each sample, or y += x w, with a weight that was packed beforehand.</summary>
    /// <param name="adds">To what y holds.</param>
    public void MultiplyPacked(int columns, int depth, Ir.Buffer a, string packed, Ir.Buffer? bias, Ir.Buffer c, bool adds)
    {
        Dialect.Use(Helper.MultiplyPacked);
        string from = adds ? Invariant($"ref {c.Name}, {stride(c)}") : bias is null ? Nothing + ", 0" : $"ref {bias.Name}, 0";
        Code.Line(Invariant($"MultiplyPacked(samples, {columns}, {depth}, ref {a.Name}, {stride(a)}, ref {packed}, {from}, ref {c.Name}, {stride(c)});"));
    }

    /// <summary>The same where there is one sample.</summary>
    public void MultiplyPackedRow(int columns, int depth, Ir.Buffer a, string packed, Ir.Buffer c, bool adds)
    {
        Dialect.Use(Helper.MultiplyPackedRow);
        Code.Line(Invariant($"MultiplyPackedRow({columns}, {depth}, ref {a.Name}, ref {packed}, {(adds ? "ref " + c.Name : Nothing)}, ref {c.Name});"));
    }

    /// <summary>The gradient of a matrix: aᵀ b, summed over the rows of both.</summary>
    public void AddProduct(int rowsPerSample, int rows, int columns, Ir.Buffer a, Ir.Buffer b, Ir.Buffer c)
    {
        Dialect.Use(Helper.AddProduct);
        (string reference, string factor) = gradient(c);
        if (IsEven(a, rowsPerSample, rows) && IsEven(b, rowsPerSample, columns))
        {
            Code.Line(Invariant($"AddProduct({rows}, {columns}, {Count(rowsPerSample)}, ref {a.Name}, {RowStride(a, rowsPerSample, rows)}, ref {b.Name}, {RowStride(b, rowsPerSample, columns)}, ref {reference}, {columns}, {factor});"));
            return;
        }

        // More stands between two samples than their rows.
        ForEachSample(at => Code.Line(Invariant($"AddProduct({rows}, {columns}, {rowsPerSample}, {VectorDialect.Reference(a.Name, at(a))}, {rows}, {VectorDialect.Reference(b.Name, at(b))}, {columns}, ref {reference}, {columns}, {factor});")));
    }

    /// <summary>The gradient of what is added to every row: the sum of the rows.</summary>
    public void AddRows(int rowsPerSample, int columns, Ir.Buffer a, Ir.Buffer c)
    {
        Dialect.Use(Helper.AddRows);
        (string reference, string factor) = gradient(c);
        Code.Line(Invariant($"AddRows({Count(rowsPerSample)}, {columns}, ref {a.Name}, {RowStride(a, rowsPerSample, columns)}, ref {reference}, {factor});"));
    }

    /// <summary>The same where the rows of neighbouring samples are not as far apart as those of one.</summary>
    public void AddRowsOfEach(int rows, int columns, Ir.Buffer a, Ir.Buffer c)
    {
        Dialect.Use(Helper.AddRows);
        (string reference, string factor) = gradient(c);
        ForEachSample(at => Code.Line(Invariant($"AddRows({rows}, {columns}, {VectorDialect.Reference(a.Name, at(a))}, {columns}, ref {reference}, {factor});")));
    }

    /// <summary>Where the gradient of a parameter is added, and times what.</summary>
    public (string Reference, string Factor) Gradient(Ir.Buffer of) => gradient(of);

    /// <summary>Code for each sample, with where the sample's part of a buffer begins.</summary>
    public void ForEachSample(Action<Func<Ir.Buffer, string>> body)
    {
        using (Code.Block("for (int sample = 0; sample < samples; sample++)"))
            body(b => stride(b) == 1 ? "sample" : Invariant($"sample * {stride(b)}"));
    }

    /// <summary>A sample of several rows stands without gaps, and so does the next one.</summary>
    private int RowStride(Ir.Buffer buffer, int rowsPerSample, int columns) => rowsPerSample == 1 ? stride(buffer) : columns;

    /// <summary>Whether rows of all samples stand equally far apart.</summary>
    public bool IsEven(Ir.Buffer buffer, int rowsPerSample, int columns) => rowsPerSample == 1 || stride(buffer) == rowsPerSample * columns;

    /// <summary>Whether the elements of all samples correspond, with nothing but what fills a vector up between the samples.</summary>
    public bool AreAlike(IReadOnlyCollection<Ir.Buffer> buffers) =>
        buffers.Select(stride).Distinct().Count() == 1 && !buffers.Any(b => isPart(b) && stride(b) != b.Size);

    /// <summary>Assignments over all elements of all samples.</summary>
    public void Elementwise(Kernel kernel, IReadOnlyCollection<Ir.Buffer> buffers) =>
        Code.Line($"{elementwise(kernel)}({Count(stride(buffers.First()))}, {string.Join(", ", buffers.Select(static b => "ref " + b.Name))});");

    /// <summary>A kernel's own method over all samples, for what it computes once for them.</summary>
    public void OverSamples(Kernel kernel) =>
        Code.Line($"{overSamples(kernel)}(samples, {string.Join(", ", kernel.Operands.Select(static o => "ref " + o.Buffer.Name))});");
}
