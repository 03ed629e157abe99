using System.Collections.Generic;

namespace NetGen.Compiler.Diagnostics;

/// <summary>Every rule, grouped by the stage that finds it. An id is never used again for something else.</summary>
internal static class Rules
{
    // Reading the text (001 to 009).
    public static readonly Rule Syntax = new("NETGEN001", "The spec is not valid YAML");
    public static readonly Rule NotANetwork = new("NETGEN002", "The file holds no network");
    public static readonly Rule Limits = new("NETGEN003", "The spec is too large, too deep, or expands too far");
    public static readonly Rule DuplicateKey = new("NETGEN004", "A key stands twice in one map");
    public static readonly Rule SeveralDocuments = new("NETGEN005", "The file holds several documents");

    // Keys, names and values (006 to 019).
    public static readonly Rule UnknownKey = new("NETGEN006", "Unknown key");
    public static readonly Rule MissingKey = new("NETGEN007", "A required key is missing");
    public static readonly Rule WrongKind = new("NETGEN008", "A value is of the wrong kind");
    public static readonly Rule OutOfRange = new("NETGEN009", "A value is out of range");
    public static readonly Rule UnknownLayer = new("NETGEN010", "Unknown layer");
    public static readonly Rule UnknownActivation = new("NETGEN011", "Unknown activation");
    public static readonly Rule UnknownLoss = new("NETGEN012", "Unknown loss");
    public static readonly Rule UnknownOptimizer = new("NETGEN013", "Unknown optimizer");
    public static readonly Rule UnknownInitializer = new("NETGEN014", "Unknown initializer");
    public static readonly Rule UnknownWord = new("NETGEN015", "Unknown word");
    public static readonly Rule InvalidName = new("NETGEN016", "A layer's name is not an identifier");
    public static readonly Rule DuplicateName = new("NETGEN017", "Two layers have one name");
    public static readonly Rule UnknownSource = new("NETGEN019", "The layer reads from a name that no layer before it has");

    // Shapes (020 to 029).
    public static readonly Rule InputMismatch = new("NETGEN020", "The stated input size differs from what the layer before gives");
    public static readonly Rule WrongRank = new("NETGEN021", "The layer does not take data of this rank");
    public static readonly Rule UndecidedLayout = new("NETGEN022", "It is not known whether the data is a sequence or has channels");
    public static readonly Rule TooLarge = new("NETGEN023", "The network is too large");
    public static readonly Rule WrongLayout = new("NETGEN024", "The data has the wrong layout for this layer");
    public static readonly Rule ShapeMismatch = new("NETGEN025", "The sizes do not fit together");
    public static readonly Rule ChannelsLast = new("NETGEN026", "The input's channels come last");

    // The network as a whole (030 to 039).
    public static readonly Rule LossMismatch = new("NETGEN030", "The loss does not fit the last layer");
    public static readonly Rule NesterovWithoutMomentum = new("NETGEN031", "Nesterov momentum without momentum");
    public static readonly Rule OverBudget = new("NETGEN032", "The network is over its budget");
    public static readonly Rule NothingToTrain = new("NETGEN033", "An optimizer without a loss");

    public static readonly Rule DefaultLearningRate = new("NETGEN034", "The learning rate is the default", Severity.Info);

    // What is legal and most likely not meant (040 to 049).
    public static readonly Rule SoftmaxTwice = new("NETGEN040", "The softmax of a softmax", Severity.Warning);
    public static readonly Rule LinearStack = new("NETGEN041", "Two dense layers with nothing nonlinear between", Severity.Warning);
    public static readonly Rule RectifiedRegression = new("NETGEN042", "A regression ends in relu", Severity.Warning);
    public static readonly Rule SquaredErrorOfProbabilities = new("NETGEN043", "A squared error on a softmax", Severity.Warning);
    public static readonly Rule DropoutAtTheEnd = new("NETGEN044", "Dropout after the last layer", Severity.Warning);
    public static readonly Rule BiasBeforeBatchNorm = new("NETGEN045", "A bias before batch norm", Severity.Warning);
    public static readonly Rule LearningRate = new("NETGEN046", "An absurd learning rate", Severity.Warning);
    public static readonly Rule KerasMomentum = new("NETGEN047", "A batch norm's momentum looks like Keras's", Severity.Warning);
    public static readonly Rule UnreadLayer = new("NETGEN048", "Nothing reads the layer", Severity.Warning);
    public static readonly Rule NothingTrained = new("NETGEN049", "Nothing is left to train", Severity.Warning);

