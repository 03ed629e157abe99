#:package Microsoft.ML.OnnxRuntime@1.31.1
// Makes right.npy: what DTLN's two ONNX models give for noisy.wav in ONNX Runtime, block by block, with Fourier transforms in double;
// every eighth sample of it.
//
//     dotnet run record.cs -- model_1.onnx model_2.onnx noisy.wav right.npy
//
// Run a copy in a folder outside of the repository, whose projects state the versions of packages elsewhere.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Text;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

const int Block = 512, Shift = 128, Header = 44, Every = 8;
using var first = new InferenceSession(args[0]);
using var second = new InferenceSession(args[1]);
byte[] file = File.ReadAllBytes(args[2]);
float[] samples = [.. Enumerable.Range(0, (file.Length - Header) / 2).Select(k => BitConverter.ToInt16(file, Header + 2 * k) / 32768f)];
Complex[] roots = [.. Enumerable.Range(0, Block).Select(static k => Complex.FromPolarCoordinates(1, -2 * Math.PI * k / Block))];

int late = Block / Shift - 1, shifts = (samples.Length - 1) / Shift + 1 + late;
float[] padded = [.. samples, .. new float[shifts * Shift - samples.Length]];
float[] block = new float[Block], sum = new float[Block], firstState = new float[512], secondState = new float[512];
var right = new List<float>();
for (int k = 0; k < shifts; k++)
{
    block = [.. block[Shift..], .. padded.AsSpan(k * Shift, Shift)];
    Complex[] spectrum = [.. Enumerable.Range(0, Block / 2 + 1).Select(f => Enumerable.Range(0, Block).Aggregate(Complex.Zero, (s, t) => s + block[t] * roots[f * t % Block]))];
    (float[] mask, firstState) = Run(first, [.. spectrum.Select(static s => (float)s.Magnitude)], firstState);
    float[] masked = [.. Enumerable.Range(0, Block).Select(t => (float)(Enumerable.Range(0, Block / 2 + 1).Sum(
        f => (f is 0 or Block / 2 ? 1 : 2) * mask[f] * (spectrum[f] * Complex.Conjugate(roots[f * t % Block])).Real) / Block))];
    (float[] cleaned, secondState) = Run(second, masked, secondState);
    sum = [.. sum[Shift..], .. new float[Shift]];
    for (int t = 0; t < Block; t++)
        sum[t] += cleaned[t];
    if (k >= late)
        right.AddRange(sum[..Shift]);
}

right.RemoveRange(samples.Length, right.Count - samples.Length);
right = [.. right.Where(static (_, k) => k % Every == 0)];

// An .npy file: the header ends with a newline at a multiple of 64.
string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({right.Count},), }}".PadRight(117) + "\n";
File.WriteAllBytes(args[3], [0x93, .. "NUMPY\x01\0"u8, .. BitConverter.GetBytes((ushort)header.Length), .. Encoding.ASCII.GetBytes(header), .. right.SelectMany(BitConverter.GetBytes)]);

static (float[] Output, float[] State) Run(InferenceSession session, float[] x, float[] state)
{
    string[] names = [.. session.InputMetadata.Keys];
    using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([
        NamedOnnxValue.CreateFromTensor(names[0], new DenseTensor<float>(x, [1, 1, x.Length])), NamedOnnxValue.CreateFromTensor(names[1], new DenseTensor<float>(state, [1, 2, 128, 2]))]);
    float[][] outputs = [.. session.OutputMetadata.Keys.Select(name => results.Single(r => r.Name == name).AsTensor<float>().ToArray())];
    return (outputs[0], outputs[1]);
}
