using System;
using System.IO;
using NetGen.Examples;
using NetGen.Training;

// A fifth is held out, of each gesture as much. The original may have been trained on it; this network has not.
LabeledDataset hands = Dataset.FromCsv(Path.Combine(AppContext.BaseDirectory, "keypoints.csv"), label: "gesture", classNames: ["open", "close", "pointer"]);
(LabeledDataset train, LabeledDataset test) = hands.Split(testFraction: 0.2, seed: 42, stratify: true);
Console.WriteLine($"{train.Count} hands to train on, {test.Count} to test; 42-20-10-3, {Gesture.ParameterCount} parameters");
Console.WriteLine();

var net = new Gesture();
net.Fit(train, options: new TrainingOptions { Epochs = 100, BatchSize = 32, Seed = 42 }, epochCompleted: report =>
{
    if (report.Epoch is 1 or 10 or 20 or 50 or 100)
        Console.WriteLine($"epoch {report.Epoch,3}   loss {report.TrainLoss:0.000}");
});

float[] outputs = net.Predict(test), original = new float[outputs.Length];
OriginalGesture.Predict(test.Features, original);
double accuracy = Metrics.Accuracy(outputs, test.Labels), originalAccuracy = Metrics.Accuracy(original, test.Labels);
Console.WriteLine();
Console.WriteLine($"test accuracy {accuracy:0.000}; of the original's weights {originalAccuracy:0.000}");
Console.WriteLine();
Console.WriteLine(net.Evaluate(test).Confusion);

bool isGood = accuracy >= originalAccuracy;
if (!isGood)
    Console.WriteLine("MISSED: at least the accuracy of the original's weights");
return isGood ? 0 : 1;
