using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>What cannot be read or does not fit, as the user is told.</summary>
internal sealed class RunException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Reads data sets for a network.</summary>
/// <param name="request">Where they are.</param>
/// <param name="asked">What the network is asked; null where there is none yet, and nothing but options is read.</param>
internal sealed class DataReader(DataRequest request, NetworkTask? asked)
{
    private const int ChunkSize = 10_000;

    private NetworkTask Asked => asked ?? throw new InvalidOperationException("There is no network to read data for.");

    /// <summary>What the data are.</summary>
    public DataKind Kind { get; } = DataKinds.Of(request.Data);

    /// <summary>The column of the labels, once it is known; null where there is none.</summary>
    public string? LabelColumn { get; private set; }

    /// <summary>The whole data set.</summary>
    /// <param name="like">How the training data were read, and which classes they have; null where these are they.</param>
    public Dataset Read(WeightsInfo? like = null)
    {
        string[]? classes = request.Classes.Count > 0 ? [.. request.Classes] : like?.ClassNames?.ToArray();
        switch (Kind)
        {
            case DataKind.Csv:
                CsvOptions options = OptionsOf(like);
                (string? label, IReadOnlyList<string> targets) = Answers(options, like);
                LabelColumn = label;
                return label is not null ? ReadLabeled(label, classes, options) : Dataset.FromCsv(request.Data, targets, options);
            case DataKind.Images:
                return TakesLabels
                    ? Dataset.FromImages(request.Data, classes, ImageSize)
                    : throw new RunException($"{request.Data}: a folder of images has a class for each, but the network's loss takes numbers; "
                        + "give arrays by a .npy file, or a loss such as cross_entropy");
            case DataKind.Npz:
                (string x, string y) = Arrays();
                return TakesLabels ? Dataset.FromNpz(request.Data, x, y, classes, request.Scale) : Dataset.FromNpz(request.Data, x, y, request.Scale);
            case DataKind.Npy:
                return TakesLabels ? Dataset.FromNpy(request.Data, LabelFile, classes, request.Scale) : Dataset.FromNpy(request.Data, LabelFile, request.Scale);
            default:
                CheckIdx();
                return Dataset.FromIdx(request.Data, LabelFile, classes, request.Scale);
        }
    }

    /// <summary>The data set in chunks, each of which is read when it is asked for.</summary>
    /// <param name="like">How the training data were read.</param>
    public object ReadChunks(WeightsInfo? like)
    {
        string[]? classes = request.Classes.Count > 0 ? [.. request.Classes] : like?.ClassNames?.ToArray();
        switch (Kind)
        {
            case DataKind.Csv:
                CsvOptions options = OptionsOf(like);
                (string? label, IReadOnlyList<string> targets) = Answers(options, like);
                return label is not null
                    ? ChunkedDataset.FromCsv(request.Data, label, ChunkSize, classes, options)
                    : ChunkedDataset.FromCsv(request.Data, targets, ChunkSize, options);
            case DataKind.Images when TakesLabels:
                return ChunkedDataset.FromImages(request.Data, 1_000, classes, ImageSize);
            case DataKind.Npy:
                return TakesLabels
                    ? ChunkedDataset.FromNpy(request.Data, LabelFile, ChunkSize, classes, request.Scale)
                    : ChunkedDataset.FromNpy(request.Data, LabelFile, ChunkSize, request.Scale);
            default:
                // Compressed, or in an archive: there it cannot be sought, so that it is read whole.
                Dataset whole = Read(like);
                return whole is LabeledDataset labeled ? ChunkedDataset.FromChunks([() => labeled]) : ChunkedDataset.FromChunks([() => (TargetDataset)whole]);
        }
    }

    /// <summary>The samples without their answers, each once and in order.</summary>
    /// <param name="like">How the training data were read.</param>
    /// <param name="keep">Columns of a CSV file whose texts are kept.</param>
    public IEnumerable<FeatureDataset> ReadFeatures(WeightsInfo like, IReadOnlyList<string> keep)
    {
        if (keep.Count > 0 && Kind != DataKind.Csv)
            throw new RunException($"{request.Data}: --keep names columns of a CSV file, which this is not; leave it out");
        if (Kind == DataKind.Csv)
            return Dataset.ReadFeaturesFromCsv(request.Data, CheckedFill(FeatureOptions(like), like), keep, ChunkSize);
        return Kind switch
        {
            DataKind.Npy => Dataset.ReadFeaturesFromNpy(request.Data, request.Scale, ChunkSize),
            DataKind.Idx => Dataset.ReadFeaturesFromIdx(request.Data, request.Scale, ChunkSize),
            _ => throw new RunException($"{request.Data}: predictions are made of a CSV, .npy or IDX file; save the samples as one of them"),
        };
    }

    /// <summary>How a CSV file is read: as the command line says, where it says anything; else as the training data were.</summary>
    public CsvOptions OptionsOf(WeightsInfo? like)
    {
        CsvOptions usual = like?.Csv ?? Found();
        return usual with
        {
            Delimiter = request.Delimiter ?? usual.Delimiter,
            DecimalSeparator = request.DecimalSeparator ?? usual.DecimalSeparator,
            Comment = request.Comment ?? usual.Comment,
            HasHeader = !request.HasNoHeader && usual.HasHeader,
            Encoding = request.Encoding is { } encoding ? Encodings.Find(encoding) : usual.Encoding,
            Ignore = request.Ignore.Count > 0 && like?.Csv is null ? request.Ignore : usual.Ignore,
            OneHot = request.OneHot.Count > 0 && like?.Csv is null ? request.OneHot : usual.OneHot,
            Index = request.Index.Count > 0 && like?.Csv is null ? request.Index : usual.Index,
            Group = like?.Csv is null ? request.Group : null,
            MissingValues = request.Missing ?? usual.MissingValues,
            FillWith = request.Missing == MissingValues.Fill && like?.Csv is null ? FillWith.Median : usual.FillWith,
        };
    }

