using System;
using NetGen.Training;

namespace NetGen.Examples;

/// <summary>What a stream promises.</summary>
internal static class StreamChecks
{
    /// <summary>The largest difference between <c>Forward</c> of a window and its samples through <c>Step</c>.</summary>
    public static float StepAgainstForward(Overdrive network, TargetDataset windows)
    {
        float[] whole = network.Predict(windows), parameters = network.Parameters.ToArray();
        float largest = 0;
        for (int i = 0; i < windows.Count; i++)
        {
            float[] stepped = new Channel(parameters).Process(windows.FeaturesOf(i));
            for (int t = 0; t < stepped.Length; t++)
                largest = MathF.Max(largest, MathF.Abs(stepped[t] - whole[i * Overdrive.OutputSize + t]));
        }

        return largest;
    }

    /// <summary>Whether two channels, a sample of each in turn, give what they give one after the other, bit for bit.</summary>
    public static bool InterleavedIsSame(float[] parameters, ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        float[] leftAlone = new Channel(parameters).Process(left), rightAlone = new Channel(parameters).Process(right);
        Channel leftChannel = new(parameters), rightChannel = new(parameters);
        bool isSame = true;
        for (int t = 0; t < left.Length; t++)
        {
            isSame &= SameBits(leftChannel.Process(left[t]), leftAlone[t]);
            isSame &= SameBits(rightChannel.Process(right[t]), rightAlone[t]);
        }

        return isSame;
    }

    /// <summary>Whether a channel that is given another's state in the middle goes on as that one does, bit for bit.</summary>
    public static bool RestoredIsSame(float[] parameters, ReadOnlySpan<float> sound)
    {
        int half = sound.Length / 2;
        Channel first = new(parameters), second = new(parameters);
        first.Process(sound[..half]);
        float[] saved = first.Save();
        float[] unbroken = first.Process(sound[half..]);

        second.Process(sound[half..]); // it has heard something else
        second.Restore(saved);
        float[] restored = second.Process(sound[half..]);
        bool isSame = true;
        for (int t = 0; t < restored.Length; t++)
            isSame &= SameBits(restored[t], unbroken[t]);
        return isSame;
    }

    private static bool SameBits(float a, float b) => BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b);
}
