using System;
using System.Globalization;

namespace NetGen.Compiler.Spec;

/// <summary>
/// How a plain scalar is read: the core schema of YAML 1.2.2, section 10.3.2, exactly. So <c>no</c> is text, <c>010</c> is ten,
/// <c>1e-2</c> a number and <c>1_000</c> text. A quoted scalar is always text.
/// </summary>
internal static class CoreSchema
{
    /// <summary>An integer: <c>[-+]?[0-9]+</c>, <c>0o[0-7]+</c> or <c>0x[0-9a-fA-F]+</c>, where it fits 64 bits.</summary>
    public static bool TryInteger(ScalarValue scalar, out long value)
    {
        value = 0;
        return scalar.IsPlain && ReadInteger(scalar.Text, out value) == Integer.Fits;
    }

    /// <summary>An integer is written, and it is beyond 64 bits: <see cref="TryInteger"/> refuses it for its size alone.</summary>
    public static bool IsIntegerTooLarge(ScalarValue scalar) =>
        scalar.IsPlain && ReadInteger(scalar.Text, out _) == Integer.TooLarge;

    /// <summary>
    /// An integer or a floating-point number. <c>.inf</c> and <c>.nan</c> are numbers too, and what is beyond a double is infinite;
    /// the caller refuses those in its own words.
    /// </summary>
    public static bool TryNumber(ScalarValue scalar, out double value)
    {
        value = 0;
        string text = scalar.Text;
        if (!scalar.IsPlain || text.Length == 0)
            return false;
        if (text is ".nan" or ".NaN" or ".NAN")
        {
            value = double.NaN;
            return true;
        }

        int sign = text[0] is '-' or '+' ? 1 : 0;
        string unsigned = text.Substring(sign);
        if (unsigned is ".inf" or ".Inf" or ".INF")
        {
            value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        if (sign == 0 && text.Length > 2 && text[0] == '0' && text[1] is 'x' or 'o')
            return TryBase(text, out value);
        if (!IsDecimal(unsigned))
            return false;

        // Beyond its range, double.TryParse fails on some runtimes and gives infinity on others.
        if (!double.TryParse(unsigned, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value))
            value = double.PositiveInfinity;
        if (text[0] == '-')
            value = -value;
        return true;
    }

    /// <summary><c>true</c> and <c>false</c>, also as <c>True</c> and <c>TRUE</c>; nothing else.</summary>
    public static bool TryBoolean(ScalarValue scalar, out bool value)
    {
        value = scalar.Text is "true" or "True" or "TRUE";
        return scalar.IsPlain && (value || scalar.Text is "false" or "False" or "FALSE");
    }

    /// <summary>A size in bytes: <c>60KB</c>, <c>1.5 MB</c>, <c>512B</c> or <c>512</c>; a KB is 1,024 bytes.</summary>
    public static bool TrySize(string text, out long bytes) =>
        TryScaled(text, static unit => unit switch
        {
            "" or "B" => 1,
            "KB" => 1L << 10,
            "MB" => 1L << 20,
            "GB" => 1L << 30,
            _ => 0,
        }, out bytes);

    /// <summary>A count: <c>10K</c>, <c>1.5M</c>, <c>2G</c> or <c>500</c>; a K is a thousand.</summary>
    public static bool TryCount(string text, out long count) =>
        TryScaled(text, static unit => unit switch
        {
            "" => 1,
            "K" => 1_000,
            "M" => 1_000_000,
            "G" => 1_000_000_000,
            _ => 0,
        }, out count);

    private enum Integer
    {
        None,
        TooLarge,
        Fits,
    }

    private static Integer ReadInteger(string text, out long value)
    {
        value = 0;
        bool prefixed = text.Length > 2 && text[0] == '0' && text[1] is 'x' or 'o';
        uint radix = !prefixed ? 10u : text[1] == 'x' ? 16u : 8u;
        int start = prefixed ? 2 : text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        if (start == text.Length)
            return Integer.None;

        bool negative = text[0] == '-';
        ulong limit = negative ? 1UL << 63 : long.MaxValue;
        ulong magnitude = 0;
        bool fits = true;
        for (int i = start; i < text.Length; i++)
        {
            int digit = Digit(text[i]);
            if (digit < 0 || digit >= radix)
                return Integer.None;
            fits = fits && magnitude <= (limit - (ulong)digit) / radix;
            if (fits)
                magnitude = (magnitude * radix) + (ulong)digit;
        }

        if (!fits)
            return Integer.TooLarge;
        value = negative ? unchecked(-(long)magnitude) : (long)magnitude;
        return Integer.Fits;
    }

    private static bool TryBase(string text, out double value)
    {
        value = 0;
        int radix = text[1] == 'x' ? 16 : 8;
        for (int i = 2; i < text.Length; i++)
        {
            int digit = Digit(text[i]);
            if (digit < 0 || digit >= radix)
                return false;
            value = (value * radix) + digit;
        }

        return true;
    }

    /// <summary><c>( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?</c></summary>
    private static bool IsDecimal(string text)
    {
        int i = 0;
        int whole = Digits(text, ref i);
        if (i < text.Length && text[i] == '.')
        {
            i++;
            int fraction = Digits(text, ref i);
            if (whole + fraction == 0)
                return false;
        }
        else if (whole == 0)
        {
            return false;
        }

        if (i < text.Length && text[i] is 'e' or 'E')
        {
            i++;
            if (i < text.Length && text[i] is '-' or '+')
                i++;
            if (Digits(text, ref i) == 0)
                return false;
        }

        return i == text.Length;
    }

    private static int Digits(string text, ref int i)
    {
        int start = i;
        while (i < text.Length && text[i] is >= '0' and <= '9')
            i++;
        return i - start;
    }

    private static int Digit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };

    private static bool TryScaled(string text, Func<string, long> factorOf, out long value)
    {
        value = 0;
        int i = 0;
        int whole = Digits(text, ref i);
        int fraction = 0;
        if (whole > 0 && i < text.Length && text[i] == '.')
        {
            i++;
            fraction = Digits(text, ref i);
            if (fraction == 0)
                return false;
        }

        long factor = factorOf(text.Substring(i).Trim(' ').ToUpperInvariant());
        if (whole == 0 || factor == 0 || (fraction > 0 && factor == 1))
            return false;
        if (!decimal.TryParse(text.Substring(0, i), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            || number > long.MaxValue / factor)
        {
            return false;
        }

        value = (long)(number * factor);
        return true;
    }
}
