using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import;

/// <summary>The nodes that outputs come of, each behind those that it reads.</summary>
internal static class GraphOrder
{
    /// <exception cref="ImportException">A node waits for itself, or a value has no source.</exception>
    public static IReadOnlyList<ModelNode> Of(ModelGraph graph, IEnumerable<string> outputs, IReadOnlySet<string> known)
    {
        var sources = new Dictionary<string, ModelNode>();
        foreach (ModelNode node in graph.Nodes)
        {
            foreach (string output in node.Outputs.Where(static o => o.Length > 0))
            {
                if (!sources.TryAdd(output, node))
                    throw new ImportException($"two nodes give the value '{output}'; the file is damaged");
            }
        }

        var order = new List<ModelNode>();
        var state = new Dictionary<ModelNode, bool>(); // false while its inputs are visited
        var stack = new Stack<(ModelNode Node, IEnumerator<string> Inputs)>();
        void Visit(string value, string reader)
        {
            if (value.Length == 0 || known.Contains(value) || graph.Constants.ContainsKey(value))
                return;
            if (!sources.TryGetValue(value, out ModelNode? node))
                throw new ImportException($"{reader} reads '{value}', which no node gives and no input is; the file is damaged");
            if (state.TryGetValue(node, out bool isDone))
            {
                if (!isDone)
                    throw new ImportException($"{node.Title} waits for its own output; the file is damaged");
                return;
            }

            state.Add(node, false);
            stack.Push((node, Reads(node).GetEnumerator()));
        }

        foreach (string output in outputs)
        {
            Visit(output, "the model's output");
            while (stack.TryPeek(out (ModelNode Node, IEnumerator<string> Inputs) top))
            {
                if (top.Inputs.MoveNext())
                    Visit(top.Inputs.Current, top.Node.Title);
                else
                {
                    stack.Pop();
                    state[top.Node] = true;
                    order.Add(top.Node);
                }
            }
        }

        return order;
    }

    /// <summary>What a node reads, within branches too.</summary>
    public static IEnumerable<string> Reads(ModelNode node)
    {
        foreach (string input in node.Inputs)
            yield return input;
        foreach (ModelGraph branch in node.Attributes.Values.OfType<ModelGraph>())
        {
            HashSet<string> own = [.. branch.Constants.Keys, .. branch.Nodes.SelectMany(static n => n.Outputs), .. branch.Inputs.Select(static i => i.Name)];
            foreach (string input in branch.Nodes.SelectMany(Reads).Concat(branch.Outputs).Where(i => !own.Contains(i)))
                yield return input;
        }
    }
}
