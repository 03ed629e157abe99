using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace NetGen.Benchmarks;

/// <summary>A Python that runs torch_peer.py and answers its requests.</summary>
internal sealed class TorchProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    public TorchProcess(string python)
    {
        ProcessStartInfo start = new(python, ["-c", Resources.Text("torch_peer.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Sends a request and the floats that belong to it; reads the floats of the answer.</summary>
    public float[] Ask(JsonObject request, int answers, params ReadOnlySpan<float[]> floats)
    {
        byte[] bytes = Exchange(request, answers * sizeof(float), floats);
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    /// <summary>Sends a request that is answered by one number.</summary>
    public double AskNumber(JsonObject request, params ReadOnlySpan<float[]> floats) =>
        BitConverter.ToDouble(Exchange(request, sizeof(double), floats));

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000))
            _process.Kill();
        _process.Dispose();
    }

    private byte[] Exchange(JsonObject request, int bytes, ReadOnlySpan<float[]> floats)
    {
        Stream to = _process.StandardInput.BaseStream;
        byte[] answer = new byte[bytes];
        try
        {
            to.Write(Encoding.UTF8.GetBytes(request.ToJsonString(JsonSerializerOptions.Default) + "\n"));
            foreach (float[] values in floats)
                to.Write(MemoryMarshal.AsBytes<float>(values));
            to.Flush();
            _process.StandardOutput.BaseStream.ReadExactly(answer);
        }
        catch (IOException)
        {
            throw new InvalidOperationException($"Python ended:\n{_errors.GetAwaiter().GetResult()}");
        }

        return answer;
    }
}
