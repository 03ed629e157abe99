using NetGen.Models.Weights;

namespace NetGen.Models.Pickle;

/// <summary>Tensors and storages of PyTorch, as pickles have them.</summary>
internal static class TorchTensor
{
    /// <summary>A tensor by (storage, offset, sizes, strides, …); null where that is not what is given.</summary>
    /// <param name="typeAt">Where a type stands that counts more than the storage's; the storage is one of bytes then.</param>
    public static TensorView? Of(PickleList arguments, int typeAt)
    {
        if (arguments.Items is not [PickleStorage storage, long offset, PickleList sizes, PickleList strides, ..])
            return null;
        string? type = (arguments.Items.Count > typeAt ? KnownGlobals.TypeOf(arguments.Items[typeAt]) : null) ?? storage.Type;
        return type is null ? null : TensorView.Checked(type, NumpyReader.Sizes(sizes), storage.Storage, offset, NumpyReader.Sizes(strides));
    }
}
