using System;
using System.IO;
using System.Linq;
using NetGen.Examples;
using NetGen.Training;

const int Epochs = 30;
const int BatchSize = 32;
const int Seed = 42;
const float Noise = 0.25f;

// Pixels from 0 to 1; what is to come out is the digit itself, what goes in is the digit with noise that is drawn anew for each epoch.
LabeledDataset digits = Dataset.FromCsv(Path.Combine(AppContext.BaseDirectory, "digits.csv"), label: "digit");
digits = digits.WithFeatures([.. digits.Features.ToArray().Select(pixel => pixel / 16)]);
(LabeledDataset train, LabeledDataset test) = digits.Split(testFraction: 0.2, Seed, stratify: true);
float[] clean = train.Features.ToArray();
float[] cleanTest = test.Features.ToArray();
float[] noisyTest = Noisy(cleanTest, new Random(Seed));

var net = new Autoencoder();
float before = Error(noisyTest, cleanTest);
Console.WriteLine($"{Autoencoder.ParameterCount:N0} parameters; noise of {Noise} makes a mean squared error of {before:0.0000}");
int[] order = [.. Enumerable.Range(0, train.Count)];
float[] inputs = new float[BatchSize * Autoencoder.InputSize], targets = new float[inputs.Length];
var random = new Random(Seed + 1);
for (int epoch = 1; epoch <= Epochs; epoch++)
{
    float[] noisy = Noisy(clean, random);
    random.Shuffle(order);
    double loss = 0;
    int batches = train.Count / BatchSize;
    for (int batch = 0; batch < batches; batch++)
    {
        for (int k = 0; k < BatchSize; k++)
        {
            int at = order[batch * BatchSize + k] * Autoencoder.InputSize;
            noisy.AsSpan(at, Autoencoder.InputSize).CopyTo(inputs.AsSpan(k * Autoencoder.InputSize));
            clean.AsSpan(at, Autoencoder.InputSize).CopyTo(targets.AsSpan(k * Autoencoder.InputSize));
        }

        loss += net.TrainStep(inputs, targets);
    }

    if (epoch % 5 == 0 || epoch == 1)
        Console.WriteLine($"epoch {epoch,2}   train loss {loss / batches:0.00000}   test loss {net.Loss(noisyTest, cleanTest):0.00000}");
}

// A mean filter over 3x3 pixels is what one would do without a network.
float[] restored = new float[cleanTest.Length];
net.Forward(noisyTest, restored);
float after = Error(restored, cleanTest);
float blurred = Error(Blur(noisyTest), cleanTest);
Console.WriteLine($"test error: noisy {before:0.0000}, 3x3 mean {blurred:0.0000}, network {after:0.0000}");
Console.WriteLine("a test digit: as it is, with noise, restored");
for (int row = 0; row < 8; row++)
    Console.WriteLine("  " + string.Join("     ", new[] { cleanTest, noisyTest, restored }.Select(image => Line(image.AsSpan(row * 8, 8)))));
return after < blurred ? 0 : 1;

static float[] Noisy(float[] images, Random random) =>
    [.. images.Select(pixel => pixel + Noise * (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];

static float Error(float[] a, float[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Average();

static float[] Blur(float[] images)
{
    float[] blurred = new float[images.Length];
    for (int i = 0; i < images.Length; i++)
    {
        int image = i / 64 * 64, row = i % 64 / 8, column = i % 8, count = 0;
        for (int r = Math.Max(row - 1, 0); r <= Math.Min(row + 1, 7); r++)
        {
            for (int c = Math.Max(column - 1, 0); c <= Math.Min(column + 1, 7); c++, count++)
                blurred[i] += images[image + r * 8 + c];
        }

        blurred[i] /= count;
    }

    return blurred;
}

static string Line(ReadOnlySpan<float> pixels)
{
    const string Shades = " ░▒▓█";
    string line = "";
    foreach (float pixel in pixels)
        line += new string(Shades[(int)MathF.Round(Math.Clamp(pixel, 0, 1) * (Shades.Length - 1))], 2);
    return line;
}
