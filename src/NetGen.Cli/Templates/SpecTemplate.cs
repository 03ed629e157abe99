using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NetGen.Cli.Templates;

/// <summary>A spec to begin with, for a kind of task. All of them check without a warning.</summary>
/// <param name="Kind">What <c>--kind</c> calls it.</param>
internal sealed record SpecTemplate(string Kind, string Yaml)
{
    /// <summary>The schema's file, where it stands beside the spec.</summary>
    public const string SchemaFile = "netgen.schema.json";

    public static IReadOnlyList<SpecTemplate> All { get; } =
    [
        new("dense", """
            # A classifier of rows of numbers: 4 measurements in, the probabilities of 3 classes out.
            input: 4                    # numbers of one sample; scale them to about -1 to 1
            layers:                     # in order, each reading the one before it
              - dense: { units: 32, activation: relu, name: hidden }
              - dropout: 0.1            # the share that training drops; more of it where training does much better than validation
              - dense: 3                # a unit for each class
              - softmax                 # for regression leave it out, and write loss: mean_squared_error
            loss: cross_entropy
            optimizer:
              adam: { learning_rate: 0.003 }
            l2: 0.0001                  # keeps weights small
            seed: 1                     # of the initial weights and of dropout: another one trains another network

            """),
        new("convolution", """
            # A classifier of small images: 28 x 28 grey pixels in, the probabilities of 10 classes out.
            input: [1, 28, 28]          # [channels, height, width]; pixels from 0 to 1
            layers:
              - conv2d: { filters: 16, kernel_size: 3, padding: same, use_bias: false }
              - batch_norm              # its shift stands for the convolution's bias
              - relu
              - max_pool2d: 2           # half the height, half the width
              - conv2d: { filters: 32, kernel_size: 3, padding: same, use_bias: false }
              - batch_norm
              - relu
              - max_pool2d: 2
              - flatten                 # dense layers take vectors
              - dropout: 0.3
              - dense: 10               # a unit for each class
              - softmax
            loss: cross_entropy
            optimizer:                  # from 0.003 down to 0.0001 in the course of 5,000 steps
              adamw: { learning_rate: { cosine: { from: 0.003, to: 0.0001, steps: 5000, warmup: 100 } } }
            seed: 1

            """),
        new("sequence", """
            # A forecast: 48 steps of 3 measurements in, the next value of one of them out.
            input: [48, 3]              # [time, features]; scale the features to about -1 to 1
            layers:
              - gru: { units: 32, name: memory }   # the state after the last step; all of them with return_sequences: true
              - dense: { units: 1, name: forecast }
            loss: mean_squared_error
            optimizer:
              adam: { learning_rate: 0.003, clip_norm: 1 }   # a long sequence can give a large gradient
            seed: 1

            """),
        new("autoencoder", """
            # An autoencoder: 64 numbers through 8 and back. It is trained with its input as the target.
            input: 64                   # numbers from 0 to 1
            layers:
              - dense: { units: 32, activation: relu, name: encoder }
              - dense: { units: 8, name: code }    # what is kept of a sample
              - dense: { units: 32, activation: relu, name: decoder }
              - dense: { units: 64, activation: sigmoid, name: restored }
            loss: mean_squared_error
            optimizer:
              adam: { learning_rate: 0.002 }
            seed: 1

            """),
        new("stream", """
            # A network for signals without an end: its class has a member Step, which takes one time step and keeps the state.
            input: [128, 2]             # [time, features]: training sees 128 steps at a time
            layers:
              - lstm: { units: 16, return_sequences: true, name: memory }
              - layer_norm
              - dense: { units: 1, name: out }     # at each step
            loss: mean_squared_error    # the mean over all steps
            optimizer:
              adam: { learning_rate: 0.003, clip_norm: 1 }
            seed: 1

            """),
    ];

    public static IEnumerable<string> Kinds => All.Select(static t => t.Kind);

    /// <summary>The file's text.</summary>
    /// <param name="hasSchema">The schema stands beside it: its first line then tells editors so.</param>
    public string Text(bool hasSchema)
    {
        var text = new StringBuilder(hasSchema ? $"# yaml-language-server: $schema={SchemaFile}\n" : "");
        return text.Append(Yaml.ReplaceLineEndings("\n")).ToString();
    }
}
