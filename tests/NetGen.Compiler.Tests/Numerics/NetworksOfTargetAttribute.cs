using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Xunit.Sdk;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>Tests of networks on one target, which the class names.</summary>
internal interface ITargetTests
{
    string Target { get; }

    CompiledSpecs Specs { get; }
}

/// <summary>The names of the specs that a class of tests is to try on its target.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NetworksOfTargetAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        // The method is the base's, and the class that runs it names the target.
        var tests = (ITargetTests)Activator.CreateInstance(testMethod.ReflectedType!)!;
        return tests.Specs.NamesOn(tests.Target).Select(static name => new object[] { name });
    }
}
