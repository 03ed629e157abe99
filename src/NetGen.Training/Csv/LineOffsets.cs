using System;
using System.Collections.Generic;
using System.IO;
using NetGen.Training.Files;

namespace NetGen.Training.Csv;

/// <summary>Finds the bytes at which lines begin, in an encoding that writes line breaks as ASCII does and uses their bytes for nothing else.</summary>
internal static class LineOffsets
{
    /// <summary>The offset of each line; a line ends with \n, \r\n or \r, within quotes as well.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lines">The lines, counted from 1, in order.</param>
    public static long[] Find(string path, IReadOnlyList<int> lines)
    {
        var offsets = new long[lines.Count];
        byte[] block = new byte[1 << 16];
        long blockStart = 0;
        int line = 1, found = 0;
        bool isAfterReturn = false;
        using FileStream file = DataFile.Open(path);
        while (found < lines.Count && lines[found] == 1)
            found++; // at offset 0
        while (found < lines.Count && file.Read(block) is > 0 and int filled)
        {
            for (int i = 0; i < filled && found < lines.Count;)
            {
                int next = isAfterReturn ? 0 : block.AsSpan(i, filled - i).IndexOfAny((byte)'\r', (byte)'\n');
                if (next < 0)
                    break;

                i += next;
                bool isBreak = block[i] == '\n' || isAfterReturn; // of \r\n, the \n
                if (block[i] == '\n')
                    i++;
                isAfterReturn = !isBreak;
                if (!isBreak)
                {
                    i++;
                    continue;
                }

                line++;
                for (; found < lines.Count && lines[found] == line; found++)
                    offsets[found] = blockStart + i;
            }

            blockStart += filled;
        }

        return offsets;
    }
}
