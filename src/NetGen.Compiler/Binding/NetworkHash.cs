using System.Linq;
using System.Security.Cryptography;
using System.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Binding;

/// <summary>
/// SHA-256 of a checked network's <see cref="NetworkText"/> in UTF-8, in lower-case hexadecimal digits. Two specs that are the same network have the same
/// one, whichever front end read them and however they are written; any size, option, name or seed that differs gives another.
/// </summary>
internal static class NetworkHash
{
    public static string Of(Network network)
    {
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(NetworkText.Of(network))).Select(static b => Invariant($"{b:x2}")));
    }
}