    // The class (050 to 069): reported by the Roslyn host at the C# declaration.
    public static readonly Rule InvalidSpec = new("NETGEN050", "The network's spec has errors");
    public static readonly Rule SpecNotFound = new("NETGEN051", "The spec file was not found");
    public static readonly Rule AmbiguousSpec = new("NETGEN052", "Several spec files have this name");
    public static readonly Rule NotPartial = new("NETGEN053", "The network class is not partial");
    public static readonly Rule Generic = new("NETGEN054", "The network class, or one around it, is generic");
    public static readonly Rule NotAClass = new("NETGEN055", "The network is not an instance class");
    public static readonly Rule MemberClash = new("NETGEN056", "The class declares a member that is generated");
    public static readonly Rule TwoSpecs = new("NETGEN057", "The class has both a spec file and layer attributes");
    public static readonly Rule SeveralDeclarations = new("NETGEN058", "The network's attributes stand on several declarations");
    public static readonly Rule OldTarget = new("NETGEN059", "The project's framework or language version is too old");
    public static readonly Rule NoStep = new("NETGEN060", "The network cannot work step after step");
    public static readonly Rule Figures = new("NETGEN061", "The network's figures", Severity.Info, IsOn: false);
    public static readonly Rule NoConstructor = new("NETGEN062", "The constructors of the network's class cannot be generated");
    public static readonly Rule LayersWithoutNetwork = new("NETGEN063", "A class has layers, but is no network");

    // Calls (070 to 079): reported by the Roslyn host, or by the C# compiler, where generated members are used.
    public static readonly Rule BufferLength = new("NETGEN070", "The buffer cannot fit");
    public static readonly Rule SwappedBuffers = new("NETGEN071", "Two buffers are swapped");
    public static readonly Rule TargetKind = new("NETGEN072", "The targets are of the wrong kind");
    public static readonly Rule SharedInstance = new("NETGEN073", "Several threads use one instance", Severity.Warning);
    public static readonly Rule AllocatedInLoop = new("NETGEN074", "The buffer is allocated in a loop", Severity.Info);
    public static readonly Rule NoLoss = new("NETGEN075", "The network has no loss");
    public static readonly Rule NoWeights = new("NETGEN076", "The network has no weights compiled in");
    public static readonly Rule OtherStep = new("NETGEN077", "The optimizer's step has another name");
    public static readonly Rule NoLabels = new("NETGEN078", "The loss takes no class indices");

    // Weights that are compiled in, and the project (080 to 089).
    public static readonly Rule WeightsNotFound = new("NETGEN080", "The weight file was not found");
    public static readonly Rule UnusableWeights = new("NETGEN081", "The weight file is damaged, or does not fit the network");
    public static readonly Rule OtherLanguage = new("NETGEN082", "The project is not written in C#", Severity.Warning); // by the package's build files
    public static readonly Rule WeightNames = new("NETGEN083", "The names of the weights do not fit the network");

    public static readonly Rule InternalError = new("NETGEN099", "NetGen failed");

    // What is legal and most likely not meant, continued (100 to 119).
    public static readonly Rule ChannelsSeemLast = new("NETGEN100", "The input's channels seem to come last", Severity.Warning);
    public static readonly Rule SoftmaxOfOne = new("NETGEN101", "The softmax of one value", Severity.Warning);
    public static readonly Rule BinaryLossOfClasses = new("NETGEN102", "A binary cross-entropy on a softmax", Severity.Warning);
    public static readonly Rule HingeOfProbabilities = new("NETGEN103", "A hinge loss on probabilities", Severity.Warning);
    public static readonly Rule RectifiedLogits = new("NETGEN104", "The sigmoid of a relu", Severity.Warning);
    public static readonly Rule ActivationTwice = new("NETGEN105", "The same activation twice", Severity.Warning);
    public static readonly Rule LinearConvolutions = new("NETGEN106", "Two convolutions with nothing nonlinear between", Severity.Warning);
    public static readonly Rule DropoutBeforeBatchNorm = new("NETGEN107", "Dropout before batch norm", Severity.Warning);
    public static readonly Rule ConstantWeights = new("NETGEN108", "Weights that begin equal", Severity.Warning);

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        Syntax, NotANetwork, Limits, DuplicateKey, SeveralDocuments,
        UnknownKey, MissingKey, WrongKind, OutOfRange, UnknownLayer, UnknownActivation, UnknownLoss, UnknownOptimizer,
        UnknownInitializer, UnknownWord, InvalidName, DuplicateName, UnknownSource,
        InputMismatch, WrongRank, UndecidedLayout, TooLarge, WrongLayout, ShapeMismatch, ChannelsLast,
        LossMismatch, NesterovWithoutMomentum, OverBudget, NothingToTrain, DefaultLearningRate,
        SoftmaxTwice, LinearStack, RectifiedRegression, SquaredErrorOfProbabilities, DropoutAtTheEnd, BiasBeforeBatchNorm, LearningRate, KerasMomentum, UnreadLayer, NothingTrained,
        InvalidSpec, SpecNotFound, AmbiguousSpec, NotPartial, Generic, NotAClass, MemberClash, TwoSpecs, SeveralDeclarations,
        OldTarget, NoStep, Figures, NoConstructor, LayersWithoutNetwork,
        BufferLength, SwappedBuffers, TargetKind, SharedInstance, AllocatedInLoop, NoLoss, NoWeights, OtherStep, NoLabels, WeightsNotFound, UnusableWeights, OtherLanguage, WeightNames, InternalError,
        ChannelsSeemLast, SoftmaxOfOne, BinaryLossOfClasses, HingeOfProbabilities, RectifiedLogits, ActivationTwice, LinearConvolutions, DropoutBeforeBatchNorm, ConstantWeights,
    ];
}
