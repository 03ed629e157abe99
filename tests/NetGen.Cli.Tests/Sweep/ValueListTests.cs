using System;
using System.Linq;
using NetGen.Cli.Sweep;
using Xunit;

namespace NetGen.Cli.Tests.Sweep;

/// <summary>What <c>--set</c> takes.</summary>
public sealed class ValueListTests
{
    [Theory]
    [InlineData("16,32,64", "16|32|64")]
    [InlineData(" 16 , 32 ", "16|32")]
    [InlineData("0.10", "0.10")]
    [InlineData("1e-4,1e-3", "1e-4|1e-3")]
    [InlineData("relu,tanh", "relu|tanh")]
    [InlineData("true,false", "true|false")]
    [InlineData("[3,5],[5,3],3", "[3,5]|[5,3]|3")]
    [InlineData("{ cosine: { from: 0.1, to: 0.01, steps: 9 } },0.1", "{ cosine: { from: 0.1, to: 0.01, steps: 9 } }|0.1")]
    [InlineData("\"a,b\",c", "a,b|c")]
    [InlineData("'a,b'", "a,b")]
    [InlineData("don't,do", "don't|do")]
    [InlineData("log:1e-4:1e-1:7", "0.0001|0.000316|0.001|0.00316|0.01|0.0316|0.1")]
    [InlineData("log:1e-1:1e-3:3", "0.1|0.01|0.001")]
    [InlineData("log:1e-12:1e-10:3", "1e-12|1e-11|1e-10")]
    [InlineData("log:16:128:4", "16|32|64|128")]
    [InlineData("log:16:256:4", "16|40|102|256")]
    [InlineData("log:100000:10000000:3", "100000|1000000|10000000")]
    [InlineData("log:1:4:7", "1|1.26|1.59|2|2.52|3.17|4")]
    [InlineData("linear:0:1:5", "0|0.25|0.5|0.75|1")]
    [InlineData("linear:0:1:4", "0|0.333|0.667|1")]
    [InlineData("linear:16:64:4", "16|32|48|64")]
    [InlineData("linear:1000:2000:5", "1000|1250|1500|1750|2000")]
    [InlineData("linear:-1:1:3", "-1|0|1")]
    [InlineData("linear:0.1:0.3:3", "0.1|0.2|0.3")]
    [InlineData("linear:1e-9:3e-9:3", "1e-9|2e-9|3e-9")]
    [InlineData("0,log:0.01:1:3", "0|0.01|0.1|1")]
    public void Values_are_read_and_printed_as_they_are_trained(string text, string expected)
    {
        (SweepAxis? axis, string? problem) = ValueList.Parse("hidden.units=" + text);
        Assert.Null(problem);
        Assert.Equal("hidden.units", axis!.Path);
        Assert.Equal(expected, string.Join('|', axis.Values.Select(static v => v.Text)));
        foreach (SweepValue value in axis.Values)
        {
            Assert.True(SpecEdit.IsOneValue(value.Yaml), value.Yaml);
            if (value.Number is { } number)
                Assert.Equal(number, double.Parse(value.Text, System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData("a,b\"", "a|b\"")]
    [InlineData("\"say \\ x\"", "say \\ x")]
    [InlineData("@a,#b,a: b,*c", "@a|#b|a: b|*c")]
    public void A_text_that_would_mean_something_to_yaml_is_quoted(string text, string expected)
    {
        SweepAxis axis = ValueList.Parse("weights.file=" + text).Axis!;
        Assert.Equal(expected, string.Join('|', axis.Values.Select(static v => v.Text)));
        Assert.All(axis.Values, static v => Assert.True(SpecEdit.IsOneValue(v.Yaml), v.Yaml));
    }

    [Fact]
    public void A_quoted_number_is_a_text() =>
        Assert.Equal(("\"16\"", null), ValueList.Parse("a=\"16\"").Axis!.Values.Select(static v => (v.Yaml, v.Number)).Single());

    [Theory]
    [InlineData("hidden.units", "'hidden.units' has no values; write e.g. hidden.units=16,32,64")]
    [InlineData("", "write e.g. hidden.units=16,32,64")]
    [InlineData("=3", "has no path before the =; write e.g. hidden.units=3")]
    [InlineData("a=", "a: there are no values; write e.g. 16,32,64")]
    [InlineData("a=1,,2", "a value is missing in '1,,2'")]
    [InlineData("a=1,", "a value is missing")]
    [InlineData("a=[3,5", "a bracket in '[3,5' is not closed; add ]")]
    [InlineData("a=3]", "the bracket ] in '3]' has no counterpart")]
    [InlineData("a=[3}", "the bracket } in '[3}' has no counterpart")]
    [InlineData("a=\"b", "is not closed")]
    [InlineData("a=1,2,1", "the value 1 is there twice; leave one out")]
    [InlineData("a=0.1,1e-1", "the value 1e-1 is there twice, once as 0.1")]
    [InlineData("a=log:1:10", "has 2 parts behind log, but three are needed")]
    [InlineData("a=log:x:10:3", "has an end that is no number")]
    [InlineData("a=log:1:10:x", "has 'x' for the number of values")]
    [InlineData("a=log:1:10:1", "has 1 values, but needs 2 at least")]
    [InlineData("a=linear:1:10:-3", "has -3 values, but needs 2 at least")]
    [InlineData("a=linear:1:10:1001", "has 1,001 values, but a path takes 1,000 at most")]
    [InlineData("a=log:0:10:3", "both ends must be above 0; write linear:0:10:3")]
    [InlineData("a=log:-1:10:3", "both ends must be above 0")]
    [InlineData("a=linear:2:2:3", "begins where it ends")]
    [InlineData("a=log:1:1.0001:9", "closer together than 3 digits can tell")]
    [InlineData("a=lin:0:1:5", "there is no range 'lin'; write linear:0:1:5")]
    [InlineData("a=geom:1:10:5", "there is no range 'geom'; write log:1:10:5")]
    public void What_is_wrong_is_said_with_its_remedy(string option, string message) =>
        Assert.Contains(message, ValueList.Parse(option).Problem, StringComparison.Ordinal);

    [Fact]
    public void More_values_than_a_sweep_can_have_are_refused() =>
        Assert.Contains("more than 1,000", ValueList.Parse("a=" + string.Join(',', Enumerable.Range(0, 1001))).Problem, StringComparison.Ordinal);
}
