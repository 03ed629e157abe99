using System.IO;
using System.Threading;
using NetGen.Cli.Output;
using NetGen.Cli.Runs;
using NetGen.Training;

namespace NetGen.Cli.Tests.Runs;

/// <summary>A spec's network, compiled as the tool compiles it.</summary>
internal sealed class Runner
{
    private readonly RunnableNetwork network;

    private Runner(RunnableNetwork network) => this.network = network;

    public static Runner Of(string spec)
    {
        using var terminal = new Terminal(TextWriter.Null, TextWriter.Null, isLive: false);
        return new Runner(NetworkCompilation.Compile(LoadedSpec.Read(spec, terminal)!, CancellationToken.None));
    }

    public WeightsInfo Load(string path) => network.Load(path);

    public void Save(string path, WeightsInfo info) => network.Save(path, info);

    public float[] Predict(Dataset data) => network.Predict(data);
}
