using System;
using System.Linq;
using NetGen.Models.Fitting;
using NetGen.Models.Weights;
using Xunit;

namespace NetGen.Models.Tests.Fitting;

/// <summary>What --rename does to names.</summary>
public sealed class RenameTests
{
    private static readonly string[] s_names = ["module.fc1.weight", "module.fc1.bias", "module.fc10.weight", "std", "a/kernel"];

    private static string Renamed(params string[] renames) =>
        string.Join(' ', Rename.Apply([.. s_names.Select(static n => new FileTensor(n, TensorView.Dense("F32", [1], Storage.Of(new byte[4]))))], [.. renames.Select(Rename.Of)]).Select(static t => t.Name));

    [Theory]
    [InlineData("std=deviation", "module.fc1.weight module.fc1.bias module.fc10.weight deviation a/kernel")]
    [InlineData("module.fc1=hidden", "hidden.weight hidden.bias module.fc10.weight std a/kernel")]
    [InlineData("module.=", "fc1.weight fc1.bias fc10.weight std a/kernel")]
    [InlineData("module=", "std a/kernel")]
    [InlineData("std=", "module.fc1.weight module.fc1.bias module.fc10.weight a/kernel")]
    [InlineData("a=b", "module.fc1.weight module.fc1.bias module.fc10.weight std b/kernel")]
    [InlineData("module.=,module.fc1=x,module.fc1.bias=y.b", "x.weight y.b fc10.weight std a/kernel")]
    public void A_whole_name_or_a_beginning_up_to_a_point_is_replaced_the_longest_first(string renames, string names) => Assert.Equal(names, Renamed(renames.Split(',')));

    [Fact]
    public void A_rename_of_nothing_and_two_tensors_of_one_name_are_mistakes()
    {
        Assert.Equal(
            "--rename module.fc2=x is of nothing: no tensor is called 'module.fc2', or begins with that up to a point, and is not renamed otherwise; did you mean 'module.fc1'?",
            Assert.Throws<TensorFileException>(() => Renamed("module.fc2=x")).Message);
        Assert.Equal(
            "two tensors would be called 'std'; give each a name of its own by --rename, or leave one out by --rename NAME=.",
            Assert.Throws<TensorFileException>(() => Renamed("module.fc1.weight=std")).Message);
    }

    [Theory]
    [InlineData("abc", "'abc' has no equals sign; write OLD=NEW, as in module.fc1=hidden")]
    [InlineData("=abc", "'=abc' names nothing before the equals sign; write OLD=NEW, as in module.fc1=hidden")]
    [InlineData("a=b=c", null)]
    public void A_rename_has_an_equals_sign_and_something_before_it(string written, string? problem) => Assert.Equal(problem, Rename.Problem(written));
}
