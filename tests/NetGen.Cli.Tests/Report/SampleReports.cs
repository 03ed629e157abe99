using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Cli.Graph;
using NetGen.Cli.Report;
using NetGen.Compiler;
using NetGen.Training;

namespace NetGen.Cli.Tests.Report;

/// <summary>Models of reports, as runs on small data sets give them. The same call gives the same model.</summary>
internal static class SampleReports
{
    /// <summary>Three classes, four features, one mistake.</summary>
    public static ReportModel Iris() => new()
    {
        Name = "iris",
        Run = Run(epochs: 60, steps: 480, kept: 43),
        Network = Network("iris.yaml", """
            input: 4
            layers:
              - dense: { units: 16, activation: relu, name: hidden }
              - dense: 3
              - softmax
            loss: cross_entropy
            optimizer: { adam: { learning_rate: { cosine: { from: 0.01, to: 0.0001, steps: 800 } } } }
            """),
        Curves = Curves(epochs: 60, steps: 480, asked: 100, isClassifier: true),
        Data = new DataFacts(["iris.csv"], 150, "70 % training, 15 % validation, 15 % test, by class, seed 1",
        [
            new ColumnFacts("sepal_length", "feature", "number", 0, 4.3, 5.8433, 7.9, 0.8281, 35),
            new ColumnFacts("sepal_width", "feature", "number", 0, 2, 3.054, 4.4, 0.4336, 23),
            new ColumnFacts("petal_length", "feature", "number", 2, 1, 3.7587, 6.9, 1.7644, 43),
            new ColumnFacts("petal_width", "feature", "number", 0, 0.1, 1.1987, 2.5, 0.7632, 22),
            new ColumnFacts("species", "label", "text", 0, null, null, null, null, 3),
        ], [("setosa", 50), ("versicolor", 50), ("virginica", 50)]),
        Sets = Sets("accuracy", 0.981, 0.9565, 0.9545),
        Classes = new ClassFacts(new ConfusionMatrix(new long[,] { { 8, 0, 0 }, { 0, 6, 1 }, { 0, 0, 7 } }, ["setosa", "versicolor", "virginica"]), [], null),
        Worst =
        [
            new WorstSample(107, "versicolor", "virginica (0.71)", 1.302,
                [("sepal_length", "4.9"), ("sepal_width", "2.5"), ("petal_length", "4.5"), ("petal_width", "1.7")], null),
            new WorstSample(71, "versicolor", "versicolor (0.58)", 0.5447,
                [("sepal_length", "5.9"), ("sepal_width", "3.2"), ("petal_length", "4.8"), ("petal_width", "1.8")], null),
        ],
    };

    /// <summary>Two classes with a ROC curve, thirty features.</summary>
    public static ReportModel Binary()
    {
        var random = new Random(2);
        RocPoint[] roc =
        [
            .. Enumerable.Range(0, 120).Select(static k => k / 119.0)
                .Select(static x => new RocPoint(x, Math.Pow(x, 0.12), x == 0 ? double.PositiveInfinity : 1 - x)),
        ];
        string[] features = [.. Enumerable.Range(1, 30).Select(static k => $"measure_{k}")];
        return Iris() with
        {
            Name = "tumours",
            Network = Network("tumours.yaml", """
                input: 30
                layers:
                  - dense: { units: 32, activation: relu }
                  - dropout: 0.2
                  - dense: 1
                loss: binary_cross_entropy_with_logits
                """),
            Data = new DataFacts(["tumours.csv"], 569, "80 % training, 10 % validation, 10 % test, seed 1",
                [.. features.Select(f => new ColumnFacts(f, "feature", "number", random.Next(3), random.NextDouble(), 2, 9, random.NextDouble(), null))],
                [("benign", 357), ("malignant", 212)]),
            Classes = new ClassFacts(new ConfusionMatrix(new long[,] { { 34, 2 }, { 1, 20 } }, ["benign", "malignant"]), roc, 0.9873),
            Worst =
            [
                .. Enumerable.Range(0, 10).Select(k => new WorstSample(17 * (k + 1), "malignant", $"benign (0.{91 - k})", 2.4 - (0.1 * k),
                    [.. features.Select(f => (f, $"{random.Next(100)}"))], null)),
            ],
        };
    }

