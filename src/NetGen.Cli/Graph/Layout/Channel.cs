using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Graph.Layout;

/// <summary>All that leaves a cell through the channel below it: down, along a track, and down again at each end.</summary>
internal sealed class Net(Cell upper)
{
    private const double Straight = 0.5;

    public double Top => upper.X;

    public IReadOnlyList<Link> Links => upper.Below;

    public bool IsStraight => Links.All(l => Math.Abs(l.End - Top) < Straight);

    public double From => Math.Min(Top, Links.Min(static l => l.End));

    public double To => Math.Max(Top, Links.Max(static l => l.End));

    /// <summary>Its track, from the top; -1 where it goes straight down.</summary>
    public int Track { get; set; } = -1;

    /// <summary>What it costs that this one's track is above the other's: crossings, and far more, lines in one place.</summary>
    public int CostAbove(Net other)
    {
        int cost = 0;
        foreach (Link link in Links)
        {
            if (link.End > other.From && link.End < other.To)
                cost++;
            // The other comes down here to below where this one leaves for.
            if (Math.Abs(link.End - other.Top) < Channel.Clearance)
                cost += 1000;
        }

        return other.Top > From && other.Top < To ? cost + 1 : cost;
    }
}

/// <summary>
/// The space between two rows, in which lines change their places along tracks. Two nets have tracks of their own where they would touch, in an order
/// in which few of them cross.
/// </summary>
internal static class Channel
{
    /// <summary>How near two parallel lines may be.</summary>
    public const double Clearance = 6;

    private const int MostSorted = 200;
    private const int MostShifts = 16;

    /// <summary>The nets below a row of cells, with their tracks.</summary>
    public static IReadOnlyList<Net> Route(IReadOnlyList<Cell> row)
    {
        List<Net> nets = [.. row.Where(static c => c.Below.Count > 0).Select(static c => new Net(c))];
        for (int shift = 0; shift < MostShifts; shift++)
        {
            // Of those that go to the right the last is on top, of those that go to the left the first.
            List<Net> bent = [.. nets.Where(static n => !n.IsStraight).OrderBy(static n => n.To > n.Top ? -n.Top : n.Top)];
            Sort(bent);
            Assign(bent);
            if (!ShiftTouching(bent))
                break;
        }

        return nets;
    }

    /// <summary>Exchanges neighbours while that saves crossings.</summary>
    private static void Sort(List<Net> nets)
    {
        bool exchanged = nets.Count <= MostSorted;
        for (int round = 0; exchanged && round < nets.Count; round++)
        {
            exchanged = false;
            for (int k = 1; k < nets.Count; k++)
            {
                if (nets[k].CostAbove(nets[k - 1]) >= nets[k - 1].CostAbove(nets[k]))
                    continue;
                (nets[k - 1], nets[k]) = (nets[k], nets[k - 1]);
                exchanged = true;
            }
        }
    }

    /// <summary>Each as high as those before it, which it would touch, allow.</summary>
    private static void Assign(List<Net> nets)
    {
        for (int k = 0; k < nets.Count; k++)
        {
            nets[k].Track = 0;
            foreach (Net before in nets.Take(k))
            {
                if (before.From < nets[k].To + (2 * Clearance) && before.To > nets[k].From - (2 * Clearance))
                    nets[k].Track = Math.Max(nets[k].Track, before.Track + 1);
            }
        }
    }

    /// <summary>
    /// Where one still goes down on another that comes up to it, which happens where two exchange their places, it ends a little to the side.
    /// </summary>
    private static bool ShiftTouching(List<Net> nets)
    {
        bool shifted = false;
        foreach (Net net in nets)
        {
            foreach (Link link in net.Links)
            {
                if (!nets.Any(other => other != net && other.Track >= net.Track && Math.Abs(other.Top - link.End) < Clearance))
                    continue;
                link.End += net.Top > link.End ? Clearance + 1 : -Clearance - 1;
                if (link.Lower.IsLine)
                    link.Lower.X = link.End;
                shifted = true;
            }
        }

        return shifted;
    }
}
