using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// Prints the interface of the lanes and its types for 16, 8 and 4 of them. Text that is generic over them runs at any width: the JIT compiles it for each by
/// itself, and finds constants where it says <c>TLanes.Count</c>. Values are the raw vectors: structs around them would cost the JIT the locals that it can
/// keep track of.
/// </summary>
/// <remarks>
/// The JIT keeps track of 1,024 locals of a method, so a method stays below some 300 operations over vectors, those of inlined methods counted.
/// </remarks>
internal static class LanesTypes
{
    /// <summary>What text that is generic over the lanes says behind its name.</summary>
    public const string Parameters = "<TLanes, TVector>";

    public const string Constraints = "where TLanes : struct, ILanes<TVector> where TVector : struct";

    private const string Inline = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";

    /// <summary>Characters of a member's head and body that stand on one line behind the attribute.</summary>
    private const int Most = 90;

    /// <summary>The type arguments of one width.</summary>
    /// <param name="within">What stands before the names of the lanes' types, where they are members of another type.</param>
    public static string ArgumentsOf(Lanes lanes, string within = "") => $"<{within}{NameOf(lanes)}, {lanes.Type}>";

    /// <summary>The type with the operations of one width.</summary>
    public static string NameOf(Lanes lanes) => System.FormattableString.Invariant($"Lanes{lanes.Count}");

    /// <summary>The members that a text calls, of any width or of one.</summary>
    public static IEnumerable<string> CalledIn(string text) =>
        Regex.Matches(text, @"\b(?:TLanes|Lanes(?:16|8|4))\.([A-Za-z]+)").Cast<Match>().Select(static m => m.Groups[1].Value).Distinct();

    /// <summary>The types with the members that are called, and those that they call.</summary>
    public static void Emit(CodeWriter w, IEnumerable<string> called, bool isOld)
    {
        var needed = new HashSet<string>();
        void Need(string name)
        {
            if (!needed.Add(name))
                return;
            foreach (string other in LanesMembers.All[name].Needs)
                Need(other);
        }

        foreach (string name in called)
            Need(name);
        if (needed.Count == 0)
            return;
        LanesMember[] members = [.. LanesMembers.All.Values.Where(m => needed.Contains(m.Name))];
        w.Summary("What is done with vectors of one width. What is written over it, the JIT compiles for the width that it runs at.");
        using (w.Block("internal interface ILanes<TVector>"))
        {
            foreach (LanesMember member in members.Where(static m => !m.IsOwn))
            {
                if (member.Summary is { } summary)
                    w.Line("// " + summary);
                w.Line("static abstract " + Signature(member, "TVector") + (member.Signature.EndsWith("}", System.StringComparison.Ordinal) ? "" : ";"));
            }
        }

        w.Line();
        foreach (Lanes lanes in Lanes.All)
        {
            using (w.Block($"internal readonly struct {NameOf(lanes)} : ILanes<{lanes.Type}>"))
            {
                foreach (LanesMember member in members)
                    EmitMember(w, member, lanes, isOld);
            }

            w.Line();
        }
    }

    private static void EmitMember(CodeWriter w, LanesMember member, Lanes lanes, bool isOld)
    {
        if ((isOld ? member.OldBody ?? member.Body : member.Body)(lanes.Count) is not { } template)
            return;
        string body = Named(template, lanes), head = Signature(member, lanes.Type), access = member.IsOwn ? "private static " : "public static ";
        if (head.EndsWith("{ get; }", System.StringComparison.Ordinal))
            w.Line($"{access}{head.Substring(0, head.Length - 8)}=> {body};");
        else if (body[0] == '{')
            w.Line(Inline + (head.Length > Most ? "\n" : " ") + access + head + "\n" + body);
        else
        {
            bool isWrapped = head.Length + body.Length > Most || body.IndexOf('\n') >= 0;
            w.Line($"{Inline} {access}{head} =>{(isWrapped ? "\n    " + body.Replace("\n", "\n    ") : " " + body)};");
        }
    }

    private static string Signature(LanesMember member, string vector) => Regex.Replace(member.Signature, @"\bV\b", vector).Replace("T4 ", Lanes.Four.Type + " ");

    private static string Named(string body, Lanes lanes)
    {
        body = Regex.Replace(body, @"\bVEC\b", lanes.Class);
        body = Regex.Replace(body, @"\bV\b", lanes.Type);
        body = Regex.Replace(body, @"\bLANES(4|8)\b", "Lanes$1");
        body = Regex.Replace(body, @"\b([CT])(4|8|16)\b", static m =>
        {
            var of = new Lanes(int.Parse(m.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture));
            return m.Groups[1].Value == "C" ? of.Class : of.Type;
        });
        return body.Replace("UNSAFE", VectorDialect.Unsafe).Replace("X86.", "global::System.Runtime.Intrinsics.X86.").Replace("ARM.", "global::System.Runtime.Intrinsics.Arm.");
    }
}
