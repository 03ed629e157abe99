using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.Benchmarks;

internal enum OursMember
{
    StaticForward,
    InstanceForward,
    TrainStep,
}

/// <summary>One member of one generated class.</summary>
internal sealed class OursContender<TNet> : IContender where TNet : struct, IGeneratedNet
{
    private readonly Workload _workload;
    private readonly OursMember _member;
    private readonly TNet _network;
    private readonly int[] _places;
    private readonly float[] _initial;
    private readonly float[] _outputs;
    private readonly float[] _scratch = new float[TNet.ScratchSize];
    private float _consumed;

    public OursContender(TNet network, Workload workload, OursMember member)
    {
        _network = network;
        _workload = workload;
        _member = member;
        _places = ParameterPlaces.Of(TNet.ParameterTable);
        _initial = new float[_network.Parameters.Length];
        for (int k = 0; k < _places.Length; k++)
            _initial[_places[k]] = workload.Parameters[k];
        _outputs = new float[workload.SetTargets];
        Restore();
    }

    public string Form => _member switch
    {
        OursMember.StaticForward => "static",
        OursMember.InstanceForward => "instance",
        _ => "TrainStep",
    };

    public float[] Outputs()
    {
        Restore();
        float[] all = new float[_workload.Sets * _workload.SetTargets];
        for (int set = 0; set < _workload.Sets; set++)
        {
            Forward(set);
            _outputs.CopyTo(all, set * _outputs.Length);
        }

        return all;
    }

    public float[] ParametersAfterStep(float learningRate)
    {
        Restore();
        _network.TrainStep(
            _workload.Inputs.AsSpan(0, _workload.SetInputs), _workload.Targets.AsSpan(0, _workload.SetTargets), learningRate);
        return Array.ConvertAll(_places, place => _network.Parameters[place]);
    }

    public double Time(long calls)
    {
        Restore();
        long start = Stopwatch.GetTimestamp();
        float consumed = _member switch
        {
            OursMember.StaticForward => StaticForward(calls),
            OursMember.InstanceForward => InstanceForward(calls),
            _ => TrainStep(calls),
        };
        double time = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        _consumed += consumed;
        GC.KeepAlive(_consumed);
        return time;
    }

    public void Dispose()
    {
    }

    private void Restore() => _initial.CopyTo(_network.Parameters);

    private void Forward(int set)
    {
        ReadOnlySpan<float> inputs = _workload.Inputs.AsSpan(set * _workload.SetInputs, _workload.SetInputs);
        if (_member == OursMember.StaticForward)
            TNet.Forward(_network.Parameters, inputs, _outputs, _scratch);
        else
            _network.Forward(inputs, _outputs);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private float StaticForward(long calls)
    {
        ReadOnlySpan<float> inputs = _workload.Inputs, parameters = _network.Parameters;
        Span<float> outputs = _outputs, scratch = _scratch;
        int size = _workload.SetInputs, end = _workload.Sets * size, at = 0;
        float sum = 0;
        for (long k = 0; k < calls; k++)
        {
            TNet.Forward(parameters, inputs.Slice(at, size), outputs, scratch);
            sum += outputs[0];
            at = at + size == end ? 0 : at + size;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private float InstanceForward(long calls)
    {
        ReadOnlySpan<float> inputs = _workload.Inputs;
        Span<float> outputs = _outputs;
        TNet network = _network;
        int size = _workload.SetInputs, end = _workload.Sets * size, at = 0;
        float sum = 0;
        for (long k = 0; k < calls; k++)
        {
            network.Forward(inputs.Slice(at, size), outputs);
            sum += outputs[0];
            at = at + size == end ? 0 : at + size;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private float TrainStep(long calls)
    {
        ReadOnlySpan<float> inputs = _workload.Inputs, targets = _workload.Targets;
        TNet network = _network;
        int size = _workload.SetInputs, targetSize = _workload.SetTargets, set = 0;
        float sum = 0, rate = _workload.LearningRate;
        for (long k = 0; k < calls; k++)
        {
            sum += network.TrainStep(
                inputs.Slice(set * size, size), targets.Slice(set * targetSize, targetSize), rate);
            set = set + 1 == _workload.Sets ? 0 : set + 1;
        }

        return sum;
    }
}
