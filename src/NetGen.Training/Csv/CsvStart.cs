namespace NetGen.Training.Csv;

/// <summary>A row within a CSV file, to begin with.</summary>
/// <param name="Columns">The columns' names.</param>
/// <param name="HeaderLine">The line that they stand on.</param>
/// <param name="Line">The line on which the row begins, counted from 1.</param>
/// <param name="Offset">The byte at which it begins.</param>
internal sealed record CsvStart(string[] Columns, int HeaderLine, int Line, long Offset);
