using System;
using System.Text;

namespace NetGen.Cli.Runs;

/// <summary>Encodings by their names.</summary>
internal static class Encodings
{
    /// <summary>An encoding.</summary>
    /// <exception cref="RunException">There is none of that name.</exception>
    public static Encoding Find(string name)
    {
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            // Those of older Windows programs.
            try
            {
                if (CodePagesEncodingProvider.Instance.GetEncoding(name) is { } encoding)
                    return encoding;
                if (int.TryParse(name, out int page) && CodePagesEncodingProvider.Instance.GetEncoding(page) is { } numbered)
                    return numbered;
            }
            catch (ArgumentException)
            {
                // Said below.
            }

            throw new RunException($"there is no encoding '{name}'; utf-8, utf-16, latin1, ascii and windows-1252 are there");
        }
    }
}
