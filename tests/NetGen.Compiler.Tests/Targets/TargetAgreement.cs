using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Tests.Numerics;
using NetGen.Testing;
using Xunit;

namespace NetGen.Compiler.Tests.Targets;

/// <summary>Two targets' results of the same networks, each with an error of its own in float32.</summary>
internal static class TargetAgreement
{
    /// <summary>As far as the reference allows networks of all layers, once for each of the two.</summary>
    private const double Slack = 2 * Agreement.LayerSlack;

    private const double Floor = 0.1;

    /// <summary>A network that is drawn may have a layer whose gradient is only what larger terms leave of each other: all its gradients are taken together.</summary>
    private const double DrawnFloor = 0.01;

    public static void Assert(IReadOnlyList<DrivenNetwork> networks, IReadOnlyDictionary<string, float[]> expected, string expectedTarget, IReadOnlyDictionary<string, float[]> actual, string actualTarget)
    {
        Dictionary<string, float[]> first = Of(networks, expected, expectedTarget), second = Of(networks, actual, actualTarget);
        Xunit.Assert.NotEmpty(first);
        Xunit.Assert.Equal(first.Keys, second.Keys);
        foreach ((string key, float[] values) in first)
        {
            DrivenNetwork network = networks.First(n => n.Name == NetworkOf(key));
            Assert(network, key, values, second[key], $"{actualTarget} {key} of {network.Spec}");
        }
    }

    private static void Assert(DrivenNetwork network, string key, float[] expected, float[] actual, string what)
    {
        if (key.EndsWith(" initial", StringComparison.Ordinal))
            Xunit.Assert.True(expected.SequenceEqual(actual), what);
        else if (key.Contains(" gradients ") && network.IsDrawn)
            Agreement.AssertClose(expected.ToDoubles(), actual, Slack * Agreement.GradientTolerance, what, DrawnFloor);
        else if (key.Contains(" gradients "))
            Agreement.AssertGradients(ByParameter(network, expected), ByParameter(network, actual), Slack);
        else
            Agreement.AssertClose(expected.ToDoubles(), actual, Slack * (key.Contains("trained") || key.Contains("stepped") ? Agreement.GradientTolerance : Agreement.Tolerance), what, Floor);
    }

    private static Dictionary<string, double[]> ByParameter(DrivenNetwork network, float[] buffer) =>
        network.Network.Parameters.ToDictionary(static p => p.Name, p => buffer[p.Offset..(p.Offset + p.Parameter.Size)].ToDoubles());

    /// <summary>A target's results of the networks.</summary>
    private static Dictionary<string, float[]> Of(IReadOnlyList<DrivenNetwork> networks, IReadOnlyDictionary<string, float[]> all, string target)
    {
        HashSet<string> names = [.. networks.Select(static n => n.Name)];
        return all
            .Where(r => r.Key.StartsWith(target + " ", StringComparison.Ordinal))
            .Select(r => (Key: r.Key[(target.Length + 1)..], r.Value))
            .Where(r => names.Contains(NetworkOf(r.Key)))
            .ToDictionary(static r => r.Key, static r => r.Value);
    }

    private static string NetworkOf(string key) => key[..key.IndexOf(' ')];
}
