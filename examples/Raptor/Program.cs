using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using NetGen.Examples;
using NetGen.Training;

const float Tolerance = 1e-6f;
const double Period = 10_000; // microseconds between two observations

// What the policy's authors recorded, to test it elsewhere: sequences of observations, and the actions that are right.
string path = Path.Combine(AppContext.BaseDirectory, "recorded.npz");
(float[] observations, IReadOnlyList<int> shape) = Npz.Read(path, "observations");
(float[] actions, _) = Npz.Read(path, "actions");
int flights = shape[0], steps = shape[1];
Console.WriteLine($"{Raptor.ParameterCount:N0} parameters, {Raptor.StateSize} floats of state; {flights} sequences of {steps} observations");

// All sequences at once, as one evaluates a recording.
var whole = new float[actions.Length];
Raptor.Predict(observations, whole);
float wholeDeviation = Deviation(whole);

// Step by step, as it flies: the first time compiles and warms caches, the second time is measured.
float[] parameters = new Raptor().Parameters.ToArray();
var flown = new float[actions.Length];
Fly();
long bytesBefore = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
Fly();
double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds / (flights * steps);
long bytes = GC.GetAllocatedBytesForCurrentThread() - bytesBefore;
float deviation = Deviation(flown);

Console.WriteLine($"largest deviation from the recorded actions: {deviation:0.0e+0} by Step, {wholeDeviation:0.0e+0} of whole sequences");
Console.WriteLine($"{microseconds:0.00} µs a step, {microseconds / Period:0.000%} of the time that there is; {bytes:N0} bytes allocated, the controllers'");

bool isGood = deviation < Tolerance && wholeDeviation < Tolerance;
if (!isGood)
    Console.WriteLine($"MISSED: deviations below {Tolerance:0.0e+0}");
return isGood ? 0 : 1;

void Fly()
{
    for (int flight = 0; flight < flights; flight++)
    {
        var controller = new Controller(parameters);
        for (int t = flight * steps; t < (flight + 1) * steps; t++)
            controller.Act(observations.AsSpan(t * Raptor.StepInputSize, Raptor.StepInputSize), flown.AsSpan(t * Raptor.StepOutputSize, Raptor.StepOutputSize));
    }
}

float Deviation(float[] given)
{
    float largest = 0;
    for (int k = 0; k < actions.Length; k++)
        largest = float.IsNaN(given[k]) ? float.PositiveInfinity : Math.Max(largest, Math.Abs(given[k] - actions[k]));
    return largest;
}
