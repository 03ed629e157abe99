using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Examples;
using NetGen.Training;

const float Tolerance = 1e-5f;
const double RequiredReduction = 10; // dB
const int FrameSize = 4 * Denoiser.Shift;
Console.OutputEncoding = Encoding.UTF8; // of Windows' default µ may be another letter

// The sound that comes with the program, or one that you name, and where it goes.
if (args.Length is not (0 or 2))
{
    Console.Error.WriteLine("Usage: NoiseSuppression [NOISY.wav CLEANED.wav]");
    return 2;
}

string path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "noisy.wav");
float[] noisy, cleaned;
double microseconds;
try
{
    noisy = WaveFile.Read(path, Denoiser.SampleRate);
    Clean(noisy, out _); // compiles, and warms caches
    cleaned = Clean(noisy, out microseconds);
    if (args.Length > 0)
        WaveWriter.Write(path = args[1], cleaned, Denoiser.SampleRate);
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
{
    Console.Error.WriteLine($"{path}: {e.Message}. Usage: NoiseSuppression [NOISY.wav CLEANED.wav], of one channel of 16 bits at {Denoiser.SampleRate} Hz.");
    return 1;
}

const double Period = 1e6 * Denoiser.Shift / Denoiser.SampleRate;
double seconds = (double)noisy.Length / Denoiser.SampleRate;
Console.WriteLine($"{SpectralMask.ParameterCount:N0} and {SpeechFilter.ParameterCount:N0} parameters; {seconds:0.0} s of sound");
Console.WriteLine($"{microseconds:0} µs a block, {microseconds / Period:0.0%} of the {Period / 1000:0} ms that there are");

// Pauses are the quietest tenth of all frames of 32 ms; what is heard in them is noise.
float[][] before = [.. noisy.Chunk(FrameSize)], after = [.. cleaned.Chunk(FrameSize)];
int frames = noisy.Length / FrameSize;
int[] pauses = [.. Enumerable.Range(0, frames).OrderBy(k => Power(before[k])).Take(Math.Max(1, frames / 10))];
if (pauses.Length == 0)
    return 0;
double noiseBefore = Decibels(pauses.Average(k => Power(before[k]))), noiseAfter = Decibels(pauses.Average(k => Power(after[k])));
double wholeBefore = Decibels(Power(noisy)), wholeAfter = Decibels(Power(cleaned));
Console.WriteLine($"noise in pauses {noiseBefore:0.0} dB, {noiseAfter:0.0} dB after; the whole {wholeBefore:0.0} dB, {wholeAfter:0.0} dB after");
if (args.Length > 0)
    return 0;

// Every eighth sample of what ONNX Runtime makes of the same file, by the original models.
(float[] right, _) = Npy.Read(Path.Combine(AppContext.BaseDirectory, "right.npy"));
IEnumerable<float> same = cleaned.Where(static (_, k) => k % 8 == 0);
float deviation = right.Zip(same, static (a, b) => float.IsNaN(b) ? float.PositiveInfinity : Math.Abs(a - b)).Max();
Console.WriteLine($"largest deviation from ONNX Runtime's samples: {deviation:0.0e+0}");
bool isGood = deviation < Tolerance && noiseBefore - noiseAfter >= RequiredReduction;
if (!isGood)
    Console.WriteLine($"MISSED: a deviation below {Tolerance:0e+0}, and {RequiredReduction} dB less noise");
return isGood ? 0 : 1;

static float[] Clean(float[] noisy, out double microseconds)
{
    // What is behind the end lets out the samples that are late.
    int blocks = (noisy.Length + Denoiser.Delay + Denoiser.Shift - 1) / Denoiser.Shift;
    float[] padded = [.. noisy, .. new float[blocks * Denoiser.Shift - noisy.Length]], speech = new float[padded.Length];
    var denoiser = new Denoiser();
    long start = Stopwatch.GetTimestamp();
    for (int at = 0; at < padded.Length; at += Denoiser.Shift)
        denoiser.Process(padded.AsSpan(at, Denoiser.Shift), speech.AsSpan(at, Denoiser.Shift));
    microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds / blocks;
    return speech[Denoiser.Delay..(Denoiser.Delay + noisy.Length)];
}

static double Power(float[] samples) => samples.Average(static x => (double)x * x);

static double Decibels(double power) => 10 * Math.Log10(power + 1e-12);
