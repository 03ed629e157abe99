using NetGen.Compiler.Spec;
using Xunit;

namespace NetGen.Compiler.Tests.Spec;

public sealed class CoreSchemaTests
{
    private static ScalarValue Plain(string text) => new(text, true, default);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("010", 10)]
    [InlineData("-12", -12)]
    [InlineData("+12", 12)]
    [InlineData("0x1F", 31)]
    [InlineData("0o17", 15)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("0x7FFFFFFFFFFFFFFF", long.MaxValue)]
    public void Integers_are_read(string text, long expected)
    {
        Assert.True(CoreSchema.TryInteger(Plain(text), out long value));
        Assert.Equal(expected, value);
        Assert.True(CoreSchema.TryNumber(Plain(text), out double number));
        Assert.Equal((double)expected, number);
        Assert.False(CoreSchema.TryInteger(Plain(text) with { IsPlain = false }, out _));
        Assert.False(CoreSchema.TryNumber(Plain(text) with { IsPlain = false }, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1_000")]
    [InlineData("1,000")]
    [InlineData("0x")]
    [InlineData("0xG")]
    [InlineData("-0x1F")]
    [InlineData("0X1F")]
    [InlineData("0o8")]
    [InlineData("0b1")]
    [InlineData(" 1")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("٣")]
    [InlineData("ten")]
    [InlineData("0xFFFFFFFFFFFFFFFFFFFFFFx")]
    public void What_is_no_integer_is_refused_and_not_for_its_size(string text)
    {
        Assert.False(CoreSchema.TryInteger(Plain(text), out _));
        Assert.False(CoreSchema.IsIntegerTooLarge(Plain(text)));
    }

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("99999999999999999999999999999999")]
    [InlineData("18446744073709551616")]
    [InlineData("0x8000000000000000")]
    [InlineData("0o7777777777777777777777777")]
    public void An_integer_beyond_64_bits_is_told_from_text(string text)
    {
        Assert.False(CoreSchema.TryInteger(Plain(text), out _));
        Assert.True(CoreSchema.IsIntegerTooLarge(Plain(text)));
        Assert.True(CoreSchema.TryNumber(Plain(text), out _));
    }

    [Theory]
    [InlineData("1e-2", 0.01)]
    [InlineData(".5", 0.5)]
    [InlineData("+1.", 1)]
    [InlineData("-0.25E+1", -2.5)]
    [InlineData("010.5", 10.5)]
    [InlineData(".inf", double.PositiveInfinity)]
    [InlineData("+.Inf", double.PositiveInfinity)]
    [InlineData("-.INF", double.NegativeInfinity)]
    [InlineData(".nan", double.NaN)]
    [InlineData(".NaN", double.NaN)]
    [InlineData("1e999", double.PositiveInfinity)]
    [InlineData("-1e999", double.NegativeInfinity)]
    public void Numbers_are_read(string text, double expected)
    {
        Assert.True(CoreSchema.TryNumber(Plain(text), out double value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("+.")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("inf")]
    [InlineData("nan")]
    [InlineData("-.nan")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1f")]
    [InlineData("1 ")]
    [InlineData("0x1.8")]
    [InlineData("1,5")]
    public void What_is_no_number_is_text(string text) => Assert.False(CoreSchema.TryNumber(Plain(text), out _));

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("TRUE", true)]
    [InlineData("false", false)]
    [InlineData("False", false)]
    [InlineData("FALSE", false)]
    public void Booleans_are_read(string text, bool expected)
    {
        Assert.True(CoreSchema.TryBoolean(Plain(text), out bool value));
        Assert.Equal(expected, value);
        Assert.False(CoreSchema.TryBoolean(Plain(text) with { IsPlain = false }, out _));
    }

    [Theory]
    [InlineData("no")]
    [InlineData("yes")]
    [InlineData("on")]
    [InlineData("tRUE")]
    [InlineData("1")]
    [InlineData("")]
    public void The_words_of_YAML_1_1_are_text(string text) => Assert.False(CoreSchema.TryBoolean(Plain(text), out _));

    [Theory]
    [InlineData("60KB", 61_440)]
    [InlineData("60 kb", 61_440)]
    [InlineData("1.5MB", 1_572_864)]
    [InlineData("2GB", 2_147_483_648)]
    [InlineData("512B", 512)]
    [InlineData("512", 512)]
    [InlineData("0", 0)]
    public void Sizes_count_in_1024s(string text, long expected)
    {
        Assert.True(CoreSchema.TrySize(text, out long bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("10K", 10_000)]
    [InlineData("1M", 1_000_000)]
    [InlineData("2.5M", 2_500_000)]
    [InlineData("2G", 2_000_000_000)]
    [InlineData("500", 500)]
    public void Counts_count_in_thousands(string text, long expected)
    {
        Assert.True(CoreSchema.TryCount(text, out long count));
        Assert.Equal(expected, count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("KB")]
    [InlineData("-1KB")]
    [InlineData("1.5")]
    [InlineData("1.KB")]
    [InlineData("10X")]
    [InlineData("1e3")]
    [InlineData("99999999999999999999GB")]
    [InlineData("9999999999999GB")]
    public void What_is_no_size_is_refused(string text)
    {
        Assert.False(CoreSchema.TrySize(text, out _));
        Assert.False(CoreSchema.TryCount(text, out _));
    }
}
