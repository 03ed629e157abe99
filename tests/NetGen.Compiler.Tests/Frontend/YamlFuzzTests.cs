using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Frontend;
using NetGen.Compiler.Spec;
using Xunit;

namespace NetGen.Compiler.Tests.Frontend;

/// <summary>Whatever the text, the reader neither throws nor hangs, and every place it names lies in the text.</summary>
public sealed class YamlFuzzTests
{
    private static readonly string[] Seeds =
    [
        """
        # digits
        input: [1, 8, 8]
        layers:
          - conv2d: { filters: 8, kernel_size: [3, 5], padding: same, activation: relu }   # "quoted" 'comment'
          - max_pool2d: 2
          - flatten
          - dense: { units: 64, name: "hidden one" }
          - dropout: 0.2
          - softmax
        loss: cross_entropy
        optimizer:
          sgd:
            learning_rate: { cosine: { from: 0.1, to: 0.001, steps: 10000 } }
        l2: 1e-4
        budget: { parameters: 60KB, macs: 1M }
        """,
        "%YAML 1.2\r\n---\r\ninput: &in !!int '4'\r\nlayers: [dense: *in, &r relu, *r, ? softmax]\r\nseed: 0x1F\r\nnote: |\r\n  é 😀\r\n\r\n...\r\n",
        "\uFEFFa: &a [1, 2]\rb: &b [*a, *a]\rc: {x: *b, 'y z': \"\\u0041\\\n  b\"}\r? d\r: >-\r  e\r  f\rg:\r- h\r-\r- i: j\r",
    ];

    private static readonly string[] Splices =
    [
        "[", "]", "{", "}", ",", ":", ": ", "- ", "-", "? ", "?", "#", " #", "&", "&a ", "*", "*a", "!", "!!", "!!str ", "!<", "|", ">", "|\n", "'", "\"", "%", "@", "`",
        "\n", "\r", "\r\n", " ", "  ", "\t", "\n\t", "---\n", "\n---\n", "\n...\n", "\\", "\\x", "<<: ", "~", "null", "\0", "\u0085", "\u2028", "\uFEFF", "é", "😀", "\uD83D", "\u00A0",
        "%YAML 1.2\n", "%TAG ! x\n", "{[", "]}", "''", "\"\"", ".nan", "-.inf", "0x",
    ];

    /// <summary>Broken texts, the same on every run.</summary>
    internal static IEnumerable<string> Broken(int count = 3_000, int seed = 1)
    {
        Random random = new(seed);
        for (int i = 0; i < count; i++)
        {
            StringBuilder text = new(Seeds[random.Next(Seeds.Length)]);
            for (int edits = random.Next(1, 5); edits > 0; edits--)
            {
                int at = random.Next(text.Length + 1);
                int length = Math.Min(random.Next(1, 12), text.Length - at);
                switch (random.Next(5))
                {
                    case 0:
                        text.Remove(at, length);
                        break;
                    case 1:
                        text.Insert(random.Next(text.Length + 1), text.ToString(at, length));
                        break;
                    case 2 when at < text.Length:
                        text[at] = (char)random.Next(random.Next(2) == 0 ? 128 : 65536);
                        break;
                    default:
                        text.Insert(at, Splices[random.Next(Splices.Length)]);
                        break;
                }
            }

            yield return text.ToString();
        }
    }

    [Fact]
    public void Broken_texts_end_in_diagnostics_and_never_in_an_exception()
    {
        int read = 0;
        foreach (string text in Broken(30_000, seed: 2))
        {
            DiagnosticBag bag = new();
            MapValue? map;
            try
            {
                map = YamlReader.Read(text, bag);
                foreach (Diagnostic diagnostic in bag.ToArray())
                    MarkedSpec.AssertInside(diagnostic.Span, text);
                if (map is not null)
                    MarkedSpec.Show(map, text);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"on {Literal(text)}", e);
            }

            Assert.True(map is not null || bag.HasErrors, Literal(text));
            read += map is null ? 0 : 1;
        }

        Assert.InRange(read, 3_000, 27_000);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("[{")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("a: ")]
    [InlineData("a: a: a")]
    [InlineData("a:\n ")]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData("''")]
    [InlineData("\"\" ")]
    [InlineData("'a\n")]
    [InlineData("\"a\": ")]
    [InlineData("&a ")]
    [InlineData("&")]
    [InlineData("*a ")]
    [InlineData("!")]
    [InlineData("!! ")]
    [InlineData("!<")]
    [InlineData("%a\n")]
    [InlineData("%TAG !a! a\n")]
    [InlineData("|\n")]
    [InlineData("- |\n  a\n")]
    [InlineData(">\n")]
    [InlineData("\t")]
    [InlineData("\t\n")]
    [InlineData("\r")]
    [InlineData(":")]
    [InlineData("::: ")]
    [InlineData("---\n")]
    [InlineData("...\n")]
    [InlineData("# ")]
    [InlineData("x")]
    [InlineData("x ")]
    [InlineData("x\n")]
    [InlineData("x:y\n")]
    [InlineData("a: b\n")]
    [InlineData("- a\n")]
    [InlineData("[a, ")]
    [InlineData("{a: ")]
    [InlineData("[? ")]
    [InlineData("[],")]
    [InlineData("x: &a [*a, ")]
    [InlineData("\u00A0")]
    [InlineData("😀")]
    public async Task Hostile_texts_end_soon(string part)
    {
        foreach (string start in new[] { "", "a: ", "a:\n  ", "a: [", "a: \"" })
        {
            int length = start.Length == 0 ? 1 << 20 : 1 << 17;
            string text = start + string.Concat(Enumerable.Repeat(part, (length - start.Length) / part.Length));
            DiagnosticBag bag = new();
            Task<MapValue?> reading = Task.Run(() => YamlReader.Read(text, bag));
            Assert.Same(reading, await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(30))));
            Assert.True(await reading is not null || bag.HasErrors);
            foreach (Diagnostic diagnostic in bag.ToArray())
                Assert.InRange(diagnostic.Span.Start + diagnostic.Span.Length, 0, text.Length);
        }
    }

    private static string Literal(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"\\u{(int)c:X4}"));
}
