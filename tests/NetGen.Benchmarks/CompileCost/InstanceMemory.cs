using System;
using System.Linq;
using System.Reflection;

namespace NetGen.Benchmarks;

/// <summary>What constructing an instance allocates, beside the arrays that it keeps.</summary>
internal sealed record InstanceMemory(string Net, long AllocatedBytes, long BufferBytes)
{
    public static InstanceMemory Of(string net)
    {
        GeneratedNet generated = GeneratedNets.Find(net);
        generated.New(); // what is static is made once
        long before = GC.GetAllocatedBytesForCurrentThread();
        object instance = generated.New();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return new(net, allocated, BuffersOf(instance));
    }

    /// <summary>The arrays in an instance's fields, and in the structs that its fields are.</summary>
    private static long BuffersOf(object instance) => instance.GetType()
        .GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
        .Select(f => f.GetValue(instance))
        .Sum(static value => value is float[] array ? (long)array.Length * sizeof(float) : value is ValueType and not (long or int) ? BuffersOf(value) : 0);
}
