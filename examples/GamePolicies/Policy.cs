using System;

namespace NetGen.Examples;

/// <summary>What a network does with its inputs, one after the other in a span.</summary>
internal delegate void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);

/// <summary>A policy in a game: what an agent sees to what it does.</summary>
/// <param name="Name">As its recording is called.</param>
/// <param name="Title">The game and its engine.</param>
/// <param name="Network">Its generated method.</param>
/// <param name="InputSize">Numbers of an observation, with its masks and its memory.</param>
/// <param name="OutputSize">Numbers of an action, with its memory.</param>
internal sealed record Policy(string Name, string Title, int ParameterCount, Predict Network, int InputSize, int OutputSize)
{
    /// <summary>What it remembers: the last so many numbers of what it gives are the last of what it takes next.</summary>
    public int MemorySize { get; init; }

    /// <summary>Whether it gives the probability of each action, not an action of numbers.</summary>
    public bool IsDiscrete { get; init; }

    public int ObservationSize => InputSize - MemorySize;

    public int ActionSize => OutputSize - MemorySize;
}
