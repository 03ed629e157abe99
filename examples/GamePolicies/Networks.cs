namespace NetGen.Examples;

/// <summary>Steers a plane through gates; of Godot RL Agents, as Godot's example FlyBy runs it.</summary>
[Network("fly_by.yaml")]
internal partial class FlyBy;

/// <summary>Lands a craft; of Godot RL Agents.</summary>
[Network("lander.yaml")]
internal partial class Lander;

/// <summary>Balances a ball on a plate; of Unity ML-Agents.</summary>
[Network("ball.yaml")]
internal partial class Ball;

/// <summary>Goes left or right on a line; of Unity ML-Agents.</summary>
[Network("basic.yaml")]
internal partial class Basic;

/// <summary>Remembers a sign until it stands before the doors; of Unity ML-Agents.</summary>
[Network("hallway.yaml")]
internal partial class Hallway;
