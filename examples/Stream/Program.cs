using System;
using System.Diagnostics;
using System.Linq;
using NetGen.Examples;
using NetGen.Training;

const int Seconds = 10;
const double ErrorBound = 0.003;
const float StepTolerance = 1e-5f;
const double SamplePeriod = 1e9 / Effect.SampleRate; // nanoseconds

// Windows of four seconds of playing, and what the effect makes of each; a window begins after silence.
const int Length = Overdrive.InputSize;
TargetDataset train = Windows(PluckedString.Play(seconds: 4, seed: 1));
Console.WriteLine($"{Overdrive.ParameterCount} parameters, {Overdrive.StateSize} floats of state; trained on {train.Count} windows of {Length} samples");
var net = new Overdrive();
net.Fit(train, options: new TrainingOptions { Epochs = 25, BatchSize = 8 }, epochCompleted: report =>
{
    if (report.Epoch % 5 == 0 || report.Epoch == 1)
        Console.WriteLine($"epoch {report.Epoch,2}   train loss {report.TrainLoss:0.00000}");
});

// Ten seconds that it has not heard, through Step sample by sample, the clock read around each.
float[] sound = PluckedString.Play(Seconds, seed: 2), effect = Effect.Apply(sound), output = new float[sound.Length];
float[] parameters = net.Parameters.ToArray();
new Channel(parameters).Process(sound.AsSpan(0, Effect.SampleRate)); // compiles, and warms caches

var channel = new Channel(parameters);
var times = new StepTimes();
GC.Collect(); // or one in the background may end in between, and count as allocated what it takes of this thread's allocation buffer
long bytesBefore = GC.GetAllocatedBytesForCurrentThread();
for (int t = 0; t < sound.Length; t++)
{
    long start = Stopwatch.GetTimestamp();
    output[t] = channel.Process(sound[t]);
    times.Add(Stopwatch.GetTimestamp() - start);
}

long bytes = GC.GetAllocatedBytesForCurrentThread() - bytesBefore;

// Without a network one can turn the volume: what is left after the best factor.
double error = Power([.. output.Zip(effect, (f, y) => f - y)]) / Power(effect);
double product = sound.Zip(effect, (x, y) => (double)x * y).Sum();
double dry = 1 - product * product / (Power(sound) * Power(effect));
Console.WriteLine();
Console.WriteLine($"{Seconds} seconds that it has not heard: power of the error over that of the effect");
Console.WriteLine($"  the sound itself, at the best volume {Decibels(dry),7:0.0} dB");
Console.WriteLine($"  the network                          {Decibels(error),7:0.0} dB");
Console.WriteLine();
Console.WriteLine($"{sound.Length:N0} steps, one for each sample of {SamplePeriod / 1000:0.0} µs:");
Console.WriteLine($"  mean           {times.Mean / 1000,8:0.00} µs, {times.Mean / SamplePeriod:0.0%} of a sample's time");
Console.WriteLine($"  half within    {times.Quantile(0.5) / 1000,8:0.00} µs");
Console.WriteLine($"  99.9 % within  {times.Quantile(0.999) / 1000,8:0.00} µs");
Console.WriteLine($"  worst          {times.Worst / 1000,8:0.00} µs; {times.Above(SamplePeriod)} steps took longer than a sample");
Console.WriteLine($"  allocated      {bytes,8} bytes");
Console.WriteLine();

float difference = StreamChecks.StepAgainstForward(net, Windows(sound.AsSpan(0, 2 * Effect.SampleRate)));
bool isInterleaved = StreamChecks.InterleavedIsSame(parameters, sound, [.. sound.Reverse()]);
bool isRestored = StreamChecks.RestoredIsSame(parameters, sound);
Console.WriteLine($"windows through Step: within {difference:0.0e+0} of Forward");
Console.WriteLine($"two streams in turn over the same parameters: {(isInterleaved ? "as one after the other, bit for bit" : "DIFFERENT")}");
Console.WriteLine($"a saved state, restored in another stream: {(isRestored ? "goes on bit for bit" : "DIFFERENT")}");

// Times depend on the machine, and are shown, not judged.
bool isGood = bytes == 0 && difference <= StepTolerance && isInterleaved && isRestored && error < ErrorBound;
if (!isGood)
    Console.WriteLine($"MISSED: 0 bytes, Step within {StepTolerance:0.0e+0} of Forward, the same bits, and an error below {Decibels(ErrorBound):0.0} dB");
return isGood ? 0 : 1;

static TargetDataset Windows(ReadOnlySpan<float> sound)
{
    int count = sound.Length / Length;
    float[] effects = new float[count * Length];
    for (int at = 0; at < effects.Length; at += Length)
        Effect.Apply(sound.Slice(at, Length)).CopyTo(effects, at);
    return new TargetDataset(sound[..effects.Length].ToArray(), Length, effects, Length);
}

static double Power(float[] values) => values.Sum(value => (double)value * value);

static double Decibels(double ratio) => 10 * Math.Log10(ratio);
