using System.Text.Json.Serialization;

namespace NetGen.Training.Checkpoints;

/// <summary>What a checkpoint's metadata hold, as JSON.</summary>
/// <param name="Version">Of this format.</param>
/// <param name="Identity">The run.</param>
/// <param name="State">How far it was.</param>
/// <param name="NetworkSteps">The network's <c>Steps</c>.</param>
/// <param name="KeptSteps">The <c>Steps</c> of the weights that are kept.</param>
internal sealed record CheckpointContent(int Version, RunIdentity Identity, RunState State, long NetworkSteps, long KeptSteps);

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CheckpointContent))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
