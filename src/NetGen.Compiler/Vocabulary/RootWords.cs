using static NetGen.Compiler.Vocabulary.Meaning;

namespace NetGen.Compiler.Vocabulary;

/// <summary>What others write at the top of a network's description.</summary>
internal static class RootWords
{
    private const string Training = "of NetGen.Training, not to the network, as in net.Fit(train, new TrainingOptions { Epochs = 20, BatchSize = 32 })";

    public static readonly Glossary All = new(
        Is("input", "input_shape input_size input_dim in in_features input_dims shape"),
        Is("inputs", "input_names input_layers"),
        Is("outputs", "output output_names output_layers heads"),
        Is("layers", "layer model network net architecture modules arch structure stack"),
        Is("loss", "loss_function loss_fn criterion objective cost error cost_function losses"),
        Is("optimizer", "optim optimiser solver opt optimizers"),
        Is("l2", "l2_regularization l2_penalty regularization regularizer weight_penalty lambda l2_reg"),
        Is("seed", "random_seed random_state rng_seed rng"),
        Is("weights", "weights_file weight_file pretrained checkpoint parameters_file state_dict"),
        Is("budget", "limits limit constraints budgets"),
        None("epochs epoch num_epochs n_epochs max_epochs", $"the number of epochs belongs to TrainingOptions {Training}"),
        None("batch_size batch mini_batch mini_batch_size", $"the size of a batch belongs to TrainingOptions {Training}"),
        None("metrics metric", "metrics are no part of a network: Evaluate of NetGen.Training gives the loss, the accuracy and more, and Fit reports them after each epoch"),
        None("validation_split validation validation_data patience early_stopping callbacks shuffle steps_per_epoch callback dataset data train training test_split verbose checkpoint_path log_dir",
            $"data and how a network is trained belong to the call of Fit and to TrainingOptions {Training}"),
        None("schedule scheduler lr_schedule lr_scheduler learning_rate_schedule",
            "a schedule stands in the place of the rate, as in optimizer: { sgd: { learning_rate: { cosine: { from: 0.1, to: 0.001, steps: 10000 } } } }"),
        None("output_shape output_size num_classes classes n_classes", "the last layer is the output, of the size that it gives; leave it out"),
        None("name title id", "the network is called like its class; leave it out"),
        None("version description author comment date type kind", "write it as a comment, behind a #"),
        None("dropout_rate activation initializer kernel_initializer", "it belongs to each layer, in the list 'layers'"),
        None("dtype device precision backend framework target", "leave it out: a network computes in float, and the project says for what it is compiled"));
}
