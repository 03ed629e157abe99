using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace NetGen.Benchmarks;

/// <summary>One network and task in the Python process, which has the clock.</summary>
internal sealed class TorchContender : IContender
{
    private readonly TorchProcess _process;
    private readonly Workload _workload;
    private readonly int _task;

    /// <param name="process">Where it lives.</param>
    /// <param name="task">How many the process had before.</param>
    /// <param name="form">"eager", or "traced": recorded, frozen and optimized by TorchScript; of a stream, behind "cell" or "sequence of one".</param>
    /// <param name="workload">Its data.</param>
    public TorchContender(TorchProcess process, int task, string form, Workload workload)
    {
        (_process, _task, Form, _workload) = (process, task, form, workload);
        JsonObject request = new()
        {
            ["verb"] = "create",
            ["form"] = form,
            ["is_stream"] = workload.Task.IsStream,
            ["samples"] = workload.Task.Samples,
            ["layers"] = Describe(workload.Net),
            ["input"] = Integers(workload.Net.Layers[0].InputShape),
            ["floats"] = new JsonArray(workload.Inputs.Length, workload.Targets.Length, workload.Parameters.Length),
        };
        process.AskNumber(request, workload.Inputs, workload.Targets, workload.Parameters);
    }

    public string Form { get; }

    public float[] Outputs() => _process.Ask(Request("outputs"), _workload.Targets.Length);

    public float[] ParametersAfterStep(float learningRate)
    {
        JsonObject request = Request("step");
        request["rate"] = learningRate;
        return _process.Ask(request, _workload.Parameters.Length);
    }

    public double Time(long calls)
    {
        JsonObject request = Request("time");
        request["calls"] = calls;
        request["rate"] = _workload.LearningRate;
        request["is_step"] = _workload.Task.IsStep;
        request["core"] = Affinity.LastCore(); // this thread's, once it is pinned
        return _process.AskNumber(request);
    }

    public void Dispose()
    {
    }

    private JsonObject Request(string verb) => new() { ["verb"] = verb, ["task"] = _task };

    /// <summary>The layers as torch_peer.py wants them.</summary>
    public static JsonArray Describe(BenchmarkNet net) => new([.. net.Layers.Select(Describe)]);

    private static JsonObject Describe(NetLayer layer)
    {
        JsonObject description = new() { ["activation"] = layer.Activation.ToString(), ["kind"] = layer.GetType().Name };
        switch (layer)
        {
            case Convolution c:
                description["inputs"] = c.Input.Channels;
                description["outputs"] = c.Filters;
                description["kernel"] = Integers(c.Axes.Select(a => a.Kernel));
                description["stride"] = Integers(c.Axes.Select(a => a.Stride));
                description["dilation"] = Integers(c.Axes.Select(a => a.Dilation));
                description["before"] = Integers(c.Axes.Select(a => a.Before));
                description["after"] = Integers(c.Axes.Select(a => a.After));
                description["groups"] = c.Groups;
                break;
            case Recurrent r:
                description["cell"] = r.Cell.ToString();
                description["features"] = r.Features;
                description["units"] = r.Units;
                break;
            case MaxPool p:
                description["size"] = p.Size;
                break;
            default:
                description["inputs"] = layer.Input.Length;
                description["outputs"] = layer.Output.Length;
                break;
        }

        return description;
    }

    public static JsonArray Integers(IEnumerable<int> values) => new([.. values.Select(v => (JsonNode)v)]);
}
