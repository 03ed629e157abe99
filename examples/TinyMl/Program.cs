using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using NetGen.Examples;
using NetGen.Training;

const double Tolerance = 1e-5, RightError = 9.707107;
Console.OutputEncoding = Encoding.UTF8; // of Windows' default µ may be another letter

// Inputs, and what is right for them: make_recorded.py says by whose reckoning.
string path = Path.Combine(AppContext.BaseDirectory, "recorded.npz");
bool isGood = true;
Console.WriteLine("                             parameters   µs a call   deviation");
Try<AnomalyDetection>("ad01");
Try<ImageClassification>("resnet8", channels: 3);
Try<KeywordSpotting>("kws");
Try<VisualWakeWords>("vww96", channels: 3);

// What the first is for: windows of five frames, and how far off each comes back. A broken machine is one whose error is high.
(float[] frames, IReadOnlyList<int> shape) = Npz.Read(path, "ad01_frames");
double error = ReconstructionError(frames, shape[1], out int windows);
Console.WriteLine();
Console.WriteLine($"ad01 over {windows} windows of a recording: mean squared error {error:0.000000}; the benchmark's {RightError}");
isGood &= Math.Abs(error - RightError) <= Tolerance * RightError;
if (!isGood)
    Console.WriteLine($"MISSED: within {Tolerance:0e+0} of what is right");
return isGood ? 0 : 1;

void Try<TNetwork>(string name, int channels = 1) where TNetwork : class, INetwork<TNetwork>, new()
{
    (float[] inputs, _) = Npz.Read(path, name + "_inputs");
    (float[] right, _) = Npz.Read(path, name + "_outputs");
    Trial trial = Trial.Of<TNetwork>(ChannelsFirst(inputs, TNetwork.InputSize, channels), right);
    Console.WriteLine($"{name,-8}{typeof(TNetwork).Name,-20}{trial.Parameters,11:N0}{trial.Microseconds,12:N1}{trial.Deviation,12:0.0e+0}");
    isGood &= trial.Deviation <= Tolerance;
}

// Images of TensorFlow have red, green and blue of a pixel side by side; the network reads a plane of each.
static float[] ChannelsFirst(float[] samples, int size, int channels)
{
    var turned = new float[samples.Length];
    int pixels = size / channels;
    for (int k = 0; k < samples.Length; k++)
        turned[(k / size * size) + (k % channels * pixels) + (k % size / channels)] = samples[k];
    return turned;
}

static double ReconstructionError(float[] frames, int frequencies, out int windows)
{
    windows = (frames.Length - AnomalyDetection.InputSize) / frequencies + 1;
    var output = new float[AnomalyDetection.OutputSize];
    double sum = 0;
    for (int k = 0; k < windows; k++)
    {
        ReadOnlySpan<float> window = frames.AsSpan(k * frequencies, AnomalyDetection.InputSize);
        AnomalyDetection.Predict(window, output);
        for (int i = 0; i < output.Length; i++)
            sum += Math.Pow(output[i] - window[i], 2);
    }

    return sum / windows / output.Length;
}
