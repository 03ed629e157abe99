using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using NetGen.Examples;
using NetGen.Training;

const float Tolerance = 1e-5f;
const double Period = 20_000; // microseconds between two observations
const int Rounds = 200, LeftKnee = 3, RightKnee = 9;
Console.OutputEncoding = Encoding.UTF8; // Windows' default lacks the µ

// Observations one after another, and the actions that are right.
string path = Path.Combine(AppContext.BaseDirectory, "recorded.npz");
(float[] observations, IReadOnlyList<int> shape) = Npz.Read(path, "observations");
(float[] actions, _) = Npz.Read(path, "actions");
int steps = shape[0];
Console.WriteLine($"{Walking.ParameterCount:N0} parameters, {Walking.StateSize} floats of state; {steps} observations");

// The quickest of several walks counts: nothing else on the machine disturbed it.
float[] parameters = new Walking().Parameters.ToArray(), walked = new float[actions.Length];
double microseconds = double.PositiveInfinity;
for (int round = 0; round < Rounds; round++)
{
    long start = Stopwatch.GetTimestamp();
    Walk();
    microseconds = Math.Min(microseconds, Stopwatch.GetElapsedTime(start).TotalMicroseconds / steps);
}

float deviation = 0, largest = 0;
for (int k = 0; k < actions.Length; k++)
{
    largest = Math.Max(largest, Math.Abs(actions[k]));
    deviation = float.IsNaN(walked[k]) ? float.PositiveInfinity : Math.Max(deviation, Math.Abs(walked[k] - actions[k]));
}

Console.WriteLine();
Console.WriteLine("  where the knees shall be     left   right");
for (int t = 0; t < steps; t += 12)
{
    ReadOnlySpan<float> action = walked.AsSpan(t * Walking.StepOutputSize, Walking.StepOutputSize);
    Console.WriteLine($"  after {t * Period / 1e6:0.00} s              {Robot.Target(action, LeftKnee),6:0.0}°  {Robot.Target(action, RightKnee),6:0.0}°");
}

Console.WriteLine();
Console.WriteLine($"largest deviation from the recorded actions: {deviation:0.0e+0}, of up to {largest:0.0}");
Console.WriteLine($"{microseconds:0.00} µs a step, {microseconds / Period:0.000%} of the time that there is");
bool isGood = deviation < Tolerance * largest;
if (!isGood)
    Console.WriteLine($"MISSED: deviations below {Tolerance:0.0e+0} of the largest");
return isGood ? 0 : 1;

void Walk()
{
    var robot = new Robot(parameters);
    for (int t = 0; t < steps; t++)
        robot.Act(observations.AsSpan(t * Walking.StepInputSize, Walking.StepInputSize), walked.AsSpan(t * Walking.StepOutputSize, Walking.StepOutputSize));
}
