using System;
using System.Diagnostics;
using System.IO;
using NetGen.Examples;
using NetGen.Training;

const float Tolerance = 1e-5f;

// What the model's authors' own program makes of a signal, from silence on.
string path = Path.Combine(AppContext.BaseDirectory, "recorded.npz");
(float[] dry, _) = Npz.Read(path, "inputs");
(float[] right, _) = Npz.Read(path, "outputs");
var played = new float[dry.Length];
new Channel().Play(dry, played);
float largest = 0, deviation = 0;
for (int t = 0; t < right.Length; t++)
{
    largest = Math.Max(largest, Math.Abs(right[t]));
    deviation = float.IsNaN(played[t]) ? float.PositiveInfinity : Math.Max(deviation, Math.Abs(played[t] - right[t]));
}

Console.WriteLine($"{Amplifier.ParameterCount:N0} parameters, {Amplifier.StateSize:N0} floats of state, which is what the amplifier hears of the past");
Console.WriteLine($"largest deviation from what is recorded: {deviation:0.0e+0} of {largest:0.00}");

// A file that is given, or three chords.
float[] guitar = args.Length > 0 ? WaveFile.Read(args[0], Amplifier.SampleRate) : Chords();
var amplified = new float[guitar.Length];
var amplifier = new Channel();
amplifier.Play(guitar, amplified); // compiles, and warms caches
long start = Stopwatch.GetTimestamp();
amplifier.Play(guitar, amplified);
double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, length = (double)guitar.Length / Amplifier.SampleRate;
Console.WriteLine($"{length:0.0} s of guitar in {seconds:0.000} s: {seconds / guitar.Length * 1e6:0.00} µs a sample, {seconds / length:0.0%} of its time on one core");
Console.WriteLine();
Draw("guitar   ", guitar);
Draw("amplifier", amplified);
if (args.Length > 1)
{
    WaveWriter.Write(args[1], amplified, Amplifier.SampleRate);
    Console.WriteLine($"\nwritten to {args[1]}");
}

bool isGood = deviation < Tolerance * largest;
if (!isGood)
    Console.WriteLine($"MISSED: a deviation below {Tolerance:0.0e+0} of the largest");
return isGood ? 0 : 1;

// E5, G5 and A5: a root, its fifth and its octave, strummed one string after another.
static float[] Chords()
{
    var random = new Random(1);
    var signal = new float[3 * Amplifier.SampleRate];
    double[] roots = [82.41, 98.00, 110.00];
    for (int chord = 0; chord < roots.Length; chord++)
    {
        double[] strings = [roots[chord], roots[chord] * 1.4983, roots[chord] * 2];
        for (int k = 0; k < strings.Length; k++)
            PluckedString.Pluck(signal.AsSpan(chord * Amplifier.SampleRate + k * 600, Amplifier.SampleRate - k * 600), strings[k], Amplifier.SampleRate, random);
    }

    return signal;
}

static void Draw(string name, float[] signal)
{
    const string Bars = " ▁▂▃▄▅▆▇█";
    const int Columns = 96;
    float peak = 0;
    foreach (float x in signal)
        peak = Math.Max(peak, Math.Abs(x));
    var line = new char[Columns];
    for (int k = 0; k < Columns; k++)
    {
        double sum = 0;
        ReadOnlySpan<float> part = signal.AsSpan((int)((long)k * signal.Length / Columns), signal.Length / Columns);
        foreach (float x in part)
            sum += x * x;
        line[k] = Bars[(int)Math.Round(Math.Min(Math.Sqrt(sum / part.Length) / peak * 2, 1) * (Bars.Length - 1))];
    }

    Console.WriteLine($"{name} {new string(line)}  peak {peak:0.00}");
}