    /// <summary>Two numbers.</summary>
    public static ReportModel Regression()
    {
        var random = new Random(3);
        ValueFacts Values(string name, double from, double to, double noise, int count)
        {
            double[] targets = [.. Enumerable.Range(0, count).Select(_ => from + ((to - from) * random.NextDouble() * random.NextDouble()))];
            double Noise() => noise * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
            return new ValueFacts(name, targets, [.. targets.Select(t => t + Noise())]);
        }

        return Iris() with
        {
            Name = "houses",
            Network = Network("houses.yaml", """
                input: 8
                layers:
                  - dense: { units: 64, activation: relu }
                  - dense: { units: 64, activation: relu }
                  - dense: 2
                loss: mean_squared_error
                """),
            Curves = Curves(epochs: 60, steps: 480, asked: 60, isClassifier: false),
            Sets = Sets("RMSE", 31_204.5, 36_122.9, 35_870.2),
            Classes = null,
            Values = [Values("price", 50_000, 500_000, 60_000, 2_000), Values("age", 1, 52, 18, 2_000)],
            Data = Iris().Data! with { Files = ["houses_north.csv", "houses_south.csv"], ClassCounts = [] },
            Worst = [.. Iris().Worst.Select(static w => w with { Right = "452,600, 41", Given = "310,022, 39.2" })],
            Notes = ["The validation loss was still falling when training ended: more epochs may help."],
        };
    }

    /// <summary>Ten classes of images of 8 by 8.</summary>
    public static ReportModel Digits() => Classifier(10, 1_797) with
    {
        Name = "digits_conv",
        Worst =
        [
            .. Enumerable.Range(0, 16).Select(static k =>
                new WorstSample(37 * (k + 1), $"{k % 10}", $"{(k + 3) % 10} (0.{90 - k})", 4.2 - (0.2 * k), [], Image(1, 8, 8, k))),
        ],
    };

    /// <summary>So many classes, and mistakes between neighbours.</summary>
    public static ReportModel Classifier(int classes, long samples)
    {
        var random = new Random(4);
        long[,] counts = new long[classes, classes];
        for (int k = 0; k < classes; k++)
        {
            counts[k, k] = 30 + random.Next(8);
            for (int mistakes = random.Next(5); mistakes > 0; mistakes--)
                counts[k, (k + 1 + (random.Next(4) * classes / 7)) % classes]++;
        }

        string[] names = [.. Enumerable.Range(0, classes).Select(k => classes <= 10 ? $"{k}" : $"class_{k}")];
        return Iris() with
        {
            Name = "classes",
            Network = Network("classes.yaml", $$"""
                input: [1, 8, 8]
                layers:
                  - conv2d: { filters: 16, kernel_size: 3, padding: same, activation: relu, name: edges }
                  - max_pool2d: 2
                  - conv2d: { filters: 32, kernel_size: 3, padding: same, activation: relu, name: parts }
                  - max_pool2d: 2
                  - flatten
                  - dense: {{classes}}
                  - softmax
                loss: cross_entropy
                optimizer: { adam: { learning_rate: 0.001 } }
                """),
            Classes = new ClassFacts(new ConfusionMatrix(counts, names), [], null),
            Data = new DataFacts(["digits.npz"], samples, "training and validation from the training file, 90 % and 10 %; test from the test file",
                [new ColumnFacts("x", "feature", "number", 0, 0, 0.3053, 1, 0.3761, 17)], [.. names.Select(n => (n, samples / classes + random.Next(9)))]),
            Worst = [],
        };
    }

    /// <summary>A run of so many epochs, with as many step losses.</summary>
    public static ReportModel Long(int epochs) =>
        Iris() with { Curves = Curves(epochs, epochs, epochs, isClassifier: true), Run = Run(epochs, epochs * 10L, epochs - 1) };

