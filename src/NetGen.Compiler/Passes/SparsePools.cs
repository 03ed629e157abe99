using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;

namespace NetGen.Compiler.Passes;

/// <summary>
/// The rewrite behind the backward pass of a convolution below a max pool. Of each window of the pool one element has a gradient, and all others none.
/// So instead of a gradient of the convolution's whole output, most of which is zeros, there is one of the pool's output, and the place of each:
/// the activation between them is differentiated there (its value at the largest is what the pool gave), and the convolution's
/// products take the places.
/// </summary>
/// <remarks>
/// It refuses where anything else reads that gradient, where windows overlap or an edge cuts them, and where the activation's derivative needs what went into
/// it.
/// </remarks>
internal static class SparsePools
{
    /// <param name="backward">The kernels of the backward pass, in their order.</param>
    public static IReadOnlyList<Kernel> Run(IReadOnlyList<Kernel> backward)
    {
        Kernel?[] kernels = [.. backward];
        foreach (PoolGradient pool in backward.OfType<PoolGradient>().Where(static p => p is { IsMax: true, DxAccess: Access.Overwrite, Windows.IsPlanes: false }))
            Rewrite(kernels, pool);
        return [.. kernels.OfType<Kernel>()];
    }

    private static void Rewrite(Kernel?[] kernels, PoolGradient pool)
    {
        int[] UsersOf(Buffer buffer) => [.. Enumerable.Range(0, kernels.Length).Where(k => kernels[k] is { } kernel && kernel != pool && kernel.Operands.Any(o => o.Buffer == buffer))];

        int poolAt = System.Array.IndexOf(kernels, pool);
        int[] users = UsersOf(pool.Dx);
        int mapAt = -1;
        if (users.Length == 1 && kernels[users[0]] is MapGradient { DxAccess: Access.Overwrite } map)
        {
            if (map.Dy != pool.Dx || map.Y != pool.X || map.Scalars.Any() || map.Function.Contains(Expr.Var("x")))
                return;
            mapAt = users[0];
            users = [.. UsersOf(map.Dx).Where(k => k != mapAt)];
        }

        Buffer dense = mapAt < 0 ? pool.Dx : ((MapGradient)kernels[mapAt]!).Dx;
        if (users.Select(k => kernels[k]).OfType<CorrelateWeightGradient>().FirstOrDefault() is not { } weight)
            return;
        bool needsInput = users.Any(k => kernels[k] is CorrelateTransposed);
        if (!SparseGradient.Fits(pool.Windows, weight.Geometry, needsInput) || users.Any(k => !IsOfConvolution(kernels[k]!, dense, weight.Geometry)))
            return;

        // The gradient of the pool's output stands for the one of the convolution's, under its name.
        Buffer values = mapAt < 0 ? pool.Dy : new Buffer(dense.Name, pool.Y.Size, BufferRole.Activation);
        var places = new Buffer(pool.Dx.Named("Places"), pool.Y.Size, BufferRole.Activation);
        var sparse = new SparseGradient(values, places, pool.Windows, weight.Geometry);
        kernels[poolAt] = new PoolArgMax(KernelNames.Stem(pool.Name) + "Places", pool.X, pool.Y, places, pool.Windows, weight.Geometry.Line, weight.Geometry.Step);
        if (mapAt >= 0)
            kernels[mapAt] = (MapGradient)kernels[mapAt]! with { Y = pool.Y, Dy = pool.Dy, Dx = values };
        foreach (int k in users)
        {
            kernels[k] = kernels[k] switch
            {
                CorrelateWeightGradient g => new SparseWeightGradient(g.Of, g.X, sparse, g.Dw),
                AffineBiasGradient g => new AffineBiasGradient(g.Of, values, g.Db, pool.Windows.Rows.Windows * pool.Windows.Columns.Windows, g.Outputs),
                CorrelateTransposed g => new SparseInputGradient(weight.Of, sparse, g.Weight, g.Y, g.YAccess),
                Kernel other => other,
                null => null,
            };
        }
    }

    /// <summary>Whether a kernel is part of the convolution's backward pass, and reads no other gradient.</summary>
    private static bool IsOfConvolution(Kernel kernel, Buffer dy, ConvolutionGeometry geometry) => kernel switch
    {
        CorrelateWeightGradient g => g.Dy == dy && g.Geometry == geometry,
        AffineBiasGradient g => g.Dy == dy && g.Outputs == geometry.Filters,
        CorrelateTransposed g => g.X == dy && g.Geometry == geometry && g.Bias is null && g.Epilogue is null,
        _ => false,
    };
}
