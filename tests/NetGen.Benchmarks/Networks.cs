namespace NetGen.Benchmarks;

[Network("Nets/a.yaml")]
public sealed partial class NetA;

[Network("Nets/b.yaml")]
public sealed partial class NetB;

[Network("Nets/c.yaml")]
public sealed partial class NetC;

[Network("Nets/d.yaml")]
public sealed partial class NetD;

[Network("Nets/e.yaml")]
public sealed partial class NetE;
