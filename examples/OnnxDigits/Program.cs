using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Examples;
using NetGen.Training;

const float Tolerance = 1e-5f;
const int Size = 28, Rounds = 1000;
Console.OutputEncoding = Encoding.UTF8; // Windows' default lacks the blocks

// The data sets that come with the model: images of pixels from 0 to 255, and the scores that are right.
string path = Path.Combine(AppContext.BaseDirectory, "recorded.npz");
(float[] images, IReadOnlyList<int> shape) = Npz.Read(path, "images");
(float[] right, _) = Npz.Read(path, "scores");
var scores = new float[right.Length];
Console.WriteLine($"{OnnxDigits.ParameterCount:N0} parameters; {shape[0]} images");

// One after the other. The quickest of several rounds counts: nothing else on the machine disturbed it.
double microseconds = double.PositiveInfinity;
for (int round = 0; round < Rounds; round++)
{
    long start = Stopwatch.GetTimestamp();
    for (int k = 0; k < shape[0]; k++)
        OnnxDigits.Predict(images.AsSpan(k * OnnxDigits.InputSize, OnnxDigits.InputSize), scores.AsSpan(k * OnnxDigits.OutputSize, OnnxDigits.OutputSize));
    microseconds = Math.Min(microseconds, Stopwatch.GetElapsedTime(start).TotalMicroseconds / shape[0]);
}

// Scores go up to thousands, so what counts is the deviation over the largest of an image.
float deviation = 0;
bool isGood = true;
for (int k = 0; k < shape[0]; k++)
{
    float[] given = Of(scores, k), expected = Of(right, k);
    int digit = Array.IndexOf(given, given.Max());
    isGood &= digit == Array.IndexOf(expected, expected.Max());
    float largest = expected.Max(MathF.Abs);
    deviation = given.Zip(expected, (a, b) => float.IsNaN(a) ? float.PositiveInfinity : Math.Abs(a - b) / largest).Append(deviation).Max();
    Console.WriteLine();
    // Two rows of pixels are a line, since characters are twice as high as wide.
    for (int y = 0; y < Size; y += 2)
    {
        string line = string.Concat(Enumerable.Range(0, Size).Select(x => " ░▒▓█"[(int)((Pixel(k, x, y) + Pixel(k, x, y + 1)) / 510 * 4 + 0.5f)]));
        if (line.TrimEnd().Length > 0)
            Console.WriteLine($"  {line.TrimEnd()}");
    }

    Console.WriteLine($"  it is a {digit}: {given[digit]:0} points, the next has {given.Order().ElementAt(^2):0}");
}

Console.WriteLine();
Console.WriteLine($"{microseconds:0.0} µs an image; largest deviation from the scores that come with the model: {deviation:0.0e+0} of the largest");
isGood &= deviation < Tolerance;
if (!isGood)
    Console.WriteLine($"MISSED: a deviation below {Tolerance:0.0e+0}, and the same digits");
return isGood ? 0 : 1;

float Pixel(int image, int x, int y) => images[image * OnnxDigits.InputSize + y * Size + x];

static float[] Of(float[] values, int image) => values[(image * OnnxDigits.OutputSize)..((image + 1) * OnnxDigits.OutputSize)];
