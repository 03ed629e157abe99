using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Examples;
using NetGen.Training;

const float Tolerance = 1e-5f;
const string Scale = "C4 D4 E4 F4 G4 A4 B4 C5"; // what scale.wav is
Console.OutputEncoding = Encoding.UTF8; // of Windows' default µ may be another letter

// The sound that comes with the program, or one that you name.
string path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "scale.wav");
float[] samples;
try
{
    samples = WaveFile.Read(path, PitchTracker.SampleRate);
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
{
    Console.Error.WriteLine($"{path}: {e.Message}. Usage: PitchTracker [FILE.wav], of one channel of 16 bits at {PitchTracker.SampleRate} Hz.");
    return 1;
}

// A frame every 10 ms, its middle there: half a frame of silence before the first.
var tracker = new PitchTracker();
float[] padded = [.. new float[PitchTracker.FrameSize / 2], .. samples, .. new float[PitchTracker.FrameSize / 2]];
var pitches = new Pitch[samples.Length / PitchTracker.Hop + 1];
tracker.PitchOf(padded.AsSpan(0, PitchTracker.FrameSize)); // compiles, and warms caches
long start = Stopwatch.GetTimestamp();
for (int k = 0; k < pitches.Length; k++)
    pitches[k] = tracker.PitchOf(padded.AsSpan(k * PitchTracker.Hop, PitchTracker.FrameSize));
double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds / pitches.Length;

Console.WriteLine($"{Crepe.ParameterCount:N0} parameters; {Seconds(pitches.Length - 1):0.0} s of sound, {pitches.Length} frames");
Console.WriteLine();
Note[] notes = [.. Notes.Of(pitches)];
foreach (Note note in notes)
{
    string span = $"from {Seconds(note.First):0.00} s to {Seconds(note.Next):0.00} s";
    Console.WriteLine($"  {note.Name,-3} {note.Cents,4:+0;-0;0} cents  {note.Hertz,7:0.0} Hz  {span}");
}

Console.WriteLine();
Console.WriteLine($"{microseconds:0} µs a frame, {microseconds / (1e6 * Seconds(1)):0.0%} of the 10 ms from one to the next");
if (args.Length > 0)
    return 0;

// Frames that the authors recorded, and what is right for them.
(float[] inputs, _) = Npz.Read(Path.Combine(AppContext.BaseDirectory, "recorded.npz"), "inputs");
(float[] right, _) = Npz.Read(Path.Combine(AppContext.BaseDirectory, "recorded.npz"), "outputs");
var outputs = new float[right.Length];
Crepe.Predict(inputs, outputs);
float deviation = right.Zip(outputs, static (a, b) => float.IsNaN(b) ? float.PositiveInfinity : Math.Abs(a - b)).Max();
Console.WriteLine($"largest deviation from the recorded probabilities: {deviation:0.0e+0}");
bool isGood = deviation < Tolerance && string.Join(' ', notes.Select(static n => n.Name)) == Scale;
if (!isGood)
    Console.WriteLine($"MISSED: a deviation below {Tolerance:0e+0}, and the notes {Scale}");
return isGood ? 0 : 1;

static double Seconds(int frames) => (double)frames * PitchTracker.Hop / PitchTracker.SampleRate;
