using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Numerics;
using NetGen.Compiler.Text;
using NetGen.Training.Csv;

namespace NetGen.Training.Arrays;

/// <summary>An array in a file, whose first axis counts the samples.</summary>
/// <param name="file">The file, as messages name it.</param>
/// <param name="stream">Stands where the elements begin; disposed of with this.</param>
/// <param name="layout">What the header says.</param>
internal sealed class ArrayFile(string file, Stream stream, ArrayLayout layout) : IDisposable
{
    private const int LargestBlock = 1 << 13;

    private readonly double[] block = new double[(int)Math.Min(LargestBlock, (long)layout.Count * layout.SampleSize)];
    private readonly byte[] bytes = new byte[layout.ElementSize * Math.Min(LargestBlock, (long)layout.Count * layout.SampleSize)];

    /// <summary>The file, as messages name it.</summary>
    public string File => file;

    /// <summary>What the header says.</summary>
    public ArrayLayout Layout => layout;

    /// <summary>The numbers of all samples, row by row.</summary>
    public (float[] Values, ExactValues? Exact) ReadAll(string what, float scale) => Read(0, layout.Count, what, scale);

    /// <summary>The numbers of some samples, row by row, times <paramref name="scale"/>.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="what">What the columns are called in messages, as in "x", which makes "x0", "x1" and so on.</param>
    /// <param name="scale">What each is multiplied by.</param>
    public (float[] Values, ExactValues? Exact) Read(int first, int count, string what, float scale)
    {
        if (layout.FitsFloat)
            return (Read<float>(first, count, scale), null);

        double[] values = Read<double>(first, count, scale);
        return (Array.ConvertAll(values, static value => (float)value), ExactOf(values, first, what));
    }

    /// <summary>The labels of some samples.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="classCount">The number of classes; null where it is not known.</param>
    /// <exception cref="DatasetException">One is no integer, or has no class.</exception>
    public int[] ReadLabels(int first, int count, int? classCount)
    {
        double[] values = Read<double>(first, count, 1);
        var labels = new int[values.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            double value = values[i];
            if (value != Math.Floor(value))
                throw Fault(first, i, value, "which is not an integer; labels are integers from 0, and for regression give the file as targets");
            if (value < 0 || value >= (classCount ?? int.MaxValue))
                throw Fault(first, i, value, classCount is null
                    ? "but labels go from 0 to the number of classes - 1; renumber them"
                    : $"but there are {classCount} classes, from 0 to {classCount - 1}; renumber the labels, or give the name of every class in classNames");
            labels[i] = (int)value;
        }

        return labels;
    }

    /// <summary>Checks that the file ends with the array.</summary>
    public void CheckEnd()
    {
        try
        {
            if (stream.ReadByte() >= 0)
                throw new DatasetException(file, null, $"more bytes follow the array of shape {Excerpt.Shape(layout.Shape)}; the file is damaged, or holds more than one array: write each to a file of its own.");
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new DatasetException(file, null, $"the file is damaged: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private T[] Read<T>(int first, int count, float scale) where T : struct, INumberBase<T>
    {
        long total = (long)count * layout.SampleSize;
        if (total > Array.MaxLength)
            throw new DatasetException(file, null, $"the array has {total} numbers, but a data set in memory takes {Array.MaxLength}; read it in chunks by ChunkedDataset.");
        // A compressed file is read from its beginning on, and each number once.
        if (stream.CanSeek)
            stream.Position = layout.DataOffset + (long)first * layout.SampleSize * layout.ElementSize;

        var values = new T[total];
        for (long done = 0; done < total;)
        {
            int next = (int)Math.Min(block.Length, total - done);
            ReadBlock(first, done, next);
            ReadOnlySpan<double> numbers = block.AsSpan(0, next);
            for (int i = 0; i < numbers.Length; i++)
            {
                if (!float.IsFinite((float)numbers[i]))
                    throw Fault(first, done + i, numbers[i], "which is not a finite float; replace it (in NumPy, np.nan_to_num), or leave the sample out");
                values[layout.IsFortranOrder ? PositionOf(done + i) : done + i] = T.CreateTruncating(numbers[i] * scale);
            }

            done += next;
        }

        return values;
    }

    private void ReadBlock(int first, long done, int count)
    {
        Span<byte> raw = bytes.AsSpan(0, count * layout.ElementSize);
        int read;
        try
        {
            read = stream.ReadAtLeast(raw, raw.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new DatasetException(file, null, $"the data cannot be read from {Place(first, done)} on; the file is damaged: {e.Message}", e);
        }

        if (read < raw.Length)
            throw new DatasetException(file, null, $"the data end before {Place(first, done + read / layout.ElementSize)}, but the shape is {Excerpt.Shape(layout.Shape)}; the file is cut off, write it again.");
        Elements.Decode(raw, layout.Kind, layout.IsBigEndian, block.AsSpan(0, count));
        if (Elements.FindInexact(raw, layout.Kind) is var (number, value))
            throw new DatasetException(file, null, $"{Place(first, done + number)} is {value}, which no double holds; subtract an offset from its column, or leave the column out.");
    }

    // Only whole arrays are in Fortran order. The first axis varies fastest there, so consecutive elements are of consecutive samples.
    private long PositionOf(long element)
    {
        (long rest, long sample) = Math.DivRem(element, layout.Count);
        long position = 0, stride = 1;
        for (int axis = layout.Shape.Length - 1; axis > 0; stride *= layout.Shape[axis--])
        {
            long before = 1;
            for (int i = 1; i < axis; i++)
                before *= layout.Shape[i];
            position += rest / before % layout.Shape[axis] * stride;
        }

        return sample * layout.SampleSize + position;
    }

    private ExactValues? ExactOf(double[] values, int first, string what)
    {
        if (Array.TrueForAll(values, static value => (float)value == value))
            return null;

        var column = new double[values.Length / layout.SampleSize];
        var losses = new List<FloatLoss>();
        for (int i = 0; i < layout.SampleSize; i++)
        {
            for (int sample = 0; sample < column.Length; sample++)
                column[sample] = values[sample * layout.SampleSize + i];
            losses.Add(FloatLoss.Of(FormattableString.Invariant($"{what}{i}"), column, sample => $"sample {first + sample}"));
        }

        return losses.Any(loss => loss.IsCoarse) ? new ExactValues(values, losses.FirstOrDefault(loss => loss.Merged is not null)?.Merged) : null;
    }

    private string Place(int first, long element) => layout.PlaceOf((long)first * layout.SampleSize + element);

    private DatasetException Fault(int first, long element, double value, string why) =>
        new(file, null, string.Create(CultureInfo.InvariantCulture, $"{Place(first, element)} is {value}, {why}."));
}
