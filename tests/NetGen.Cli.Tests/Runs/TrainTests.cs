using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using NetGen.Training;
using Xunit;

namespace NetGen.Cli.Tests.Runs;

/// <summary><c>netgen train</c>: what it writes, of what data, and what it says where something does not fit.</summary>
public sealed class TrainTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string At(string name) => Path.Combine(folder.Path, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    private async Task<JsonElement> Train(string spec, string data, params string[] more)
    {
        ToolResult result = await ToolInProcess.Run(["train", spec, "--data", data, "-o", At("net"), "--json", .. more]);
        Assert.True(result.ExitCode == 0, result.Errors);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private async Task<string> Refused(params string[] arguments)
    {
        string[] before = Directory.GetFiles(folder.Path);
        ToolResult result = await ToolInProcess.Run(arguments);
        Assert.True(result.ExitCode == 1, result.Output + result.Errors);
        Assert.Equal(before.Order(), Directory.GetFiles(folder.Path).Order());
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        return result.Errors;
    }

    [Fact]
    public async Task A_spec_and_a_file_are_enough_for_weights_figures_and_a_report()
    {
        string spec = Write("net.yaml", DataFiles.ClassSpec), data = Write("points.csv", DataFiles.ClassCsv(300));

        ToolResult result = await ToolInProcess.Run("train", spec, "--data", data, "-o", At("net"));

        string output = result.Successful();
        Assert.Contains("300 samples of 2 features, 3 classes; features standardized", output, StringComparison.Ordinal);
        Assert.Contains("180 train, 60 validate, 60 test", output, StringComparison.Ordinal);
        Assert.Contains("actual \\ predicted  left  right  up", output, StringComparison.Ordinal);
        Assert.Equal(["net.metrics.csv", "net.report.html", "net.safetensors", "net.yaml", "points.csv"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
        string[] metrics = File.ReadAllLines(At("net.metrics.csv"));
        Assert.Equal("epoch,step,training_loss,validation_loss,validation_accuracy,validation_F1,learning_rate,seconds,best", metrics[0]);
        Assert.StartsWith("1,6,", metrics[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_it_is_left_to_chance()
    {
        string spec = Write("net.yaml", DataFiles.ClassSpec), data = Write("points.csv", DataFiles.ClassCsv(200));
        await Train(spec, data, "--epochs", "20");
        byte[] first = File.ReadAllBytes(At("net.safetensors"));

        JsonElement again = await Train(spec, data, "--epochs", "20");

        Assert.Equal(first, File.ReadAllBytes(At("net.safetensors")));
        Assert.True(again.GetProperty("test").GetProperty("accuracy").GetDouble() > 0.8);
        await Train(spec, data, "--epochs", "20", "--seed", "5");
        Assert.NotEqual(first, File.ReadAllBytes(At("net.safetensors")));
    }

    [Fact]
    public async Task Numbers_are_learned_and_measured_in_their_own_units()
    {
        string spec = Write("net.yaml", DataFiles.NumberSpec), data = Write("prices.csv", DataFiles.NumberCsv(300));

        JsonElement result = await Train(spec, data, "--epochs", "200");

        JsonElement test = result.GetProperty("test");
        Assert.InRange(test.GetProperty("RMSE").GetDouble(), 0.5, 150); // of prices that spread by some 800
        Assert.InRange(test.GetProperty("R2").GetDouble(), 0.97, 1);
        ToolResult predicted = await ToolInProcess.Run("predict", spec, "--weights", At("net.safetensors"), "--data", data, "-o", At("out.csv"));
        predicted.Successful();
        string[] lines = File.ReadAllLines(At("out.csv")), right = File.ReadAllLines(data);
        Assert.Equal("price", lines[0]);
        for (int i = 1; i < lines.Length; i++)
            Assert.InRange(double.Parse(lines[i], CultureInfo.InvariantCulture) - double.Parse(right[i].Split(',')[2], CultureInfo.InvariantCulture), -600, 600);
    }

    [Fact]
    public async Task The_weights_say_how_the_data_were_read_and_standardized()
    {
        string spec = Write("net.yaml", DataFiles.ClassSpec);
        string data = Write("points.csv", "id,kind,a,b\n" + DataFiles.Points(200, static (i, a, b, label) => string.Create(CultureInfo.InvariantCulture, $"{i},{label},{a:R},{b:R}")));
        await Train(spec, data, "--label", "kind", "--ignore", "id", "--epochs", "5");

        Runner network = Runner.Of(spec);
        WeightsInfo info = network.Load(At("net.safetensors"));

        Assert.Equal(["a", "b"], info.FeatureNames);
        Assert.Equal(["a", "b"], info.Csv!.Features);
        Assert.Equal(["0", "1", "2"], info.ClassNames);
        Assert.InRange(info.Features!.Means[0], 90, 110);
        Assert.InRange(info.Features.Scales[1], 0.0005, 0.005);
        Assert.Equal("kind", info.Texts["training_label"]);
    }

    [Fact]
    public async Task A_normalization_of_the_spec_learns_from_the_training_samples_instead()
    {
        string spec = Write("net.yaml", DataFiles.ClassSpec.Replace("layers:\n", "layers:\n  - normalization\n", StringComparison.Ordinal));
        string data = Write("points.csv", DataFiles.ClassCsv(300));

        JsonElement result = await Train(spec, data, "--epochs", "60");

        Assert.True(result.GetProperty("test").GetProperty("accuracy").GetDouble() > 0.9);
        Runner network = Runner.Of(spec);
        Assert.Null(network.Load(At("net.safetensors")).Features);
    }

    [Fact]
    public async Task Files_tell_how_they_are_written()
    {
        // Semicolons, decimal commas, no header, and labels that count from 1.
        string spec = Write("net.yaml", DataFiles.ClassSpec);
        string data = Write("points.csv", DataFiles.Points(300, static (_, a, b, label) => string.Create(CultureInfo.InvariantCulture, $"{a:R};{b:R};{label + 1}").Replace('.', ',')));

        JsonElement result = await Train(spec, data, "--epochs", "60");

        Assert.True(result.GetProperty("test").GetProperty("accuracy").GetDouble() > 0.9);
        Runner network = Runner.Of(spec);
        WeightsInfo info = network.Load(At("net.safetensors"));
        Assert.Equal(["1", "2", "3"], info.ClassNames);
        Assert.Equal((';', ',', false), (info.Csv!.Delimiter, info.Csv.DecimalSeparator, info.Csv.HasHeader));
    }

    [Fact]
    public async Task Texts_become_categories_and_holes_are_filled_and_new_files_are_read_alike()
    {
        string spec = Write("net.yaml", DataFiles.ClassSpec.Replace("input: 2", "input: 4", StringComparison.Ordinal));
        string data = Write("points.csv", "a,b,side,kind\n" + DataFiles.Points(300, static (i, a, b, label) =>
            string.Create(CultureInfo.InvariantCulture, $"{(i % 20 == 3 ? "" : a.ToString("R", CultureInfo.InvariantCulture))},{b:R},{(a > 100 ? "east" : "west")},{label}")));
        await Train(spec, data, "--one-hot", "side", "--missing", "fill", "--epochs", "40");
        string more = Write("more.csv", "side,b,a\nwest,0.001,\neast,-0.001,130\n");

        ToolResult result = await ToolInProcess.Run("predict", spec, "--weights", At("net.safetensors"), "--data", more, "--keep", "side");

        string[] lines = result.Successful().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("side,prediction,probability_0,probability_1,probability_2", lines[0]);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("west,", lines[1], StringComparison.Ordinal);
        Assert.Equal(1, lines[2].Split(',')[2..].Sum(static p => double.Parse(p, CultureInfo.InvariantCulture)), 1e-5);
        string other = Write("other.csv", "side,b,a\nnorth,0.001,1\n");
        Assert.Contains("'north'", await Refused("predict", spec, "--weights", At("net.safetensors"), "--data", other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arrays_and_images_train_too()
    {
        const string Spec = """
            input: [1, 6, 6]
            layers:
              - conv2d: { filters: 4, kernel_size: 3, activation: relu }
              - flatten
              - dense: 2
              - softmax
            loss: cross_entropy
            optimizer: { adam: { learning_rate: 0.01 } }

            """;
        string spec = Write("net.yaml", Spec);
        // A bright half, left or right.
        static byte[] Pixels(int i) => [.. Enumerable.Range(0, 36).Select(p => (byte)((p % 6 < 3) == (i % 2 == 0) ? 200 + (i * 7 + p) % 50 : (i * 5 + p * 3) % 60))];
        byte[] images = [.. Enumerable.Range(0, 100).SelectMany(Pixels)], labels = [.. Enumerable.Range(0, 100).Select(static i => (byte)(i % 2))];
        File.WriteAllBytes(At("x.idx"), DataFiles.Idx([100, 6, 6], images));
        File.WriteAllBytes(At("y.idx"), DataFiles.Idx([100], labels));
        File.WriteAllBytes(At("x.npy"), DataFiles.Npy("|u1", [100, 6, 6], images));
        File.WriteAllBytes(At("y.npy"), DataFiles.Npy("|u1", [100], labels));
        for (int i = 0; i < 60; i++)
        {
            string kind = Path.Combine(At("images"), i % 2 == 0 ? "left" : "right");
            Directory.CreateDirectory(kind);
            File.WriteAllBytes(Path.Combine(kind, $"{i}.pgm"), [.. "P5\n6 6\n255\n"u8, .. Pixels(i)]);
        }

        foreach (string[] data in (string[][])[["x.idx", "--labels", At("y.idx")], ["x.npy", "--labels", At("y.npy"), "--scale", "1/255"], ["images"],
            ["x.npy", "--labels", At("y.npy"), "--test", At("x.npy"), "--test-labels", At("y.npy")]])
        {
            JsonElement result = await Train(spec, At(data[0]), [.. data[1..], "--epochs", "30"]);
            Assert.Equal(1, result.GetProperty("test").GetProperty("accuracy").GetDouble());
        }

        // The worst images are drawn.
        Assert.Contains("<image", File.ReadAllText(At("net.report.html")).Replace("<img", "<image", StringComparison.Ordinal), StringComparison.Ordinal);
        ToolResult predicted = await ToolInProcess.Run("predict", spec, "--weights", At("net.safetensors"), "--data", At("x.idx"));
        Assert.Equal(Enumerable.Range(0, 100).Select(static i => i % 2 == 0 ? "0" : "1"), predicted.Successful().Split('\n')[1..101].Select(static l => l.Split(',')[0]));
    }

    [Fact]
    public async Task Yes_and_no_have_a_curve_and_an_area()
    {
        string spec = Write("net.yaml", """
            input: 2
            layers:
              - dense: { units: 8, activation: relu }
              - dense: 1
              - sigmoid
            loss: binary_cross_entropy
            optimizer: { adam: { learning_rate: 0.02 } }

            """);
        string data = Write("points.csv", "a,b,kind\n" + DataFiles.Points(300, static (_, a, b, label) => string.Create(CultureInfo.InvariantCulture, $"{a:R},{b:R},{(label == 0 ? "no" : "yes")}")));

        JsonElement result = await Train(spec, data, "--epochs", "60");

        Assert.InRange(result.GetProperty("test").GetProperty("ROC AUC").GetDouble(), 0.95, 1);
        Assert.Contains("ROC", File.ReadAllText(At("net.report.html")), StringComparison.Ordinal);
        ToolResult predicted = await ToolInProcess.Run("predict", spec, "--weights", At("net.safetensors"), "--data", data);
        string[] lines = predicted.Successful().Split('\n');
        Assert.Equal("prediction,probability", lines[0]);
        Assert.All(lines[1..301], static l => Assert.Equal(double.Parse(l.Split(',')[1], CultureInfo.InvariantCulture) >= 0.5 ? "yes" : "no", l.Split(',')[0]));
    }

    [Fact]
    public async Task What_does_not_fit_is_said_and_nothing_is_written()
    {
        string spec = Write("net.yaml", DataFiles.ClassSpec), data = Write("points.csv", DataFiles.ClassCsv(60));
        string lossless = Write("lossless.yaml", DataFiles.ClassSpec.Replace("loss: cross_entropy\noptimizer: { adam: { learning_rate: 0.02 } }\n", "", StringComparison.Ordinal));
        string wide = Write("wide.yaml", DataFiles.ClassSpec.Replace("input: 2", "input: 5", StringComparison.Ordinal));
        string two = Write("two.yaml", DataFiles.ClassSpec.Replace("dense: 3", "dense: 2", StringComparison.Ordinal));
        string wrong = Write("wrong.yaml", DataFiles.ClassSpec.Replace("relu", "rellu", StringComparison.Ordinal));

        Assert.Contains("the spec has no loss, so there is nothing to train by; write loss: cross_entropy", await Refused("train", lossless, "--data", data, "-o", At("n")), StringComparison.Ordinal);
        Assert.Contains("2 features for each sample, but " + wide + " takes 5", await Refused("train", wide, "--data", data, "-o", At("n")), StringComparison.Ordinal);
        Assert.Contains("there are 3 classes, but " + two + " has outputs for 2", await Refused("train", two, "--data", data, "-o", At("n")), StringComparison.Ordinal);
        Assert.Contains("NETGEN011", await Refused("train", wrong, "--data", data, "-o", At("n")), StringComparison.Ordinal);
        Assert.Contains("no column 'knd'; did you mean 'kind'?", await Refused("train", spec, "--data", data, "--label", "knd", "-o", At("n")), StringComparison.Ordinal);
        Assert.Contains("there is no file", await Refused("train", spec, "--data", At("none.csv"), "-o", At("n")), StringComparison.Ordinal);
        Assert.Contains("there is no folder", await Refused("train", spec, "--data", data, "-o", At("none/n")), StringComparison.Ordinal);
        Assert.Contains("leave nothing to train on", await Refused("train", spec, "--data", data, "--test-fraction", "0.6", "--validation-fraction", "0.5", "-o", At("n")), StringComparison.Ordinal);
        Assert.Contains("it does not say", await Refused("report", spec, "--run", await Foreign(spec)), StringComparison.Ordinal);
    }

    // Weights and metrics that another program wrote.
    private async Task<string> Foreign(string spec)
    {
        Runner.Of(spec).Save(At("foreign.safetensors"), new WeightsInfo());
        await File.WriteAllTextAsync(At("foreign.metrics.csv"), "epoch,step,training_loss,validation_loss,validation_accuracy,learning_rate,seconds,best\n1,1,1,1,1,1,1,1\n");
        return At("foreign");
    }

    [Fact]
    public async Task A_cell_that_cannot_be_read_is_told_by_its_line_and_without_words_of_CSharp()
    {
        string spec = Write("net.yaml", DataFiles.ClassSpec), data = Write("points.csv", "a,b,kind\n1,2,x\n3,oops,y\n5,6,x\n");

        string errors = await Refused("train", spec, "--data", data, "-o", At("n"));

        Assert.Contains("points.csv(3)", errors, StringComparison.Ordinal);
        Assert.Contains("oops", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("options", errors, StringComparison.Ordinal);
        Assert.Contains("--one-hot", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_that_the_spec_names_are_not_those_that_training_begins_with()
    {
        string spec = Write("net.yaml", DataFiles.ClassSpec), baked = Write("baked.yaml", DataFiles.ClassSpec + "weights: net.safetensors\n");
        string data = Write("points.csv", DataFiles.ClassCsv(100));
        await Train(spec, data, "--epochs", "3");
        byte[] fresh = File.ReadAllBytes(At("net.safetensors"));

        await Train(baked, data, "--epochs", "3"); // the file is there, and is overwritten by the same

        Assert.Equal(Weights(fresh), Weights(File.ReadAllBytes(At("net.safetensors"))));
        await Train(spec, data, "--epochs", "1", "--weights", At("net.safetensors"));
        Assert.NotEqual(Weights(fresh), Weights(File.ReadAllBytes(At("net.safetensors"))));
        (await ToolInProcess.Run("evaluate", baked, "--weights", At("net.safetensors"), "--data", data)).Successful();
    }

    // Without the header, which has the command.
    private static byte[] Weights(byte[] file) => file[(8 + (int)BitConverter.ToInt64(file))..];

    [Fact]
    public async Task One_run_at_a_time_writes_to_a_name()
    {
        string spec = Write("net.yaml", DataFiles.ClassSpec), data = Write("points.csv", DataFiles.ClassCsv(60));
        using (new FileStream(At("net.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            Assert.Contains("another run writes to this name", await Refused("train", spec, "--data", data, "-o", At("net")), StringComparison.Ordinal);
        // What a killed run left behind holds nobody up.
        await Train(spec, data, "--epochs", "2");
    }

    [Fact]
    public async Task An_interrupted_run_is_not_lost_by_accident_and_a_finished_one_may_be_repeated()
    {
        string spec = Write("net.yaml", DataFiles.ClassSpec), data = Write("points.csv", DataFiles.ClassCsv(60));
        Write("net.checkpoint", "not even a checkpoint");

        Assert.Contains("--resume goes on with it, --force begins anew", await Refused("train", spec, "--data", data, "-o", At("net")), StringComparison.Ordinal);
        Assert.Contains("net.checkpoint", await Refused("train", spec, "--data", data, "-o", At("net"), "--resume"), StringComparison.Ordinal);
        await Train(spec, data, "--epochs", "2", "--force");
        Assert.False(File.Exists(At("net.checkpoint")));
        await Train(spec, data, "--epochs", "2");
    }

    [Fact]
    public async Task A_report_that_is_made_again_is_the_same_but_for_the_time_of_day()
    {
        string spec = Write("net.yaml", DataFiles.ClassSpec), data = Write("points.csv", DataFiles.ClassCsv(100));
        await Train(spec, data, "--epochs", "10");
        string[] first = File.ReadAllLines(At("net.report.html"));

        (await ToolInProcess.Run("report", spec, "--run", At("net"), "-o", At("again.html"))).Successful();

        string[] again = File.ReadAllLines(At("again.html"));
        string[] different = [.. first.Except(again)];
        Assert.All(different, static line => Assert.True(line.Contains("Trained for", StringComparison.Ordinal) || line.Contains("Started", StringComparison.Ordinal)
            || line.Contains("<bdi>20", StringComparison.Ordinal), line));

        // Without the data there are the curves, and it is said what is missing.
        File.Delete(data);
        (await ToolInProcess.Run("report", spec, "--run", At("net"), "-o", At("less.html"))).Successful();
        Assert.Contains("The data were not read again", File.ReadAllText(At("less.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proposed_spec_is_written_trained_and_can_be_trained_again_by_its_first_line()
    {
        string data = Write("points.csv", "id,side,a,b,kind\n" + DataFiles.Points(300, static (i, a, b, label) =>
            string.Create(CultureInfo.InvariantCulture, $"{i},{(a > 100 ? "east" : "west")},{a:R},{b:R},{"left,up,right".Split(',')[label]}")));

        JsonElement result = JsonDocument.Parse((await ToolInProcess.Run("train", At("mine.yaml"), "--infer", "--data", data, "-o", At("net"), "--json")).Output).RootElement;

        Assert.True(result.GetProperty("test").GetProperty("accuracy").GetDouble() > 0.9);
        string again = File.ReadLines(At("mine.yaml")).First();
        Assert.Equal($"# Train it again: netgen train \"{At("mine.yaml")}\" --data \"{data}\" --label kind --ignore id --one-hot side", again);
        string[] words = [.. Regex.Matches(again["# Train it again: netgen ".Length..], "\"([^\"]*)\"|\\S+").Select(static m => m.Value.Trim('"'))];
        ToolResult second = await ToolInProcess.Run([.. words, "-o", At("second"), "--epochs", "3"]);
        second.Successful();
        Assert.Contains("it is there already", await Refused("train", At("mine.yaml"), "--infer", "--data", data, "-o", At("n")), StringComparison.Ordinal);
    }
}
