using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.Intrinsics;
using NetGen.Examples;

// Reads digits from a file with 64 pixels from 0 to 16 on each line, and behind them the digit itself, if it is known.
// Nothing is loaded but the file: the weights are part of the program.
string path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "unseen.csv");
if (!File.Exists(path))
{
    Console.Error.WriteLine($"There is no file '{path}'. Usage: Classify [FILE.csv], with 64 pixels from 0 to 16 on a line, and the digit behind them if it is known.");
    return 1;
}

var image = new float[DigitsConv.InputSize];
var probabilities = new float[DigitsConv.OutputSize];
int digits = 0, known = 0, right = 0, number = 0;
long ticks = 0;
foreach (string line in File.ReadLines(path))
{
    number++;
    string[] cells = line.Split(',');
    if (number == 1 && !float.TryParse(cells[0], CultureInfo.InvariantCulture, out _))
        continue; // the header
    if (cells.Length is not (64 or 65))
    {
        Console.Error.WriteLine($"{path}({number}): {cells.Length} numbers, where 64 pixels belong, and the digit behind them if it is known.");
        return 1;
    }

    for (int k = 0; k < image.Length; k++)
    {
        if (!float.TryParse(cells[k], CultureInfo.InvariantCulture, out image[k]))
        {
            Console.Error.WriteLine($"{path}({number}): '{cells[k]}' is no number.");
            return 1;
        }

        image[k] /= 16;
    }

    long start = Stopwatch.GetTimestamp();
    DigitsConv.Predict(image, probabilities);
    ticks += Stopwatch.GetTimestamp() - start;

    int digit = probabilities.AsSpan().IndexOf(Max(probabilities));
    digits++;
    if (cells.Length == 65)
    {
        known++;
        right += cells[64] == digit.ToString(CultureInfo.InvariantCulture) ? 1 : 0;
    }
    else
        Console.WriteLine($"{digit}   {probabilities[digit]:0.000}");
}

Console.WriteLine($"{digits} digits, {1e6 * ticks / Stopwatch.Frequency / Math.Max(digits, 1):0.0} us each");
if (known > 0)
    Console.WriteLine($"accuracy {(double)right / known:0.000} of the {known} that are known");
Console.WriteLine($"vectors of {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)} bits, start to end {(DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds:0} ms, {Environment.WorkingSet / 1024 / 1024} MB");
return 0;

static float Max(float[] values)
{
    float max = values[0];
    foreach (float value in values)
        max = Math.Max(max, value);
    return max;
}
