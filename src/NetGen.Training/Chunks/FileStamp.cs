using System;
using System.IO;

namespace NetGen.Training.Chunks;

/// <summary>What tells that a file is still the one whose places are known.</summary>
internal sealed record FileStamp(string Path, long Length, DateTime Written)
{
    /// <summary>The stamp of a file as it is now.</summary>
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return new FileStamp(path, file.Exists ? file.Length : -1, file.Exists ? file.LastWriteTimeUtc : default);
    }

    /// <summary>Checks that the file has not changed.</summary>
    /// <exception cref="DatasetException">It has.</exception>
    public void Check()
    {
        FileStamp now = Of(Path);
        if (now != this)
            throw new DatasetException(Path, null, now.Length < 0
                ? "the file is gone since its chunks were found; keep it while the data set is in use."
                : FormattableString.Invariant($"the file has changed since its chunks were found: it had {Length} bytes, written {Written:u}, and has {now.Length}, written {now.Written:u}; make the chunked data set anew."));
    }
}
