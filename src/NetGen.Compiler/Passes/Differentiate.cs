using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;

namespace NetGen.Compiler.Passes;

/// <summary>
/// Backpropagation: from the gradients of what the losses read, the kernels that carry them to every trained parameter, from the last
/// forward kernel to the first. Nothing is computed that no trained parameter needs: not the gradient of the input, nor
/// anything below the first trained layer.
/// </summary>
internal sealed class Differentiate : IGradients
{
    private readonly ForwardGraph _forward;
    private readonly HashSet<Buffer> _wanted = [];
    private readonly WrittenParts _written = new();
    private readonly List<Kernel> _kernels = [];

    private Differentiate(ForwardGraph forward)
    {
        _forward = forward;
        foreach (Kernel kernel in forward.Kernels)
        {
            if (!kernel.Operands.Any(o => o.IsRead && (_wanted.Contains(o.Buffer) || IsTrained(o.Buffer))))
                continue;
            foreach (Operand operand in kernel.Operands.Where(static o => o.IsWritten))
                _wanted.Add(operand.Buffer);
        }
    }

    /// <param name="forward">The training graph.</param>
    /// <param name="from">The buffers that the losses are differentiated by.</param>
    /// <param name="gradients">The gradient's buffer of each, or null where no trained parameter is behind it.</param>
    public static IReadOnlyList<Kernel> Run(ForwardGraph forward, IReadOnlyList<Buffer> from, out Buffer?[] gradients)
    {
        var pass = new Differentiate(forward);
        gradients = [.. from.Select(b => pass._wanted.Contains(b) ? pass.Of(b) : null)];
        if (gradients.All(static g => g is null))
            return [];
        foreach (Buffer buffer in from.Where(pass._wanted.Contains))
            pass._written.Write(buffer);
        foreach (Kernel kernel in forward.Kernels.Reverse())
        {
            // What the head fused with, and what leads nowhere, has no gradient.
            if (kernel.Operands.Any(o => o.IsWritten && pass._written.Contains(o.Buffer)))
                kernel.Differentiate(pass);
        }

        return pass._kernels;
    }

    public Buffer Of(Buffer output) => output.Gradient();

    public Operand? Wanted(Buffer input) => WantedPart(input, 0, input.Size);

    public Operand? WantedPart(Buffer input, int from, int size) => _wanted.Contains(input) ? new Operand(Of(input), _written.Write(input, from, size)) : null;

    public Buffer? WantedParameter(Buffer? parameter) => parameter is not null && IsTrained(parameter) ? parameter.Gradient() : null;

    public bool Has(Buffer output) => _written.Contains(output);

    public bool Share(Buffer input, Buffer with) => false;

    public void Add(Kernel kernel) => _kernels.Add(kernel);

    private bool IsTrained(Buffer buffer) =>
        buffer.Role == BufferRole.Parameter && _forward.Parameters[buffer.Name].Parameter.IsTrained;
}
