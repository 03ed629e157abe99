namespace NetGen.Compiler.Targets;

/// <summary>
/// The numbers that choose between forms of code: each with its reason. They were measured on processors with vectors of 256 and of 512 bits; nothing but speed
/// and the size of the source depends on them.
/// </summary>
internal static class Tuning
{
    /// <summary>Products of dense layers for one sample, and the step that is fused with them.</summary>
    internal static class Dense
    {
        /// <summary>A weight of more floats than this does not stay in the first-level cache, and is read in the order in which it lies.</summary>
        public const int StreamAbove = 8192;

        /// <summary>Rows of so many inputs are long enough for sums over lanes at their end, and for a branch that leaves one out.</summary>
        public const int LeastRow = 256;

        /// <summary>So many outputs fill vectors.</summary>
        public const int FillingOutputs = 16;

        /// <summary>How many inputs are added at once to the sums, which are kept in memory.</summary>
        public const int StreamedRows = 4;

        /// <summary>As many sums hide the latency of a multiply-add without running out of registers.</summary>
        public const int Sums = 8;

        /// <summary>Sums of one output are split so often at most.</summary>
        public const int MostChains = 4;

        /// <summary>
        /// Of a large weight so many rows are read side by side: what is loaded of x serves them all, else loads, not the second-level cache, are what takes
        /// time.
        /// </summary>
        public const int RowsAtOnce = 4;

        /// <summary>How many rows of the weight, or vectors of one, are worked on at once.</summary>
        public const int SweepRows = 4;

        /// <summary>Up to so many vectors of dy stay in registers throughout, at the narrowest width.</summary>
        public const int SweepVectors = 4;
    }

    /// <summary>Products of matrices: of a block of samples, and of the steps of a sequence.</summary>
    internal static class Matrices
    {
        /// <summary>Floats of a panel: half of the first-level cache.</summary>
        public const int PanelSize = 4096;

        /// <summary>A matrix of more floats than this is copied into panels, where its rows are so far apart that reading them as they are misses.</summary>
        public const int PackAbove = 8192;

        /// <summary>Rows of so many floats are a page each.</summary>
        public const int PageRow = 1024;

        /// <summary>Rows of a multiple of so many floats fall into the same few sets of the first-level cache.</summary>
        public const int SetRow = 256;

        /// <summary>Fewer steps are not worth the copy.</summary>
        public const int LeastSteps = 8;
    }

    /// <summary>Convolutions and their gradients.</summary>
    internal static class Convolutions
    {
        /// <summary>Rows whose places are listed at once.</summary>
        public const int MostRows = 512;

        /// <summary>Floats of the stack that hold rows of few filters, each filled up to a vector.</summary>
        public const int MaxFilled = 16_384;

        /// <summary>Floats of the stack that hold what a first-level cache does beside its other half.</summary>
        public const int MaxPanel = 4_096;

        /// <summary>So many weights of a depthwise one leave registers for sums.</summary>
        public const int MostDepthwiseWeights = 9;

        /// <summary>Rows of a depthwise one whose sums are in registers: the multiply-adds of one wait for those of the others.</summary>
        public const int DepthwiseRows = 4;

        /// <summary>Of more channels, vectors of filters are as full, and what they give need not be turned for the next convolution.</summary>
        public const int MostPlaneChannels = 4;

        /// <summary>Filters that are summed up at once.</summary>
        public const int PlaneFilters = 4;

        /// <summary>Rows of each of them: eight sums in all hide the latency of a multiply-add, with sixteen registers.</summary>
        public const int PlaneRows = 2;

        /// <summary>Windows of a row that fill the widest vector.</summary>
        public const int LeastPlaneWidth = 16;

        /// <summary>Vectors of what a window sees that are worth their source.</summary>
        public const int MostSparseVectors = 96;

        /// <summary>Floats of a weight that a stack holds turned.</summary>
        public const int MostSparseWeights = 8192;

        /// <summary>Sums that stay in registers, beside what they are made of.</summary>
        public const int SparseSums = 10;
    }

