using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Models.Weights;

namespace NetGen.Models.Fitting;

/// <summary>
/// What <c>--rename from=to</c> does: <c>from</c> is a tensor's whole name, or the beginning of names up to a point (<c>fc1</c> of <c>fc1.weight</c>;
/// with the point, <c>module.</c>, the point goes too). Nothing behind the equals sign leaves out what is named so, but behind a prefix with its point it
/// takes the prefix off.
/// </summary>
internal sealed record Rename(string From, string To)
{
    /// <summary>What is wrong with a rename as it is written; null for nothing.</summary>
    public static string? Problem(string written) => written.IndexOf('=', StringComparison.Ordinal) switch
    {
        < 0 => $"'{written}' has no equals sign; write OLD=NEW, as in module.fc1=hidden",
        0 => $"'{written}' names nothing before the equals sign; write OLD=NEW, as in module.fc1=hidden",
        _ => null,
    };

    /// <summary>By the first equals sign.</summary>
    public static Rename Of(string written)
    {
        int at = written.IndexOf('=', StringComparison.Ordinal);
        return new Rename(written[..at], written[(at + 1)..]);
    }

    public override string ToString() => $"{From}={To}";

    /// <summary>
    /// The tensors under their new names, without those that are left out. Each is renamed once: by its whole name, else by the longest beginning.
    /// </summary>
    /// <exception cref="TensorFileException">A rename is of nothing, or two tensors would have one name.</exception>
    public static IReadOnlyList<FileTensor> Apply(IReadOnlyList<FileTensor> tensors, IReadOnlyList<Rename> renames)
    {
        var renamed = new List<FileTensor>();
        var used = new HashSet<Rename>();
        foreach (FileTensor tensor in tensors)
        {
            Rename? rename = renames.Where(r => r.IsOf(tensor.Name)).MaxBy(static r => r.From.Length);
            if (rename is null)
            {
                renamed.Add(tensor);
                continue;
            }

            used.Add(rename);
            if (rename.To.Length > 0 || rename.From.EndsWith('.'))
                {
                renamed.Add(tensor with
                {
                    Name = rename.To + tensor.Name[rename.From.Length..],
                    Container = rename.IsOf(tensor.Container) ? rename.To + tensor.Container[rename.From.Length..] : "",
                    IsRenamed = true,
                });
            }
        }

        if (renames.FirstOrDefault(r => !used.Contains(r)) is { } unused)
        {
            // One that a longer one leaves nothing is a mistake as well.
            string? near = Nearest.Find(unused.From,
                tensors.SelectMany(static t => new[] { t.Name, TensorRole.Of(t.Name).Module }).Where(static n => n.Length > 0).Distinct());
            throw new TensorFileException($"--rename {unused} is of nothing: no tensor is called {Excerpt.Quote(unused.From)}, or begins with that up to "
                + "a point, and is not renamed otherwise; "
                + (near is not null ? $"did you mean {Excerpt.Quote(near)}?" : $"there are {Excerpt.Names([.. tensors.Select(static t => t.Name)])}."));
        }

        return renamed.GroupBy(static t => t.Name, StringComparer.Ordinal).FirstOrDefault(static g => g.Count() > 1) is { Key: var twice }
            ? throw new TensorFileException($"two tensors would be called {Excerpt.Quote(twice)}; give each a name of its own by --rename, or leave one "
                + "out by --rename NAME=.")
            : renamed;
    }

    private bool IsOf(string name) =>
        name == From || (name.StartsWith(From, StringComparison.Ordinal) && (From.EndsWith('.') || From.EndsWith('/') || name[From.Length] is '.' or '/'));
}
