using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// Prints the class of the operations over <c>System.Numerics.Vector&lt;float&gt;</c>, as .NET Standard 2.0 has it, and the one over four floats. Their members
/// have the names and the parameters of those of the lanes' types (<see cref="LanesMembers"/>). What a vector of unknown width cannot do, such as to move
/// elements between lanes, has no member: what calls it stays code over numbers.
/// </summary>
internal static class PortableLanes
{
    public const string Class = "Lanes", ClassOfFour = "Lanes4";

    /// <summary>Whether a vector is worth it.</summary>
    public const string Fit = "Fit";

    /// <summary>A reference to nothing, and the question for it: <c>Unsafe</c> has both only from .NET 5 on.</summary>
    public const string Nothing = "Nothing", IsNothing = "IsNothing";

    private const string OfFour = "4.";

    private const string Inline = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";

    /// <summary>Characters of a member's head and body that stand on one line behind the attribute.</summary>
    private const int Most = 90;

    /// <param name="Signature">Null for that of the lanes' types.</param>
    /// <param name="Body">An expression, or a block. <c>V</c>, <c>INTS</c>, <c>DOUBLES</c> and <c>FOUR</c> are the vectors, <c>VEC</c> the class with their
    /// operations.</param>
    private sealed record Member(string Name, string Body, string? Signature = null, string? Summary = null);

    private static readonly Member[] s_members = [.. Table()];

    private static readonly Member[] s_four = [.. TableOfFour()];

    private static readonly Dictionary<string, Member> s_byKey = s_members.ToDictionary(static m => m.Name).Concat(s_four.ToDictionary(static m => OfFour + m.Name)).ToDictionary(static m => m.Key, static m => m.Value);

    /// <summary>What a member is counted by among those that are called; null where there is none.</summary>
    /// <param name="isOfFour">It is one of four floats.</param>
    public static string? KeyOf(string member, bool isOfFour)
    {
        string key = isOfFour ? OfFour + member : member;
        return s_byKey.ContainsKey(key) ? key : null;
    }

    /// <summary>The members that a text calls.</summary>
    public static IEnumerable<string> CalledIn(string text) =>
        Regex.Matches(text, @"\bLanes(4?)\.([A-Za-z]+)").Cast<Match>().Select(static m => (m.Groups[1].Value == "" ? "" : OfFour) + m.Groups[2].Value).Distinct();

