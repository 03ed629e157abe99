using System.Linq;
using NetGen.Compiler.Binding;

namespace NetGen.Compiler.Passes;

/// <summary>What a network costs.</summary>
/// <param name="ParameterBytes">Of all parameters.</param>
/// <param name="ScratchBytes">That one forward call needs, of the caller or of the stack.</param>
/// <param name="MultiplyAdds">Of one sample forward.</param>
internal sealed record Costs(long ParameterBytes, long ScratchBytes, long MultiplyAdds)
{
    public static Costs Of(Network network) => Of(Program.Of(network));

    public static Costs Of(Program program) =>
        new(4L * program.Network.ParameterCount, 4L * program.ForwardScratch, program.Inference.Sum(static k => k.MultiplyAdds));
}
