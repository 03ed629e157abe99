using System.Threading.Tasks;
using Xunit;

namespace NetGen.Generator.Tests.CallSites;

/// <summary>A buffer that a loop allocates around a call that allocates nothing is a suggestion.</summary>
public sealed class CallSiteLoopTests
{
    private const string Allocated = " is allocated at every turn of the loop, for a call that allocates nothing; allocate it once, before the loop";

    [Theory]
    [InlineData("foreach (var item in items) net.Forward(item, {|NETGEN074:new float[10]|});", "outputs" + Allocated)]
    [InlineData("for (int k = 0; k < n; k++) { var scores = new float[Digits.OutputSize]; net.Forward(items[k], {|NETGEN074:scores|}); data[k] = scores[0] + scores.Length; }", "outputs" + Allocated)]
    [InlineData("while (n-- > 0) Line.Backward(p, x, y, {|NETGEN074:new float[Line.ParameterBufferSize]|}, data);", "gradients" + Allocated)]
    [InlineData("foreach (var item in items) Digits.Backward(p, item, labels, y, {|NETGEN074:new float[Digits.TrainingScratchSize(n)]|});", "scratch" + Allocated)]
    [InlineData("for (int k = 0; k < n; k++) line.Forward({|NETGEN074:new float[] { k, k, 1, 2 }|}, y);", "inputs" + Allocated)]
    [InlineData("for (int k = 0; k < n; k++) { int[] label = new[] { k }; net.TrainStep(items[k], {|NETGEN074:label|}); }", "labels" + Allocated)]
    [InlineData("foreach (var item in items) { for (int k = 0; k < n; k++) net.Forward(item, {|NETGEN074:new float[10].AsSpan()|}); }", "outputs" + Allocated)]
    [InlineData("foreach (var item in items) { var o = new float[2]; line.Forward(item, {|NETGEN074:o|}); line.Loss(item, o); Array.Clear(o); }", "outputs" + Allocated)]
    [InlineData("for (int k = 0; k < n; k++) net.Forward({|NETGEN074:x.Slice(k, 64).ToArray()|}, y);", "inputs is copied into a new array at every turn of the loop, for a call that allocates nothing; pass x.Slice(k, 64) as it is")]
    [InlineData("for (int k = 0; k < n; k++) net.Forward({|NETGEN074:data.Skip(k).ToArray()|}, y);", "inputs is copied into a new array at every turn of the loop, for a call that allocates nothing; copy it into a buffer from before the loop")]
    public Task A_buffer_that_one_from_before_the_loop_could_replace_is_a_suggestion(string statements, string message) => Calls.Gives(statements, message);

    [Theory]
    [InlineData("net.Forward(x, new float[10]);")]
    [InlineData("var o = new float[10]; foreach (var item in items) net.Forward(item, o);")]
    [InlineData("var all = new List<float[]>(); foreach (var item in items) { var o = new float[10]; net.Forward(item, o); all.Add(o); }")]
    [InlineData("var all = new float[9][]; for (int k = 0; k < 9; k++) { var o = new float[10]; net.Forward(items[k], o); all[k] = o; }")]
    [InlineData("foreach (var item in items) { var o = new float[10]; net.Forward(item, o); var later = o; }")]
    [InlineData("foreach (var item in items) { var o = new float[10]; Action f = () => net.Forward(item, o); f(); }")]
    [InlineData("foreach (var item in items) { var o = new float[item.Length / 64 * 10]; net.Forward(item, o); }")]
    [InlineData("for (int k = 1; k < n; k++) { int size = k * 10; net.Forward(x, new float[size]); }")]
    [InlineData("for (int k = 1; k < n; k++) net.Forward(x, new float[k * 10]);")]
    [InlineData("foreach (var item in items) line.Loss(item, new float[] { 0, 1 });")]
    [InlineData("foreach (var item in items) { net.Forward(item, new float[10]); return; }")]
    [InlineData("foreach (var item in items) { if (item.Length == 64) { net.Forward(item, new float[10]); break; } }")]
    [InlineData("foreach (var item in items) { Func<float[]> f = () => { var o = new float[10]; net.Forward(item, o); return o; }; f(); }")]
    [InlineData("Parallel.ForEach(items, item => net.Forward(item, new float[10]));")]
    [InlineData("foreach (var item in items) Digits.SgdStep(p, x, new float[Digits.OptimizerStateSize], 0.1f);")]
    [InlineData("for (int k = net.Loss(new float[64], labels) > 1 ? 1 : 0; k < n; k++) { }")]
    public Task What_has_to_be_allocated_or_is_not_in_a_loop_is_left_alone(string statements) => Calls.IsFine(statements);
}
