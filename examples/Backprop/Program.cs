using NetGen.Examples;
using Spectre.Console;

Terminal.Prepare();

float[] x = [0.05f, 0.10f];
float[] targets = [0.01f, 0.99f];

// A weight is presented as [out, in]: w1 and w2 lead from the two inputs into h1, w3 and w4 into h2.
float[] hiddenWeight = [0.15f, 0.20f, 0.25f, 0.30f];
float[] hiddenBias = [0.35f, 0.35f];
float[] outputWeight = [0.40f, 0.45f, 0.50f, 0.55f];
float[] outputBias = [0.60f, 0.60f];

// Forward: each layer by itself, without and with its sigmoid, and then the whole network.
float[] netH = Apply(new NetInput(), hiddenWeight, hiddenBias, x);
float[] outH = ApplySigmoid(new OneLayer(), hiddenWeight, hiddenBias, x);
float[] netO = Apply(new NetInput(), outputWeight, outputBias, outH);

var net = new Textbook();
Presented.Set(net, "hidden.weight", hiddenWeight);
Presented.Set(net, "hidden.bias", hiddenBias);
Presented.Set(net, "output.weight", outputWeight);
Presented.Set(net, "output.bias", outputBias);

var outO = new float[Textbook.OutputSize];
net.Forward(x, outO);

// Backward: the gradients of the weights, and from the network whose biases may move, the deltas.
float error = net.Backward(x, targets);
float[] gradHidden = Presented.Get<Textbook>(net.Gradients, "hidden.weight");
float[] gradOutput = Presented.Get<Textbook>(net.Gradients, "output.weight");

var free = new FreeBiases();
net.Parameters.CopyTo(free.Parameters);
free.Backward(x, targets);
float[] deltaO = Presented.Get<FreeBiases>(free.Gradients, "output.bias");

// The update, and then 9,999 more.
net.SgdStep();
float[] newHidden = Presented.Get<Textbook>(net.Parameters, "hidden.weight");
float[] newOutput = Presented.Get<Textbook>(net.Parameters, "output.weight");
float errorAfterOne = net.Loss(x, targets);

float lastError = 0;
while (net.Steps < 10_000)
    lastError = net.TrainStep(x, targets); // the error before the step
var outAfterAll = new float[Textbook.OutputSize];
net.Forward(x, outAfterAll);

AnsiConsole.WriteLine("One step of backpropagation by hand and by NetGen: two inputs, two hidden");
AnsiConsole.WriteLine("units and two outputs, all sigmoid, with half the squared error.");
new Comparison()
    .Group("forward")
    .Row("net_h1", netH[0], "0.3775")
    .Row("net_h2", netH[1], "0.3925")
    .Row("out_h1", outH[0], "0.593269992")
    .Row("out_h2", outH[1], "0.596884378")
    .Row("net_o1", netO[0], "1.105905967")
    .Row("out_o1", outO[0], "0.75136507")
    .Row("out_o2", outO[1], "0.772928465")
    .Row("E", error, "0.298371109")
    .Group("backward")
    .Row("dE/dnet_o1", deltaO[0], "0.138498562")
    .Row("dE/dw5 (h1 to o1)", gradOutput[0], "0.082167041")
    .Row("dE/dw1 (x1 to h1)", gradHidden[0], "0.000438568")
    .Group("after one step (rate 0.5)")
    .Row("w1 (x1 to h1)", newHidden[0], "0.149780716")
    .Row("w2 (x2 to h1)", newHidden[1], "0.19956143")
    .Row("w3 (x1 to h2)", newHidden[2], "0.24975114")
    .Row("w4 (x2 to h2)", newHidden[3], "0.29950229")
    .Row("w5 (h1 to o1)", newOutput[0], "0.35891648")
    .Row("w6 (h2 to o1)", newOutput[1], "0.408666186")
    .Row("w7 (h1 to o2)", newOutput[2], "0.511301270")
    .Row("w8 (h2 to o2)", newOutput[3], "0.561370121")
    .Row("E", errorAfterOne, "0.291027924")
    .Group("after 10,000 steps")
    .Row("out_o1", outAfterAll[0], "0.015912196")
    .Row("out_o2", outAfterAll[1], "0.984065734")
    .Row("E before the last step", lastError, "0.0000351085")
    .Print();

AnsiConsole.WriteLine("Ours are floats, with about seven digits. Three of the textbook's own values");
AnsiConsole.WriteLine("are further off: E after one step is 0.291027774 by its weights, and its last");
AnsiConsole.WriteLine("two outputs are those of two or three steps later.");
AnsiConsole.WriteLine($"After the last step E is {net.Loss(x, targets):0.0000000000}. One text prints 0.000351085, which is");
AnsiConsole.WriteLine("ten times too much.");

static float[] Apply(NetInput layer, float[] weight, float[] bias, float[] input)
{
    Presented.Set(layer, "layer.weight", weight);
    Presented.Set(layer, "layer.bias", bias);
    var output = new float[NetInput.OutputSize];
    layer.Forward(input, output);
    return output;
}

static float[] ApplySigmoid(OneLayer layer, float[] weight, float[] bias, float[] input)
{
    Presented.Set(layer, "layer.weight", weight);
    Presented.Set(layer, "layer.bias", bias);
    var output = new float[OneLayer.OutputSize];
    layer.Forward(input, output);
    return output;
}
