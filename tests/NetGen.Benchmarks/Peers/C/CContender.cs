using System;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks;

/// <summary>One task of one compiled network.c, whose own loop is timed.</summary>
internal sealed unsafe class CContender : IContender
{
    private readonly nint _library;
    private readonly Workload _workload;
    private readonly NativeFloats _inputs, _targets, _outputs;
    private readonly delegate* unmanaged<float*, void> _set, _get;
    private readonly delegate* unmanaged<float*, float*, void> _infer;
    private readonly delegate* unmanaged<float*, float*, float, void> _step;
    private readonly delegate* unmanaged<nint, int, float*, float*, float*, float, double> _time;

    public CContender(string form, string library, Workload workload)
    {
        Form = form;
        _workload = workload;
        _library = NativeLibrary.Load(library);
        string task = (workload.Task.IsStream ? "stream_" : workload.Task.IsStep ? "step_" : "infer_") + workload.Task.Samples;
        _set = (delegate* unmanaged<float*, void>)NativeLibrary.GetExport(_library, "set_parameters");
        _get = (delegate* unmanaged<float*, void>)NativeLibrary.GetExport(_library, "get_parameters");
        nint call = NativeLibrary.GetExport(_library, task);
        _infer = (delegate* unmanaged<float*, float*, void>)call;
        _step = (delegate* unmanaged<float*, float*, float, void>)call;
        _time = (delegate* unmanaged<nint, int, float*, float*, float*, float, double>)NativeLibrary.GetExport(_library, "time_" + task);
        _inputs = new NativeFloats(workload.Inputs);
        _targets = new NativeFloats(workload.Targets);
        _outputs = new NativeFloats(new float[workload.SetTargets]);
    }

    public string Form { get; }

    public float[] Outputs()
    {
        Restore();
        float[] all = new float[_workload.Targets.Length];
        for (int set = 0; set < _workload.Sets; set++)
        {
            _infer(_inputs.Pointer + set * _workload.SetInputs, _outputs.Pointer);
            _outputs.Span.CopyTo(all.AsSpan(set * _workload.SetTargets));
        }

        return all;
    }

    public float[] ParametersAfterStep(float learningRate)
    {
        Restore();
        _step(_inputs.Pointer, _targets.Pointer, learningRate);
        float[] after = new float[_workload.Parameters.Length];
        fixed (float* p = after)
            _get(p);
        return after;
    }

    public double Time(long calls)
    {
        Restore();
        return _time((nint)calls, _workload.Sets, _inputs.Pointer, _targets.Pointer, _outputs.Pointer, _workload.LearningRate);
    }

    private void Restore()
    {
        fixed (float* p = _workload.Parameters)
            _set(p);
    }

    public void Dispose()
    {
        _inputs.Dispose();
        _targets.Dispose();
        _outputs.Dispose();
        NativeLibrary.Free(_library);
    }
}
