using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks;

/// <summary>What is needed of ONNX Runtime's C API, version 1 of it, which every later version begins with.</summary>
internal sealed unsafe class OnnxApi : IDisposable
{
    // Places in struct OrtApi of onnxruntime_c_api.h.
    private const int GetErrorMessage = 2, CreateEnvironment = 3, CreateSessionFromArray = 8, RunSession = 9, CreateSessionOptions = 10,
        SetGraphOptimizationLevel = 23, SetIntraOpThreads = 24, CreateTensorWithData = 49, CreateCpuMemoryInfo = 69,
        ReleaseEnvironment = 92, ReleaseStatus = 93, ReleaseMemoryInfo = 94, ReleaseSession = 95, ReleaseValue = 96, ReleaseSessionOptions = 100;

    private const int ApiVersion = 1, Errors = 3, EveryOptimization = 99, DeviceAllocator = 0, DefaultMemory = 0, FloatElements = 1;

    private readonly nint _library;
    private readonly nint* _table;
    private readonly nint _environment, _memory;

    public OnnxApi(string library)
    {
        _library = NativeLibrary.Load(library);
        nint* start = ((delegate* unmanaged<nint*>)NativeLibrary.GetExport(_library, "OrtGetApiBase"))();
        _table = ((delegate* unmanaged<uint, nint*>)start[0])(ApiVersion);
        Version = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)start[1])()) ?? "of unknown version";
        nint environment, memory;
        fixed (byte* name = "netgen"u8)
            Check(((delegate* unmanaged<int, byte*, nint*, nint>)_table[CreateEnvironment])(Errors, name, &environment));
        Check(((delegate* unmanaged<int, int, nint*, nint>)_table[CreateCpuMemoryInfo])(DeviceAllocator, DefaultMemory, &memory));
        (_environment, _memory) = (environment, memory);
    }

    public string Version { get; }

    /// <summary>A session with one thread, the caller's.</summary>
    public nint Session(byte[] model)
    {
        nint options, session;
        Check(((delegate* unmanaged<nint*, nint>)_table[CreateSessionOptions])(&options));
        Check(((delegate* unmanaged<nint, int, nint>)_table[SetIntraOpThreads])(options, 1));
        Check(((delegate* unmanaged<nint, int, nint>)_table[SetGraphOptimizationLevel])(options, EveryOptimization));
        fixed (byte* m = model)
            Check(((delegate* unmanaged<nint, byte*, nint, nint, nint*, nint>)_table[CreateSessionFromArray])(_environment, m, model.Length, options, &session));
        ((delegate* unmanaged<nint, void>)_table[ReleaseSessionOptions])(options);
        return session;
    }

    /// <summary>A value over memory of the caller's.</summary>
    public nint Value(float* data, IReadOnlyList<int> shape)
    {
        long* sizes = stackalloc long[shape.Count];
        long length = 1;
        for (int axis = 0; axis < shape.Count; axis++)
            length *= sizes[axis] = shape[axis];
        nint value;
        Check(((delegate* unmanaged<nint, float*, nint, long*, nint, int, nint*, nint>)_table[CreateTensorWithData])(
            _memory, data, (nint)length * sizeof(float), sizes, shape.Count, FloatElements, &value));
        return value;
    }

    /// <summary>Runs on so many inputs and as many outputs.</summary>
    public void Run(nint session, int count, byte** inputNames, nint* inputs, byte** outputNames, nint* outputs) =>
        Check(((delegate* unmanaged<nint, nint, byte**, nint*, nint, byte**, nint, nint*, nint>)_table[RunSession])(
            session, 0, inputNames, inputs, count, outputNames, count, outputs));

    public void ReleaseModel(nint session) => ((delegate* unmanaged<nint, void>)_table[ReleaseSession])(session);

    public void ReleaseTensor(nint value) => ((delegate* unmanaged<nint, void>)_table[ReleaseValue])(value);

    public void Dispose()
    {
        ((delegate* unmanaged<nint, void>)_table[ReleaseMemoryInfo])(_memory);
        ((delegate* unmanaged<nint, void>)_table[ReleaseEnvironment])(_environment);
    }

    /// <summary>A status is null where all is well.</summary>
    private void Check(nint status)
    {
        if (status == 0)
            return;
        string message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)_table[GetErrorMessage])(status)) ?? "";
        ((delegate* unmanaged<nint, void>)_table[ReleaseStatus])(status);
        throw new InvalidOperationException($"ONNX Runtime: {message}");
    }
}
