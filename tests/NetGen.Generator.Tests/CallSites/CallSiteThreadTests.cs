using System.Threading.Tasks;
using Xunit;

namespace NetGen.Generator.Tests.CallSites;

/// <summary>An instance that several threads certainly train at once is a warning.</summary>
public sealed class CallSiteThreadTests
{
    private const string Remedy = "call the static Digits.Backward over one parameter buffer, with gradients and scratch for each thread, or make an instance for each";

    [Theory]
    [InlineData("Parallel.For(0, 8, i => {|NETGEN073:net.TrainStep|}(items[i], labels, 0.1f));", "the threads of Parallel.For share the instance net, whose TrainStep works in buffers of its own; " + Remedy)]
    [InlineData("Parallel.ForEach(items, item => { {|NETGEN073:_net.Backward|}(item, labels); _net.SgdStep(0.1f); });", "the threads of Parallel.ForEach share the instance _net, whose Backward works in buffers of its own; " + Remedy)]
    [InlineData("await Parallel.ForEachAsync(items, async (item, _) => { await Task.Yield(); {|NETGEN073:this._net.Backward|}(item, labels); });", "the threads of Parallel.ForEachAsync share the instance this._net, whose Backward works in buffers of its own; " + Remedy)]
    [InlineData("Parallel.Invoke(() => net.SgdStep(0.1f), () => {|NETGEN073:net.SgdStep|}(0.2f));", "the threads of Parallel.Invoke share the instance net, whose SgdStep works in buffers of its own; " + Remedy)]
    [InlineData("items.AsParallel().ForAll(item => {|NETGEN073:net.TrainStep|}(item, labels));", "the threads of AsParallel().ForAll share the instance net, whose TrainStep works in buffers of its own; " + Remedy)]
    [InlineData("items.AsParallel().Select(item => {|NETGEN073:Auto.Backward|}(item, labels)).Sum().ToString();", "the threads of AsParallel().Select share the instance Auto, whose Backward works in buffers of its own; " + Remedy)]
    [InlineData("await Task.WhenAll(items.Select(item => Task.Run(() => {|NETGEN073:net.TrainStep|}(item, labels))));", "the threads of several Task.Run share the instance net, whose TrainStep works in buffers of its own; " + Remedy)]
    [InlineData("await Task.WhenAll(items.Select(async item => await Task.Run(() => {|NETGEN073:net.TrainStep|}(item, labels))));", "the threads of several Task.Run share the instance net, whose TrainStep works in buffers of its own; " + Remedy)]
    [InlineData("var tasks = new List<Task>(); foreach (var item in items) tasks.Add(Task.Run(() => {|NETGEN073:net.TrainStep|}(item, labels))); await Task.WhenAll(tasks);", "the threads of several Task.Run share the instance net, whose TrainStep works in buffers of its own; " + Remedy)]
    [InlineData("var tasks = new List<Task>(); foreach (var item in items) { var t = Task.Factory.StartNew(() => {|NETGEN073:net.TrainStep|}(item, labels)); tasks.Add(t); } await Task.WhenAll(tasks);", "the threads of several TaskFactory.StartNew share the instance net, whose TrainStep works in buffers of its own; " + Remedy)]
    [InlineData("for (int k = 0; k < 4; k++) new Thread(() => {|NETGEN073:net.Backward|}(data, labels)).Start();", "several threads share the instance net, whose Backward works in buffers of its own; " + Remedy)]
    [InlineData("for (int k = 0; k < 4; k++) ThreadPool.QueueUserWorkItem(_ => {|NETGEN073:net.Backward|}(data, labels));", "the threads of several ThreadPool.QueueUserWorkItem share the instance net, whose Backward works in buffers of its own; " + Remedy)]
    [InlineData("var a = Task.Run(() => net.TrainStep(data, labels)); var b = Task.Run(() => {|NETGEN073:net.TrainStep|}(data, labels)); await Task.WhenAll(a, b);", "the threads of several Task.Run share the instance net, whose TrainStep works in buffers of its own; " + Remedy)]
    [InlineData("await Task.WhenAll(Task.Run(() => net.TrainStep(data, labels)), Task.Run(() => {|NETGEN073:net.TrainStep|}(data, labels)));", "the threads of several Task.Run share the instance net, whose TrainStep works in buffers of its own; " + Remedy)]
    [InlineData("var one = new Digits(); Parallel.For(0, 8, i => { var o = new float[1]; {|NETGEN073:one.TrainStep|}(items[i], labels, 0.1f); });", "the threads of Parallel.For share the instance one, whose TrainStep works in buffers of its own; " + Remedy)]
    [InlineData("var deep = new Deep(); Parallel.ForEach(items, item => {|NETGEN073:deep.Forward|}(item, item));", "the threads of Parallel.ForEach share the instance deep, whose Forward works in buffers of its own; call the static Deep.Forward over one parameter buffer, with scratch for each thread, or make an instance for each")]
    public Task An_instance_from_outside_that_several_threads_use_is_one_warning(string statements, string message) => Calls.Gives(statements, message);