    /// <summary>What a file's first lines tell, where the command line does not.</summary>
    private CsvOptions Found()
    {
        var plain = new CsvOptions { Comment = request.Comment, Encoding = request.Encoding is { } encoding ? Encodings.Find(encoding) : null };
        CsvOptions found = CsvOptions.Detect(request.Data, plain);
        // Of a file that is cut up by another character, they tell nothing.
        return request.Delimiter is { } delimiter && delimiter != found.Delimiter ? plain : found;
    }

    private bool TakesLabels => request.Targets.Count == 0 && Asked.Answer != Answer.Numbers && (Asked.Answer == Answer.Class || Asked.OutputSize == 1);

    // Images are brought to what the network takes.
    private ImageOptions ImageSize => Asked.Image is [var channels, var height, var width]
        ? new ImageOptions { Channels = channels, Height = height, Width = width, Resize = ImageResize.Bilinear }
        : new ImageOptions();

    private string LabelFile => request.Labels
        ?? throw new RunException($"{request.Data}: the file has features alone; name the file of the {(TakesLabels ? "labels" : "targets")} by --labels");

    // Labels that are numbers but not 0 to k - 1, as 1 to 3 or -1 and 1 are, have their numbers for names.
    private LabeledDataset ReadLabeled(string label, string[]? classes, CsvOptions options)
    {
        try
        {
            return Dataset.FromCsv(request.Data, label, classes, options);
        }
        catch (DatasetException) when (classes is null && CsvSummary.Read(request.Data, options).Find(label) is { AreIntegers: true, Distinct: { } distinct } column
            && distinct == column.Frequencies.Count)
        {
            string[] names = [.. column.Frequencies.Select(static f => f.Key).OrderBy(static text => double.Parse(text, CultureInfo.InvariantCulture))];
            return Dataset.FromCsv(request.Data, label, names, options);
        }
    }

    /// <summary>The column of the labels, or those of the targets: as stated, or the last ones.</summary>
    private (string? Label, IReadOnlyList<string> Targets) Answers(CsvOptions options, WeightsInfo? like)
    {
        if (request.Labels is not null)
            throw new RunException($"{request.Data}: --labels names a file beside an array file, but this is a CSV file, whose labels are a column: "
                + "name it by --label");
        if (request.Label is not null && request.Targets.Count > 0)
            throw new RunException("--label and --targets are both given; --label is for classes, --targets for numbers");
        if (request.Targets.Count > 0)
            return (null, request.Targets);
        if (request.Label is not null)
            return TakesLabels ? (request.Label, []) : (null, [request.Label]);

        IReadOnlyList<string> columns = [.. options.ReadColumns(request.Data).Where(column => !request.Ignore.Contains(column) && column != request.Group)];
        if (TakesLabels)
            return (LabelOf(like, columns) ?? columns[^1], []);
        if (like?.TargetNames is { } names && names.All(columns.Contains))
            return (null, names);
        int count = Asked.OutputSize;
        return columns.Count > count
            ? (null, [.. columns.Skip(columns.Count - count)])
            : throw new RunException($"{request.Data}: the network gives {count} numbers for each sample, but the file has {columns.Count} columns, "
                + $"of which the last {count} would be the targets; name the targets by --targets, or check the delimiter (--delimiter)");
    }

    // The training data's label column, if this file has it too.
    private static string? LabelOf(WeightsInfo? like, IReadOnlyList<string> columns) =>
        like?.Texts.GetValueOrDefault(RunRecord.LabelKey) is { } label && columns.Contains(label) ? label : null;

    private CsvOptions FeatureOptions(WeightsInfo like)
    {
        CsvOptions options = OptionsOf(like);
        // Without what the training data were, the label's column must be said.
        string[] label = request.Label is null ? [] : [request.Label];
        return like.Csv is not null ? options : options with { Ignore = [.. request.Ignore, .. request.Targets, .. label] };
    }

    // A line that is left out would be one prediction less, which nobody asked for; a value is filled in by what the training data had, and by nothing else.
    private CsvOptions CheckedFill(CsvOptions options, WeightsInfo like)
    {
        if (request.Missing == MissingValues.Fill && like.Csv is not { FillValues.Count: > 0 })
            throw new RunException($"{request.Data}: --missing fill takes the medians of the training data, which had none filled in; "
                + "train with --missing fill, or say --missing drop");
        return request.Missing is null && options.MissingValues == MissingValues.Drop ? options with { MissingValues = MissingValues.Refuse } : options;
    }

    private (string X, string Y) Arrays() => request.Arrays switch
    {
        [] => ("x", "y"),
        [var x, var y] => (x, y),
        _ => throw new RunException($"--arrays has {request.Arrays.Count} names; give two, of the features and of the labels or targets, as in --arrays x,y"),
    };

    private void CheckIdx()
    {
        if (!TakesLabels)
            throw new RunException($"{request.Data}: IDX files have labels, but the network's loss takes numbers; give the data as .npy files, "
                + "or a loss such as cross_entropy");
    }
}
