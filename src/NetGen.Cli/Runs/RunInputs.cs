using System.Collections.Generic;
using System.Threading.Tasks;
using NetGen.Cli.Report;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>The data of a run, read and divided.</summary>
/// <param name="Files">The files, as they were named.</param>
/// <param name="All">All samples, without those of a test file.</param>
/// <param name="Split">How they are divided.</param>
/// <param name="Label">The column of the labels; null where there is none.</param>
/// <param name="Summary">What the columns of a CSV file hold; null where it is none.</param>
internal sealed record RunInputs(IReadOnlyList<string> Files, Dataset All, DataSplit Split, string? Label, Task<CsvSummary>? Summary)
{
    /// <summary>Reads and divides data.</summary>
    /// <param name="data">The data.</param>
    /// <param name="test">The test data, where they are files of their own.</param>
    /// <param name="split">The shares.</param>
    /// <param name="task">What the network is asked.</param>
    /// <param name="spec">The spec, as messages name it.</param>
    /// <param name="like">How the data were read before; null finds it out.</param>
    public static RunInputs Read(DataRequest data, DataRequest? test, SplitSettings split, NetworkTask task, string spec, WeightsInfo? like = null)
    {
        var reader = new DataReader(data, task);
        Dataset all = reader.Read(like);
        PreparedData.Check(all, data.Data, spec, task);
        Dataset? tested = null;
        if (test is not null)
        {
            tested = new DataReader(test, task).Read(new WeightsInfo
            {
                Csv = all.CsvOptions,
                ClassNames = (all as LabeledDataset)?.ClassNames,
                TargetNames = (all as TargetDataset)?.TargetNames,
                Texts = reader.LabelColumn is { } label ? new Dictionary<string, string> { [RunRecord.LabelKey] = label } : [],
            });
            PreparedData.Check(tested, test.Data, spec, task);
        }

        return new RunInputs(test is null ? [data.Data] : [data.Data, test.Data], all, DataSplit.Of(all, tested, split), reader.LabelColumn,
            SummaryOf(reader, data, all));
    }

    // For the report: while the network is compiled and trained.
    private static Task<CsvSummary>? SummaryOf(DataReader reader, DataRequest data, Dataset all) =>
        reader.Kind == DataKind.Csv && all.CsvOptions is { } options ? Task.Run(() => CsvSummary.Read(data.Data, options)) : null;
}
