using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NetGen.Compiler.Diagnostics;

namespace NetGen.Generator.Diagnostics;

/// <summary>
/// The rules as Roslyn sees them. They repeat <see cref="Rules"/> because Roslyn's release tracking reads literals
/// in fields alone; a test holds the two equal. A message is written whole where the mistake is found, so each
/// format is one place.
/// </summary>
internal static class Descriptors
{
    private const string Category = "NetGen";
    private const string Format = "{0}";

    public static readonly DiagnosticDescriptor Syntax = new("NETGEN001", "The spec is not valid YAML", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor NotANetwork = new("NETGEN002", "The file holds no network", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor Limits = new("NETGEN003", "The spec is too large, too deep, or expands too far", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor DuplicateKey = new("NETGEN004", "A key stands twice in one map", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor SeveralDocuments = new("NETGEN005", "The file holds several documents", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor UnknownKey = new("NETGEN006", "Unknown key", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor MissingKey = new("NETGEN007", "A required key is missing", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor WrongKind = new("NETGEN008", "A value is of the wrong kind", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor OutOfRange = new("NETGEN009", "A value is out of range", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor UnknownLayer = new("NETGEN010", "Unknown layer", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor UnknownActivation = new("NETGEN011", "Unknown activation", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor UnknownLoss = new("NETGEN012", "Unknown loss", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor UnknownOptimizer = new("NETGEN013", "Unknown optimizer", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor UnknownInitializer = new("NETGEN014", "Unknown initializer", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor UnknownWord = new("NETGEN015", "Unknown word", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor InvalidName = new("NETGEN016", "A layer's name is not an identifier", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor DuplicateName = new("NETGEN017", "Two layers have one name", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor UnknownSource = new("NETGEN019", "The layer reads from a name that no layer before it has", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor InputMismatch = new("NETGEN020", "The stated input size differs from what the layer before gives", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor WrongRank = new("NETGEN021", "The layer does not take data of this rank", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor UndecidedLayout = new("NETGEN022", "It is not known whether the data is a sequence or has channels", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor TooLarge = new("NETGEN023", "The network is too large", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor WrongLayout = new("NETGEN024", "The data has the wrong layout for this layer", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor ShapeMismatch = new("NETGEN025", "The sizes do not fit together", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor ChannelsLast = new("NETGEN026", "The input's channels come last", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor LossMismatch = new("NETGEN030", "The loss does not fit the last layer", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor NesterovWithoutMomentum = new("NETGEN031", "Nesterov momentum without momentum", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor OverBudget = new("NETGEN032", "The network is over its budget", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor NothingToTrain = new("NETGEN033", "An optimizer without a loss", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor DefaultLearningRate = new("NETGEN034", "The learning rate is the default", Format, Category, DiagnosticSeverity.Info, true);
    public static readonly DiagnosticDescriptor SoftmaxTwice = new("NETGEN040", "The softmax of a softmax", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor LinearStack = new("NETGEN041", "Two dense layers with nothing nonlinear between", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor RectifiedRegression = new("NETGEN042", "A regression ends in relu", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor SquaredErrorOfProbabilities = new("NETGEN043", "A squared error on a softmax", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor DropoutAtTheEnd = new("NETGEN044", "Dropout after the last layer", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor BiasBeforeBatchNorm = new("NETGEN045", "A bias before batch norm", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor LearningRate = new("NETGEN046", "An absurd learning rate", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor KerasMomentum = new("NETGEN047", "A batch norm's momentum looks like Keras's", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor UnreadLayer = new("NETGEN048", "Nothing reads the layer", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor NothingTrained = new("NETGEN049", "Nothing is left to train", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor InvalidSpec = new("NETGEN050", "The network's spec has errors", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor SpecNotFound = new("NETGEN051", "The spec file was not found", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor AmbiguousSpec = new("NETGEN052", "Several spec files have this name", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor NotPartial = new("NETGEN053", "The network class is not partial", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor Generic = new("NETGEN054", "The network class, or one around it, is generic", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor NotAClass = new("NETGEN055", "The network is not an instance class", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor MemberClash = new("NETGEN056", "The class declares a member that is generated", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor TwoSpecs = new("NETGEN057", "The class has both a spec file and layer attributes", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor SeveralDeclarations = new("NETGEN058", "The network's attributes stand on several declarations", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor OldTarget = new("NETGEN059", "The project's framework or language version is too old", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor NoStep = new("NETGEN060", "The network cannot work step after step", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor Figures = new("NETGEN061", "The network's figures", Format, Category, DiagnosticSeverity.Info, false);
    public static readonly DiagnosticDescriptor NoConstructor = new("NETGEN062", "The constructors of the network's class cannot be generated", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor LayersWithoutNetwork = new("NETGEN063", "A class has layers, but is no network", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor BufferLength = new("NETGEN070", "The buffer cannot fit", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor SwappedBuffers = new("NETGEN071", "Two buffers are swapped", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor TargetKind = new("NETGEN072", "The targets are of the wrong kind", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor SharedInstance = new("NETGEN073", "Several threads use one instance", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor AllocatedInLoop = new("NETGEN074", "The buffer is allocated in a loop", Format, Category, DiagnosticSeverity.Info, true);
    public static readonly DiagnosticDescriptor NoLoss = new("NETGEN075", "The network has no loss", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor NoWeights = new("NETGEN076", "The network has no weights compiled in", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor OtherStep = new("NETGEN077", "The optimizer's step has another name", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor NoLabels = new("NETGEN078", "The loss takes no class indices", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor WeightsNotFound = new("NETGEN080", "The weight file was not found", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor UnusableWeights = new("NETGEN081", "The weight file is damaged, or does not fit the network", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor OtherLanguage = new("NETGEN082", "The project is not written in C#", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor WeightNames = new("NETGEN083", "The names of the weights do not fit the network", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor InternalError = new("NETGEN099", "NetGen failed", Format, Category, DiagnosticSeverity.Error, true);
    public static readonly DiagnosticDescriptor ChannelsSeemLast = new("NETGEN100", "The input's channels seem to come last", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor SoftmaxOfOne = new("NETGEN101", "The softmax of one value", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor BinaryLossOfClasses = new("NETGEN102", "A binary cross-entropy on a softmax", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor HingeOfProbabilities = new("NETGEN103", "A hinge loss on probabilities", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor RectifiedLogits = new("NETGEN104", "The sigmoid of a relu", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor ActivationTwice = new("NETGEN105", "The same activation twice", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor LinearConvolutions = new("NETGEN106", "Two convolutions with nothing nonlinear between", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor DropoutBeforeBatchNorm = new("NETGEN107", "Dropout before batch norm", Format, Category, DiagnosticSeverity.Warning, true);
    public static readonly DiagnosticDescriptor ConstantWeights = new("NETGEN108", "Weights that begin equal", Format, Category, DiagnosticSeverity.Warning, true);

    /// <summary>In the order of their ids.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
        Syntax, NotANetwork, Limits, DuplicateKey, SeveralDocuments, UnknownKey, MissingKey, WrongKind,
        OutOfRange, UnknownLayer, UnknownActivation, UnknownLoss, UnknownOptimizer, UnknownInitializer,
        UnknownWord, InvalidName, DuplicateName, UnknownSource, InputMismatch, WrongRank, UndecidedLayout,
        TooLarge, WrongLayout, ShapeMismatch, ChannelsLast, LossMismatch, NesterovWithoutMomentum, OverBudget, NothingToTrain,
        DefaultLearningRate, SoftmaxTwice, LinearStack, RectifiedRegression, SquaredErrorOfProbabilities, DropoutAtTheEnd, BiasBeforeBatchNorm, LearningRate, KerasMomentum, UnreadLayer, NothingTrained,
        InvalidSpec,
        SpecNotFound, AmbiguousSpec, NotPartial, Generic, NotAClass, MemberClash, TwoSpecs,
        SeveralDeclarations, OldTarget, NoStep, Figures, NoConstructor, LayersWithoutNetwork,
        BufferLength, SwappedBuffers, TargetKind, SharedInstance, AllocatedInLoop, NoLoss, NoWeights, OtherStep, NoLabels, WeightsNotFound, UnusableWeights, OtherLanguage, WeightNames, InternalError,
        ChannelsSeemLast, SoftmaxOfOne, BinaryLossOfClasses, HingeOfProbabilities, RectifiedLogits, ActivationTwice, LinearConvolutions, DropoutBeforeBatchNorm, ConstantWeights);

    public static ImmutableDictionary<string, DiagnosticDescriptor> ById { get; } =
        All.ToImmutableDictionary(static descriptor => descriptor.Id);

    public static Microsoft.CodeAnalysis.Diagnostic ToDiagnostic(this Finding finding) =>
        Microsoft.CodeAnalysis.Diagnostic.Create(
            ById[finding.Rule.Id], finding.Location.ToLocation(), finding.Properties.ToImmutableDictionary(static p => p.Key, static p => (string?)p.Value), finding.Message);
}
