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
        new("actor-critic", """
            # A policy and the value of a state, of one trunk that remembers: what reinforcement learning trains.
            inputs:                     # a sample is both, back to back; ForwardParts takes each by itself
              observation: { shape: [1, 12], layout: sequence }   # one step of 12 numbers
              memory: 32                # the state that the step before gave; zeros at first
            layers:
              - dense: { units: 32, activation: tanh, from: observation }
              - gru: { units: 32, initial_state: memory, name: core }
              - dense: { units: 4, name: logits }
              - softmax: { name: policy }                   # the chances of 4 actions
              - dense: { units: 1, from: core, name: value }
            outputs: [policy, value, core.h]                # core.h is the next step's memory
            loss:                       # they add up; core.h has none, and so no targets
              policy: cross_entropy     # targets: the advantage at the action that was taken, 0 at the others
              value: { mean_squared_error: { weight: 0.5 } }
            optimizer:
              adam: { learning_rate: 0.0003, clip_norm: 0.5 }
            seed: 1

            """),
        new("seq2seq-state", """
            # One sequence becomes another: the decoder begins from the state that the encoder ends with.
            inputs:
              source: [24, 3]           # [time, features]: what is known
              target: [12, 2]           # one step behind what is to be predicted: the value before, at each step
            layers:
              - lstm: { units: 32, from: source, name: encoder }
              - lstm: { units: 32, return_sequences: true, from: target, initial_state: [encoder.h, encoder.c], name: decoder }
              - dense: { units: 2, name: forecast }         # at each step
            outputs: forecast
            loss: mean_squared_error
            optimizer:
              adam: { learning_rate: 0.002, clip_norm: 1 }
            seed: 1

            """),
        new("segmentation", """
            # A class for each pixel: down to a quarter of the size and up again, with what each size has seen joined to it.
            input: [1, 32, 32]          # [channels, height, width]
            layers:
              - conv2d: { filters: 8, kernel_size: 3, padding: same, activation: relu, name: fine }
              - max_pool2d: 2
              - conv2d: { filters: 16, kernel_size: 3, padding: same, activation: relu, name: coarse }
              - max_pool2d: 2
              - conv2d: { filters: 32, kernel_size: 3, padding: same, activation: relu }
              - upsample2d: 2
              - concat: { from: [upsample2d_1, coarse] }    # along the channels
              - conv2d: { filters: 16, kernel_size: 3, padding: same, activation: relu }
              - upsample2d: { size: 2, name: large }
              - concat: { from: [large, fine] }
              - conv2d: { filters: 3, kernel_size: 1, name: classes }   # a channel for each class
            loss: cross_entropy_with_logits                 # labels: one for each pixel
            optimizer:
              adam: { learning_rate: 0.001 }
            seed: 1

            """),
        new("tagger", """
            # A tag for each word: words are numbers, and each is seen with those before and behind it.
            input: 20                   # words of one sample, as numbers from 0 to 999; shorter ones are filled up
            layers:
              - embedding: { input_dim: 1000, output_dim: 24 }
              - bidirectional: { gru: { units: 24, return_sequences: true } }
              - dropout: 0.2
              - dense: 5                # a unit for each tag, at each word
            loss:
              cross_entropy_with_logits: { ignore_label: -1 }   # of what fills up a sample
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