    /// <summary>Pools, and what else works on planes or on channels side by side.</summary>
    internal static class Pools
    {
        /// <summary>Up to so many taps of a window are written out; above, they are loops.</summary>
        public const int TapsWrittenOut = 16;

        /// <summary>So many elements of windows are joined at once, in several vectors where windows are small.</summary>
        public const int TapsAtOnce = 16;

        /// <summary>So many vectors of a plane are joined apart, so that additions do not wait for each other.</summary>
        public const int PlaneChains = 4;

        /// <summary>So many sums of channels hide the latency of an addition.</summary>
        public const int ChannelSums = 8;

        /// <summary>Outputs of a row of pairs, which one vector at least holds.</summary>
        public const int LeastPairs = 4;

        /// <summary>Planes of fewer elements are better turned: their vectors would be few, and what is done once for each plane would count.</summary>
        public const int LeastPlane = 16;

        /// <summary>A loop along a plane takes so many vectors at a time.</summary>
        public const int PlaneVectors = 4;

        /// <summary>Up to so many rows are written out.</summary>
        public const int FewRows = 4;
    }

    /// <summary>Layers that move elements.</summary>
    internal static class Moves
    {
        /// <summary>Up to so many copies of an element are written out.</summary>
        public const int CopiesWrittenOut = 8;

        /// <summary>Up to so many elements are added up in one expression.</summary>
        public const int SumsWrittenOut = 16;

        /// <summary>Up to so many outputs between two neighbours are written out.</summary>
        public const int SharesWrittenOut = 8;
    }

    /// <summary>Norms and softmax.</summary>
    internal static class Norms
    {
        /// <summary>
        /// What belongs to so many neighbours in every row, such as channels, stays in registers while the rows go by: more are passed row by row, which
        /// reads whole lines of the cache one after another.
        /// </summary>
        public const int NeighboursInRegisters = 64;

        /// <summary>Vectors of such neighbours at a time.</summary>
        public const int NeighboursAtOnce = 2;

        /// <summary>A row's vectors at a time, each with sums of its own, so that few additions wait for each other.</summary>
        public const int RowVectors = 4;

        /// <summary>
        /// Up to so many classes are two vectors of eight, and stay in registers: in memory the second would be stored over a part of the first, and what reads
        /// such a vector back waits for both stores.
        /// </summary>
        public const int ClassesInRegisters = 16;

        /// <summary>Up to so many vectors of classes stay in registers from the logits to the end.</summary>
        public const int VectorsOfClasses = 2;
    }

    /// <summary>Steps of recurrent layers.</summary>
    internal static class Sequences
    {
        /// <summary>As many sums hide the latency of a multiply-add without running out of registers.</summary>
        public const int MostSums = 8;

        /// <summary>The sums of so many outputs stay in registers of eight lanes, or of four.</summary>
        public const int FewOutputs = 32;

        /// <summary>As many registers of sixteen lanes hold sums: half of those that there are.</summary>
        public const int MostWideSums = 16;
    }

    /// <summary>Samples as lanes, and how many samples are worked on at once.</summary>
    internal static class Samples
    {
        /// <summary>So many sums leave registers for what goes into them.</summary>
        public const int FewOutputs = 4;

        /// <summary>More classes than this fill their vectors by themselves.</summary>
        public const int ClassesAsLanes = 16;

        /// <summary>How many neighbours are summed at a time: as many sums hide the latency of a multiply-add.</summary>
        public const int SumsAtOnce = 8;

        /// <summary>More places of a formula than this, some of whose values are stretched or joined, are not written out for each sample.</summary>
        public const int PlacesWrittenOut = 256;

        /// <summary>A buffer of more elements is computed in a loop over them, where they need not stay in registers.</summary>
        public const int ElementsWrittenOut = 8;

        /// <summary>
        /// Of more elementary functions than this, a block fills its vectors with what stands side by side; written out one by one, the JIT
        /// no longer inlines them.
        /// </summary>
        public const int MostCalls = 12;