    [Theory]
    [InlineData("Parallel.For(0, 8, i => { var own = new Digits(); own.TrainStep(items[i], labels, 0.1f); });")]
    [InlineData("Parallel.For(0, 8, () => new Digits(), (i, _, own) => { own.TrainStep(items[i], labels, 0.1f); return own; }, own => own.SgdStep());")]
    [InlineData("var each = new ThreadLocal<Digits>(() => new Digits()); Parallel.For(0, 8, i => each.Value!.TrainStep(items[i], labels, 0.1f));")]
    [InlineData("var nets = new Digits[8]; Parallel.For(0, 8, i => nets[i].TrainStep(items[i], labels, 0.1f));")]
    [InlineData("Parallel.For(0, 8, i => Fresh.TrainStep(items[i], labels, 0.1f));")]
    [InlineData("Parallel.For(0, 8, i => net.Forward(items[i], items[i]));")]
    [InlineData("Parallel.For(0, 8, i => { lock (_gate) net.TrainStep(items[i], labels, 0.1f); });")]
    [InlineData("Parallel.For(0, 8, i => { Monitor.Enter(_gate); net.TrainStep(items[i], labels, 0.1f); Monitor.Exit(_gate); });")]
    [InlineData("var turn = new SemaphoreSlim(1); await Parallel.ForEachAsync(items, async (item, _) => { await turn.WaitAsync(); net.TrainStep(item, labels); turn.Release(); });")]
    [InlineData("Parallel.For(0, 8, i => Digits.Backward(data, items[i], labels, new float[Digits.ParameterBufferSize], new float[Digits.TrainingScratchSize(1)]));")]
    [InlineData("Parallel.Invoke(() => net.SgdStep(0.1f), () => _gate.ToString());")]
    [InlineData("Parallel.Invoke(() => net.SgdStep(0.1f), () => _net.SgdStep(0.1f));")]
    [InlineData("await Task.Run(() => net.TrainStep(data, labels));")]
    [InlineData("for (int epoch = 0; epoch < 9; epoch++) await Task.Run(() => net.TrainStep(data, labels));")]
    [InlineData("for (int epoch = 0; epoch < 9; epoch++) { var t = Task.Run(() => net.TrainStep(data, labels)); await t; }")]
    [InlineData("for (int epoch = 0; epoch < 9; epoch++) Task.Run(() => net.TrainStep(data, labels)).Wait();")]
    [InlineData("for (int epoch = 0; epoch < 9; epoch++) { float loss = Task.Run(() => net.TrainStep(data, labels)).Result; }")]
    [InlineData("for (int epoch = 0; epoch < 9; epoch++) { var t = new Thread(() => net.TrainStep(data, labels)); t.Start(); t.Join(); }")]
    [InlineData("while (true) { if (n > 3) { _ = Task.Run(() => net.TrainStep(data, labels)); break; } }")]
    [InlineData("foreach (var each in new[] { net }) _ = Task.Run(() => each.TrainStep(data, labels));")]
    [InlineData("for (int k = 0; k < 8; k++) { var own = new Digits(k); _ = Task.Run(() => own.TrainStep(data, labels)); }")]
    [InlineData("await Task.Run(() => net.TrainStep(data, labels)); await Task.Run(() => net.TrainStep(data, labels));")]
    [InlineData("var a = Task.Run(() => net.TrainStep(data, labels)); await a; var b = Task.Run(() => net.TrainStep(data, labels)); await b;")]
    [InlineData("var a = Task.Run(() => net.TrainStep(data, labels)); var b = Task.Run(() => _net.TrainStep(data, labels)); await a; await b;")]
    [InlineData("if (n > 3) { _ = Task.Run(() => net.TrainStep(data, labels)); } else { _ = Task.Run(() => net.TrainStep(data, labels)); }")]
    [InlineData("var a = new Thread(() => net.TrainStep(data, labels)); var b = new Thread(() => net.TrainStep(data, labels)); a.Start(); a.Join(); b.Start();")]
    [InlineData("float sum = items.Select(item => net.TrainStep(item, labels)).Sum();")]
    [InlineData("foreach (var t in items.Select(async item => await Task.Run(() => net.TrainStep(item, labels)))) await t;")]
    [InlineData("var later = new List<Action>(); Parallel.For(0, 8, i => { lock (later) later.Add(() => net.TrainStep(items[i], labels, 0.1f)); });")]
    [InlineData("foreach (var item in items) net.TrainStep(item, labels);")]
    public Task One_thread_at_a_time_is_fine(string statements) => Calls.IsFine(statements);
}
