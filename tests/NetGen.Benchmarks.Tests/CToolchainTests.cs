using Xunit;

namespace NetGen.Benchmarks.Tests;

public class CToolchainTests
{
    [Fact]
    public void A_compiler_that_is_nowhere_has_no_version() => Assert.Null(new CToolchain("netgen-no-compiler", "").Version);
}
