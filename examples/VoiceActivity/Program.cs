using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Examples;
using NetGen.Training;

const float Tolerance = 1e-5f;
Console.OutputEncoding = Encoding.UTF8; // Windows' default lacks the blocks

// The sound that comes with the program, or one that you name.
string path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "speech.wav");
float[] samples;
try
{
    samples = WaveFile.Read(path, SpeechDetector.SampleRate);
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
{
    Console.Error.WriteLine($"{path}: {e.Message}. Usage: VoiceActivity [FILE.wav], of one channel of 16 bits at {SpeechDetector.SampleRate} Hz.");
    return 1;
}

int frames = samples.Length / SpeechDetector.FrameSize;
var probabilities = new float[frames];
Console.WriteLine($"{VoiceActivity.ParameterCount:N0} parameters; {Seconds(frames):0.0} s of sound, {frames} frames of {1000.0 * Seconds(1):0} ms");
Listen(); // compiles, and warms caches
long start = Stopwatch.GetTimestamp();
Listen();
double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Math.Max(frames, 1);

Console.WriteLine();
foreach ((int first, int next) in SpeechSpans.Of(probabilities))
    Console.WriteLine($"  speech from {Seconds(first),5:0.00} s to {Seconds(next),5:0.00} s");
Console.WriteLine();
foreach (float[] row in probabilities.Chunk(50))
    Console.WriteLine($"  {string.Concat(row.Select(static p => " ▁▂▃▄▅▆▇█"[(int)(8 * p + 0.5f)]))}");
Console.WriteLine();
Console.WriteLine($"{microseconds:0} µs a frame, {microseconds / (1e6 * Seconds(1)):0.00%} of its time");
if (args.Length > 0)
    return 0;

// Those of its authors, of the same samples: none is lost in 16 bits.
(float[] right, _) = Npy.Read(Path.Combine(AppContext.BaseDirectory, "probabilities.npy"));
float deviation = right.Length == frames ? right.Zip(probabilities, static (a, b) => float.IsNaN(b) ? float.PositiveInfinity : Math.Abs(a - b)).Max() : float.PositiveInfinity;
Console.WriteLine($"largest deviation from the probabilities of its authors: {deviation:0.0e+0}");
bool isGood = deviation < Tolerance;
if (!isGood)
    Console.WriteLine($"MISSED: a deviation below {Tolerance:0.0e+0}");
return isGood ? 0 : 1;

void Listen()
{
    var detector = new SpeechDetector();
    for (int frame = 0; frame < frames; frame++)
        probabilities[frame] = detector.Probability(samples.AsSpan(frame * SpeechDetector.FrameSize, SpeechDetector.FrameSize));
}

static double Seconds(int frames) => (double)frames * SpeechDetector.FrameSize / SpeechDetector.SampleRate;
