using System.Collections.Generic;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>The networks of the examples that come with weights.</summary>
internal static class GalleryNets
{
    public static IReadOnlyList<GalleryNet> All { get; } =
    [
        new("GamePolicies: Basic", "GamePolicies/basic.yaml", "basic.safetensors"),
        new("HandGesture", "HandGesture/gesture.yaml", "original.safetensors"),
        new("Raptor, a step", "Raptor/raptor.yaml", "raptor.safetensors", """
            inputs: { x: { shape: [1, 22], layout: sequence }, h: 16 }
            layers:
              - dense: { units: 16, activation: relu, from: x }
              - gru: { units: 16, return_sequences: true, initial_state: [h] }
              - dense: { units: 4, name: dense_2 }
            outputs: [dense_2, gru_1.h]
            """),
        new("GamePolicies: FlyBy", "GamePolicies/fly_by.yaml", "fly_by.safetensors"),
        new("GamePolicies: 3DLander", "GamePolicies/lander.yaml", "lander.safetensors"),
        new("GamePolicies: 3DBall", "GamePolicies/ball.yaml", "ball.safetensors"),
        new("Walking, a step", "Walking/walking.yaml", "walking.safetensors", """
            inputs: { x: { shape: [1, 47], layout: sequence }, h: 64, c: 64 }
            layers:
              - lstm: { units: 64, return_sequences: true, from: x, initial_state: [h, c] }
              - dense: { units: 32, activation: elu }
              - dense: { units: 12, name: dense_2 }
            outputs: [dense_2, lstm_1.h, lstm_1.c]
            """),
        new("GamePolicies: Hallway", "GamePolicies/hallway.yaml", "hallway.safetensors"),
        new("Classify", "Classify/digits_conv.yaml", "digits_conv.safetensors"),
        new("OnnxDigits", "OnnxDigits/mnist.yaml", "mnist.safetensors"),
        new("TinyMl: ad01", "TinyMl/ad01.yaml", "ad01.safetensors"),
        new("TinyMl: kws", "TinyMl/kws.yaml", "kws.safetensors"),
        new("TinyMl: resnet8", "TinyMl/resnet8.yaml", "resnet8.safetensors"),
        new("TinyMl: vww96", "TinyMl/vww96.yaml", "vww96.safetensors"),
        new("NoiseSuppression: first", "NoiseSuppression/dtln_1.yaml", "dtln_1.safetensors"),
        new("NoiseSuppression: second", "NoiseSuppression/dtln_2.yaml", "dtln_2.safetensors"),
        new("PitchTracker", "PitchTracker/crepe.yaml", "crepe.safetensors"),
        new("GuitarAmp, 2,400 samples", "GuitarAmp/amp.yaml", "amp.safetensors"),
        new("VoiceActivity", "VoiceActivity/voice_activity.yaml", "silero_vad_16k.safetensors"),
    ];

    /// <summary>Weights among the examples that no network above has: a line is missing there.</summary>
    public static IEnumerable<string> Missing() => typeof(GalleryNets).Assembly.GetManifestResourceNames()
        .Where(static name => name.EndsWith(".safetensors", System.StringComparison.Ordinal)).Except(All.Select(static n => n.WeightsResource));
}
