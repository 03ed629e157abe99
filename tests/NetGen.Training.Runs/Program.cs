// Runs of training as processes of their own, to be killed, resumed, and started by mpirun.
using System.CommandLine;
using NetGen.Training.Runs;

return new RootCommand("Runs of training for the tests of NetGen.Training and NetGen.Training.Mpi.")
{
    new TrainCommand(), new SumsCommand(), new AllReduceCommand(),
}
    .Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