    /// <summary>Only what each report has: one epoch and no more.</summary>
    public static ReportModel Least() => new()
    {
        Name = "least",
        Run = Run(epochs: 1, steps: 2, kept: null),
        Network = Network("least.yaml", Specs.Right),
        Curves = new TrainingCurves(
            [new EpochReport { Epoch = 1, Epochs = 1, TrainLoss = 1.5, LearningRate = 0.01f, Steps = 2, Duration = TimeSpan.FromSeconds(1) }], []),
    };

    public static SampleImage Image(int channels, int height, int width, int seed)
    {
        var random = new Random(seed);
        double middle = 0.3 + (0.4 * random.NextDouble()), slant = random.NextDouble() - 0.5;
        return new SampleImage(channels, height, width,
            [.. Enumerable.Range(0, channels * height * width).Select(k =>
            {
                double x = (k % width) / (double)width, y = (k / width % height) / (double)height;
                return (float)Math.Clamp((1.2 - (5 * Math.Abs(x - middle - (slant * (y - 0.5))))) + (0.2 * random.NextDouble()), 0, 1);
            })]);
    }

    public static NetworkFacts Network(string path, string yaml)
    {
        CheckResult check = NetworkCompiler.Check(yaml);
        Compiler.Binding.Network network = check.Network ?? throw new InvalidOperationException(string.Join('\n', check.Diagnostics));
        return new NetworkFacts(NetworkSummary.Of(network), NetworkPicture.Draw(new LoadedSpec(path, yaml, network)), yaml, network.Loss!.Kind);
    }

    private static RunFacts Run(int epochs, long steps, int? kept) => new(
        "netgen train iris.yaml --data iris.csv --label species --split 70/15/15 --epochs 100 --patience 15 --seed 1 -o iris.safetensors",
        kept is null ? "All epochs were trained" : "The validation loss did not improve for 15 epochs", "0.1.0", ".NET 10.0.1, Linux 6.12",
        "AVX-512, 8 processors", 1, 7,
        new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.FromHours(1)), TimeSpan.FromSeconds(4.217), epochs, steps, kept);

    private static SetFigures[] Sets(string name, double training, double validation, double test) =>
    [
        new("training", 105, Figures(0.0412, name, training)), new("validation", 23, Figures(0.0987, name, validation)),
        new("test", 22, Figures(0.1034, name, test)),
    ];

    private static Dictionary<string, double> Figures(double loss, string name, double value) => name == "accuracy"
        ? new() { ["loss"] = loss, [name] = value, ["F1"] = value - 0.004 }
        : new() { ["loss"] = loss, [name] = value, ["MAE"] = 0.71 * value, ["R2"] = 0.83 };

    private static TrainingCurves Curves(int epochs, int steps, int asked, bool isClassifier)
    {
        var random = new Random(1);
        double Noise(double size) => 1 + (size * (random.NextDouble() - 0.5));
        double Falling(double at, double to) => to + ((1.1 - to) * Math.Exp(-9 * at));
        return new TrainingCurves(
            [.. Enumerable.Range(1, epochs).Select(e =>
            {
                double at = (e - 1.0) / epochs;
                double validation = (Falling(at, 0.09) + (0.05 * at * at)) * Noise(0.06), right = 1 - (0.6 * Math.Exp(-7 * at)) - (0.04 * random.NextDouble());
                return new EpochReport
                {
                    Epoch = e, Epochs = asked, TrainLoss = Falling(at, 0.02) * Noise(0.03), ValidationLoss = validation,
                    ValidationAccuracy = isClassifier ? right : null,
                    Metrics = isClassifier ? new() { ["F1"] = right - 0.01 } : new Dictionary<string, double> { ["RMSE"] = 60_000 * Math.Sqrt(validation) },
                    LearningRate = (float)(0.00005 + (0.005 * (1 + Math.Cos(Math.PI * at)))), Steps = e * 8L,
                    Duration = TimeSpan.FromMilliseconds(70), IsBest = e < 44,
                };
            })],
            [.. Enumerable.Range(1, steps).Select(s => new StepLoss(s, Falling((s - 1.0) / steps, 0.02) * Noise(0.9)))]);
    }
}