    private static IEnumerable<Member> Table()
    {
        static Member Row(string name, string body) => new(name, body);

        yield return new(Fit, "VEC.IsHardwareAccelerated && V.Count <= 16", $"bool {Fit}()", "Whether the runtime makes instructions of vectors: without, they would take many times as long as numbers.");
        yield return new(Fit + "Of", "Fit() && count >= V.Count", $"bool {Fit}(int count)", "The same, and so many neighbours fill one.");
        yield return new(Nothing, "ref SPANS.GetReference(default(global::System.Span<float>))", $"ref float {Nothing}()");
        yield return new(IsNothing, "UNSAFE.AreSame(ref x, ref Nothing())", $"bool {IsNothing}(ref float x)");
        yield return Row("Count", "V.Count");
        yield return Row("Zero", "V.Zero");
        yield return Row("One", "V.One");
        yield return Row("Ascending", "= new V(new float[] { 0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f, 11f, 12f, 13f, 14f, 15f });");
        yield return Row("Create", "new V(x)");
        yield return Row("Load", "UNSAFE.ReadUnaligned<V>(ref UNSAFE.As<float, byte>(ref at))");
        yield return Row("LoadFrom", "UNSAFE.ReadUnaligned<V>(ref UNSAFE.As<float, byte>(ref UNSAFE.Add(ref at, offset)))");
        yield return Row("Store", "UNSAFE.WriteUnaligned(ref UNSAFE.As<float, byte>(ref at), x)");
        yield return Row("StoreFrom", "UNSAFE.WriteUnaligned(ref UNSAFE.As<float, byte>(ref UNSAFE.Add(ref at, offset)), x)");
        yield return Row("LoadFirst", """
            {
                V x = V.Zero;
                for (int k = 0; k < count; k++)
                    UNSAFE.Add(ref UNSAFE.As<V, float>(ref x), k) = UNSAFE.Add(ref at, k);
                return x;
            }
            """) with { Summary = "So few elements, and zeros behind them." };
        yield return Row("StoreFirst", """
            {
                for (int k = 0; k < count; k++)
                    UNSAFE.Add(ref at, k) = x[k];
            }
            """);
        yield return Row("LoadInts", "VEC.ConvertToSingle(UNSAFE.ReadUnaligned<INTS>(ref UNSAFE.As<int, byte>(ref at)))");
        yield return Row("First", "VEC.AsVectorSingle(VEC.LessThan(Ascending, new V((float)count)))") with { Summary = "All bits in the first lanes." };
        yield return Row("Last", "VEC.AsVectorSingle(VEC.GreaterThanOrEqual(Ascending, new V((float)(V.Count - count))))") with { Summary = "All bits in the last lanes." };
        yield return Row("Add", "a + b");
        yield return Row("Subtract", "a - b");
        yield return Row("Multiply", "a * b");
        yield return Row("Divide", "a / b");
        yield return Row("Negate", "-a");
        yield return Row("MultiplyAdd", "a * b + c");
        yield return Row("MaxNative", "VEC.Max(a, b)") with { Summary = "The larger of two; b where that is no number." };
        yield return Row("MinNative", "VEC.Min(a, b)") with { Summary = "The smaller of two; b where that is no number." };
        yield return Row("Max", "VEC.ConditionalSelect(VEC.Equals(a, a), VEC.Max(a, b), a)") with { Summary = "The larger of two, or what is no number: .NET Framework gives b where a is none." };
        yield return Row("Min", "VEC.ConditionalSelect(VEC.Equals(a, a), VEC.Min(a, b), a)");
        yield return Row("Abs", "VEC.Abs(x)");
        yield return Row("Sqrt", "VEC.SquareRoot(x)");
        foreach ((string name, string operation) in new[] { ("Equal", "Equals"), ("Greater", "GreaterThan"), ("GreaterOrEqual", "GreaterThanOrEqual"), ("Less", "LessThan") })
            yield return Row(name, $"VEC.AsVectorSingle(VEC.{operation}(a, b))");
        yield return Row("And", "a & b");
        yield return Row("AndNot", "VEC.AndNot(a, b)") with { Summary = "The bits of a that b has not." };
        yield return Row("Or", "a | b");
        yield return Row("Select", "VEC.ConditionalSelect(VEC.AsVectorInt32(mask), a, b)");
        yield return Row("Sum", "VEC.Dot(x, V.One)");
        yield return Row("FirstLane", "x[0]");
        yield return Row("Largest", """
            {
                float largest = x[0];
                for (int k = 1; k < V.Count; k++)
                    largest = global::System.Math.Max(largest, x[k]);
                return largest;
            }
            """) with { Summary = "The largest lane." };
        yield return Row("SumsOfFour", "new FOUR(Sum(a), Sum(b), Sum(c), Sum(d))") with { Summary = "The sums over the lanes of four vectors, side by side." };
        // There are no shifts: the product moves the bits up, and dropping the lowest ones before a conversion, which is exact, down.
        yield return Row("PowerOfTwo", "VEC.AsVectorSingle(VEC.AsVectorInt32(t) * new INTS(8388608))") with { Summary = "The low bits as an exponent: times 2^23 is a shift." };
        yield return Row("Exponent", "VEC.ConvertToSingle(VEC.AsVectorInt32(bits) & new INTS(-8388608)) * new V(1.1920929E-07f)") with { Summary = "The bits of an exponent as a number: they alone are converted, and scaled by 2^-23." };
        yield return Row("AddBits", "VEC.AsVectorSingle(VEC.AsVectorInt32(x) + new INTS(bits))");
        yield return Row("AndBits", "VEC.AsVectorSingle(VEC.AsVectorInt32(x) & new INTS(bits))");
        yield return Row("InverseExponent", "VEC.AsVectorSingle(VEC.Max(new INTS(0x3F800000) - (VEC.AsVectorInt32(bits) & new INTS(-8388608)), INTS.Zero))") with
        {
            Summary = "2^-n for the n of an exponent's bits, or 0 where that is too small.",
        };
        yield return Row("IsAny", "!VEC.EqualsAll(VEC.AsVectorInt32(mask), INTS.Zero)") with { Summary = "Whether the bits of any lane are set." };
        yield return Row("LowestBitAsSign", "VEC.AsVectorSingle(VEC.AsVectorInt32(k) * new INTS(int.MinValue))") with { Summary = "Times 2^31 is a shift." };
        foreach (string name in new[] { "Sin", "Cos" })
        {
            yield return Row(name + "OfEach", $$"""
                {
                    for (int k = 0; k < V.Count; k++)
                        UNSAFE.Add(ref UNSAFE.As<V, float>(ref x), k) = (float)global::System.Math.{{name}}(x[k]);
                    return x;
                }
                """);
        }

        yield return Row("WidenLower", """
            {
                VEC.Widen(x, out DOUBLES lower, out DOUBLES _);
                return VEC.AsVectorSingle(lower);
            }
            """) with { Summary = "The lower half of the lanes in double. Doubles are kept in the bits of a vector." };
        yield return Row("WidenUpper", """
            {
                VEC.Widen(x, out DOUBLES _, out DOUBLES upper);
                return VEC.AsVectorSingle(upper);
            }
            """);
        yield return Row("Narrow", "VEC.Narrow(VEC.AsVectorDouble(lower), VEC.AsVectorDouble(upper))") with { Summary = "Doubles as floats." };
        yield return Row("CreateDoubles", "VEC.AsVectorSingle(new DOUBLES(x))");
        yield return Row("AddDoubles", "VEC.AsVectorSingle(VEC.AsVectorDouble(a) + VEC.AsVectorDouble(b))");
        yield return Row("MultiplyDoubles", "VEC.AsVectorSingle(VEC.AsVectorDouble(a) * VEC.AsVectorDouble(b))");
        yield return Row("SumDoubles", "VEC.Dot(VEC.AsVectorDouble(x), DOUBLES.One)");
    }

