using NetGen.Cli.Runs;
using Xunit;

namespace NetGen.Cli.Tests.Runs;

public sealed class PredictionTableTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("+cmd", "'+cmd")]
    [InlineData("-x", "'-x")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("+1e3", "+1e3")]
    [InlineData("=A,\"B\"", "\"'=A,\"\"B\"\"\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData(" a", "\" a\"")]
    [InlineData("", "")]
    public void A_text_is_no_formula_and_one_cell(string text, string cell) => Assert.Equal(cell, PredictionTable.Cell(text));
}
