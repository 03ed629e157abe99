using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using NetGen.Examples;
using NetGen.Training;

const float Tolerance = 1e-5f;
const int Rounds = 200;
Console.OutputEncoding = Encoding.UTF8; // Windows' default lacks the µ

Policy[] policies =
[
    new("fly_by", "FlyBy, Godot", FlyBy.ParameterCount, FlyBy.Predict, FlyBy.InputSize, FlyBy.OutputSize),
    new("lander", "3DLander, Godot", Lander.ParameterCount, Lander.Predict, Lander.InputSize, Lander.OutputSize),
    new("ball", "3DBall, Unity", Ball.ParameterCount, Ball.Predict, Ball.InputSize, Ball.OutputSize),
    new("basic", "Basic, Unity", Basic.ParameterCount, Basic.Predict, Basic.InputSize, Basic.OutputSize) { IsDiscrete = true },
    new("hallway", "Hallway, Unity", Hallway.ParameterCount, Hallway.Predict, Hallway.InputSize, Hallway.OutputSize)
    {
        IsDiscrete = true,
        MemorySize = Hallway.Inputs.RecurrentInSize,
    },
];

bool isGood = true;
foreach (Policy policy in policies)
{
    // Observations, and what ONNX Runtime makes of them by the original model; of one with a memory, step after step.
    string path = Path.Combine(AppContext.BaseDirectory, "recorded.npz");
    (float[] observations, _) = Npz.Read(path, policy.Name + "_observations");
    (float[] right, _) = Npz.Read(path, policy.Name + "_actions");
    int steps = observations.Length / policy.ObservationSize;
    float deviation = 0;
    int otherChoices = 0;
    string first = "";

    // The first round compares; of the others the quickest counts, which nothing else on the machine disturbed.
    double microseconds = double.PositiveInfinity;
    for (int round = 0; round < Rounds; round++)
    {
        var agent = new Agent(policy);
        long start = Stopwatch.GetTimestamp();
        for (int t = 0; t < steps; t++)
        {
            ReadOnlySpan<float> given = agent.Act(observations.AsSpan(t * policy.ObservationSize, policy.ObservationSize));
            if (round == 0)
                Compare(given, right.AsSpan(t * policy.OutputSize, policy.OutputSize));
        }

        microseconds = Math.Min(microseconds, Stopwatch.GetElapsedTime(start).TotalMicroseconds / steps);
    }

    Console.WriteLine($"{policy.Title,-15} {policy.ParameterCount,6:N0} parameters {microseconds,6:0.00} µs   largest deviation {deviation:0.0e+0}   {first}");
    isGood &= deviation < Tolerance && otherChoices == 0;

    void Compare(ReadOnlySpan<float> given, ReadOnlySpan<float> expected)
    {
        for (int k = 0; k < given.Length; k++)
            deviation = float.IsNaN(given[k]) ? float.PositiveInfinity : Math.Max(deviation, Math.Abs(given[k] - expected[k]));
        ReadOnlySpan<float> action = given[..policy.ActionSize];
        int choice = Likeliest(action);
        if (policy.IsDiscrete && choice != Likeliest(expected[..policy.ActionSize]))
            otherChoices++;
        if (first.Length == 0)
            first = policy.IsDiscrete ? $"does {choice}, {action[choice]:0%} sure" : $"does {action[0]:0.00}, {action[1]:0.00}";
    }
}

if (!isGood)
    Console.WriteLine($"MISSED: deviations below {Tolerance:0.0e+0}, and the same choices");
return isGood ? 0 : 1;

static int Likeliest(ReadOnlySpan<float> probabilities)
{
    int likeliest = 0;
    for (int k = 1; k < probabilities.Length; k++)
        likeliest = probabilities[k] > probabilities[likeliest] ? k : likeliest;
    return likeliest;
}