    /// <summary>What is done with the results of a few sums. Epilogues of them are done over numbers.</summary>
    private static IEnumerable<Member> TableOfFour()
    {
        static Member Row(string name, string body) => new(name, body);

        yield return Row("Zero", "FOUR.Zero");
        yield return Row("One", "FOUR.One");
        yield return Row("Create", "new FOUR(x)");
        yield return Row("Load", "UNSAFE.ReadUnaligned<FOUR>(ref UNSAFE.As<float, byte>(ref at))");
        yield return Row("LoadFrom", "UNSAFE.ReadUnaligned<FOUR>(ref UNSAFE.As<float, byte>(ref UNSAFE.Add(ref at, offset)))");
        yield return Row("Store", "UNSAFE.WriteUnaligned(ref UNSAFE.As<float, byte>(ref at), x)");
        yield return Row("StoreFrom", "UNSAFE.WriteUnaligned(ref UNSAFE.As<float, byte>(ref UNSAFE.Add(ref at, offset)), x)");
        yield return Row("LoadFirst", "new FOUR(at, count > 1 ? UNSAFE.Add(ref at, 1) : 0f, count > 2 ? UNSAFE.Add(ref at, 2) : 0f, 0f)") with { Summary = "One, two or three elements, and zeros behind them." };
        yield return Row("StoreFirst", """
            {
                at = x.X;
                if (count > 1)
                    UNSAFE.Add(ref at, 1) = x.Y;
                if (count > 2)
                    UNSAFE.Add(ref at, 2) = x.Z;
            }
            """);
        yield return Row("Add", "a + b");
        yield return Row("Subtract", "a - b");
        yield return Row("Multiply", "a * b");
        yield return Row("Divide", "a / b");
        yield return Row("Negate", "-a");
        yield return Row("MultiplyAdd", "a * b + c");
        yield return Row("FirstLane", "x.X");
    }

    /// <summary>The classes with the members that are called, and those that they call.</summary>
    public static void Emit(CodeWriter w, IEnumerable<string> called)
    {
        var needed = new HashSet<string>();
        void Need(string key)
        {
            if (!needed.Add(key))
                return;
            foreach (Match word in Regex.Matches(s_byKey[key].Body, @"(?<![.\w])([A-Z][A-Za-z]+)\b(?!\.)"))
            {
                string name = word.Groups[1].Value;
                if (s_byKey.ContainsKey(name))
                    Need(name);
            }
        }

        foreach (string key in called)
        {
            Need(key);
            // Both questions have one name.
            if (key == Fit)
                Need(Fit + "Of");
        }

        if (needed.Count == 0)
            return;
        w.Summary("What is done with vectors of as many floats as the processor that runs it has lanes for: a constant to the JIT.");
        using (w.Block("internal static class " + Class))
        {
            foreach (Member member in s_members.Where(m => needed.Contains(m.Name)))
                Emit(w, member, PortableVectorDialect.Floats);
        }

        w.Line();
        Member[] four = [.. s_four.Where(m => needed.Contains(OfFour + m.Name))];
        if (four.Length == 0)
            return;
        w.Summary("The same with four floats.");
        using (w.Block("internal static class " + ClassOfFour))
        {
            foreach (Member member in four)
                Emit(w, member, PortableVectorDialect.Four);
        }

        w.Line();
    }

    private static void Emit(CodeWriter w, Member member, string vector)
    {
        string head = Regex.Replace(member.Signature ?? LanesMembers.All[member.Name].Signature, @"\bV\b", vector).Replace("T4 ", PortableVectorDialect.Four + " ").Replace("nint ", "int ");
        string body = Named(member.Body);
        if (member.Summary is { } summary)
            w.Line("// " + summary);
        string access = "internal static ";
        if (head.EndsWith("{ get; }", System.StringComparison.Ordinal))
        {
            head = head.Substring(0, head.Length - 9);
            w.Line(body[0] == '=' ? $"{access}readonly {head} {body}" : $"{access}{head} => {body};");
        }
        else if (body[0] == '{')
            w.Line(Inline + (head.Length > Most ? "\n" : " ") + access + head + "\n" + body);
        else
            w.Line($"{Inline} {access}{head} =>{(head.Length + body.Length > Most ? "\n    " : " ")}{body};");
    }

    private static string Named(string body)
    {
        foreach ((string word, string name) in new[]
        {
            ("V", PortableVectorDialect.Floats), ("INTS", PortableVectorDialect.Ints), ("DOUBLES", PortableVectorDialect.Doubles), ("FOUR", PortableVectorDialect.Four), ("VEC", PortableVectorDialect.Operations),
            ("UNSAFE", VectorDialect.Unsafe), ("SPANS", "global::System.Runtime.InteropServices.MemoryMarshal"),
        })
            body = Regex.Replace(body, $@"\b{word}\b", name);
        return body;
    }
}
