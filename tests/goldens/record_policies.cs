// Records what ONNX Runtime gives for the policies of examples/GamePolicies, which compares generated code with it.
//     dotnet run tests/goldens/record_policies.cs -- examples/GamePolicies Hallway.onnx examples/GamePolicies/recorded.npz
// Hallway.onnx is of ML-Agents, and too large for the repository. Observations are drawn: these networks are functions of them, whatever a game would show.
#:package Microsoft.ML.OnnxRuntime
#:property PublishAot=false
#:property RunAnalyzers=false
using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

const int Steps = 32;
string folder = args[0], hallway = args[1];
using ZipArchive archive = new(File.Create(args[2]), ZipArchiveMode.Create);
Record("fly_by", Path.Combine(folder, "FlyBy.onnx"), [("obs", [8])], ["output"]);
Record("lander", Path.Combine(folder, "3DLander.onnx"), [("obs", [162])], ["output"]);
Record("ball", Path.Combine(folder, "3DBall.onnx"), [("obs_0", [8])], ["deterministic_continuous_actions"]);
// The probabilities that actions are drawn by are inside of the models of discrete ones.
Record("basic", Path.Combine(folder, "Basic.onnx"), [("obs_0", [20]), ("action_masks", [3])], ["onnx::Log_27"]);
Record("hallway", hallway, [("obs_0", [105]), ("obs_1", [3]), ("action_masks", [5])], ["73"], memory: 128);
return 0;

void Record(string name, string model, (string Name, int[] Shape)[] inputs, string[] outputs, int memory = 0)
{
    using InferenceSession session = new([.. File.ReadAllBytes(model), .. outputs.Where(o => o is "73" or "onnx::Log_27").SelectMany(MoreOutput)]);
    Random random = new(1);
    List<float> observations = [], actions = [];
    float[] state = new float[memory];
    for (int step = 0; step < Steps; step++)
    {
        List<NamedOnnxValue> values = [];
        foreach ((string input, int[] shape) in inputs)
        {
            float[] drawn = [.. Enumerable.Range(0, shape[0]).Select(_ => (float)(2 * random.NextDouble() - 1))];
            // What a mask forbids is 0; one action is always allowed.
            if (input == "action_masks")
                drawn = [.. drawn.Select((d, k) => d > 0 || k == step % drawn.Length ? 1f : 0f)];
            observations.AddRange(drawn);
            values.Add(NamedOnnxValue.CreateFromTensor(input, new DenseTensor<float>(drawn, [1, .. shape])));
        }

        if (session.InputMetadata.ContainsKey("state_ins"))
            values.Add(NamedOnnxValue.CreateFromTensor("state_ins", new DenseTensor<float>(new float[1], [1])));
        if (memory > 0)
            values.Add(NamedOnnxValue.CreateFromTensor("recurrent_in", new DenseTensor<float>(state, [1, 1, memory])));
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run(values);
        foreach (string output in outputs)
            actions.AddRange(results.First(r => r.Name == output).AsTensor<float>());
        if (memory > 0)
        {
            state = results.First(static r => r.Name == "recurrent_out").AsTensor<float>().ToArray();
            actions.AddRange(state);
        }
    }

    Write(name + "_observations", observations);
    Write(name + "_actions", actions);
}

// An ONNX model is one message, and messages behind one another are merged: a graph with one more output.
static byte[] MoreOutput(string name)
{
    byte[] value = [.. Field(1, Encoding.UTF8.GetBytes(name)), .. Field(2, Field(1, [8, 1]))]; // a tensor of floats
    return Field(7, Field(12, value));
}

static byte[] Field(int number, byte[] content) => [(byte)(number << 3 | 2), (byte)content.Length, .. content];

void Write(string name, List<float> values)
{
    string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({Steps}, {values.Count / Steps}), }}";
    header = header.PadRight(117) + "\n";
    using Stream stream = archive.CreateEntry(name + ".npy").Open();
    using BinaryWriter writer = new(stream);
    writer.Write([0x93, .. "NUMPY"u8, 1, 0]);
    writer.Write((ushort)header.Length);
    writer.Write(Encoding.ASCII.GetBytes(header));
    foreach (float value in values)
        writer.Write(value);
}