        /// <summary>Floats for the values of a block's samples in inference: what a stack holds easily.</summary>
        public const int StackLimit = 12288;

        /// <summary>The same in training, in the caller's scratch: what caches hold. A batch of one block is one step without a gradient buffer.</summary>
        public const int TrainingLimit = 65536;

        /// <summary>The same where time, not the network, makes them many.</summary>
        public const int ScanLimit = 1 << 22;

        /// <summary>
        /// The same of sequences: a megabyte, what a second-level cache holds beside the weights. Backward reads it all again, the last step first.
        /// </summary>
        public const int ScanCache = 1 << 18;

        /// <summary>So few samples of a sequence still fill a register tile, and are worked on together whatever the cache holds.</summary>
        public const int LeastOfScan = 4;

        /// <summary>A block's values may be so much of the largest weight: a quarter, which is read again and again at no cost that shows.</summary>
        public const int ShareOfWeight = 4;

        /// <summary>So few samples are faster one by one, measured on networks of 10 to 320,000 multiply-adds: a tile of a product has four or six.</summary>
        public const int FewSamples = 5;

        /// <summary>The same where one sample reads a weight beyond the first-level cache with its sums in memory.</summary>
        public const int FewOfStreams = 2;
    }

    /// <summary>Weights of 16 bits.</summary>
    internal static class Halves
    {
        /// <summary>
        /// Fewer parameters than this, as floats, fit a second-level cache (half a megabyte), where widening takes longer than reading twice as much: they are
        /// widened once for the program.
        /// </summary>
        public const int LeastParameters = 1 << 17;
    }

    /// <summary>What is written out, and what bounds the length of methods.</summary>
    internal static class Source
    {
        /// <summary>A kernel whose loops come to so many vectors is written out.</summary>
        public const int StraightLineVectors = 64;

        /// <summary>
        /// From so many neighbours on they are computed sixteen at a time, as are sixteen. Of numbers in between a second vector of sixteen would be moved back
        /// over most of the first: a processor hands a load what was just stored only where one store covers it.
        /// </summary>
        public const int FewestForSixteen = 32;

        /// <summary>Above this many terms in one kernel, loops over whole vectors are faster than scalar straight-line code.</summary>
        public const int AutoLimit = 128;

        /// <summary>
        /// The same where there are vectors: what is inline has no more, nor what is written out for four lanes or as numbers. Loops over wider vectors stay
        /// loops.
        /// </summary>
        public const int VectorLimit = StraightLineVectors * 8;

        /// <summary>A network whose inference is no longer than this is compiled into one method.</summary>
        public const int InlineLimit = 160;

        /// <summary>What works element by element on so few of them costs no more than a call would.</summary>
        public const int InlineElements = 64;

        /// <summary>So few multiply-adds of a time step cost little more than a call.</summary>
        public const int InlineProducts = 512;

        /// <summary>Above this the JIT compiles a method of scalar straight-line code without optimization.</summary>
        public const int FullLimit = 1000;

        /// <summary>What <c>auto</c> writes out in one network, at some 40 bytes a term: the source stays small however many layers.</summary>
        public const int AutoBudget = 4000;

        /// <summary>The same where there are vectors.</summary>
        public const int VectorBudget = 8000;

        /// <summary>So many sizes of layers get methods of their own.</summary>
        public const int MaxSizes = 8;

        /// <summary>More kernels than this would make a method that the JIT no longer optimizes: it counts locals, and bytes of IL.</summary>
        public const int KernelsOfMethod = 100;

        /// <summary>Forward keeps up to this many floats on the stack; clearing more would show in its time.</summary>
        public const int ForwardOnStack = 1024;

        /// <summary>
        /// A step of a tiny network keeps up to this many floats on the stack, which stay in registers. The JIT clears more at each call, by stores of 64 bytes that
        /// may cross lines and are waited for: 15 of the 94 ns of a step of 4-16-3.
        /// </summary>
        public const int StepOnStack = 16;
    }
}
