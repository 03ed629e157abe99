using System;

namespace NetGen.Training;

/// <summary>
/// Changes one sample's features in place, such as shifting an image. It is called for each sample before it is trained on, on any of the workers'
/// threads, and depends only on what it is given: the random numbers are the sample's own, by the run's seed, the epoch and the sample's place in it,
/// so that a run repeats bit for bit.
/// </summary>
/// <param name="features">The sample's features; a copy.</param>
/// <param name="random">Random numbers.</param>
public delegate void Augmentation(Span<float> features, TrainingRandom random);
