using System.IO;
using NetGen.Training.Csv;

namespace NetGen.Training;

public sealed partial record CsvOptions
{
    /// <summary>
    /// Finds how a CSV file is written, from its first hundred rows: the delimiter (a comma, a semicolon, a tab or a bar), the decimal separator, and whether
    /// the first line is a header. What they do not show stays as in <paramref name="options"/>.
    /// </summary>
    /// <remarks>
    /// A delimiter is one by which the rows have equally many cells, at least two. There is a header where the first line has a text above a column of numbers,
    /// or no number at all. The decimal separator is a comma where numbers with a comma are there, and none with a point.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="options">What is known: the encoding, comments and missing texts count. Null takes the defaults.</param>
    /// <returns>The options with what was found.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">The system does not let the file be read. What is wrong in it is reported where it is read as data.</exception>
    public static CsvOptions Detect(string path, CsvOptions? options = null) => CsvDetection.Run(path, options ?? new CsvOptions());
}
