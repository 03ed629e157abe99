using static NetGen.Compiler.Vocabulary.Meaning;

namespace NetGen.Compiler.Vocabulary;

/// <summary>Other libraries' optimizers and schedules of the learning rate.</summary>
internal static class OptimizerWords
{
    public static readonly Glossary Optimizers = new(
        Is("sgd", "gradient_descent stochastic_gradient_descent gd vanilla_sgd"),
        Like("sgd", "momentum sgd_momentum momentum_sgd sgdm heavy_ball", "with a momentum, as in sgd: { learning_rate: 0.1, momentum: 0.9 }"),
        Like("sgd", "nesterov nag nesterov_momentum", "with nesterov: true, as in sgd: { learning_rate: 0.1, momentum: 0.9, nesterov: true }"),
        Is("rmsprop", "rms rms_prop_optimizer root_mean_square_propagation"),
        Is("adam", "adam_optimizer adaptive_moment_estimation"),
        Is("adamw", "adam_weight_decay decoupled_adam"),
        Is("adagrad", "ada adaptive_gradient"),
        None("nadam adamax radam amsgrad adabelief lion lamb adafactor ftrl lbfgs rprop asgd adadelta sparse_adam muon shampoo sgdw lookahead loss_scale_optimizer yogi lars",
            "there are sgd, adam, adamw, rmsprop and adagrad"));

    public static readonly Glossary Schedules = new(
        Is("cosine", "cosine_decay cosine_annealing cosine_annealing_lr cosine_lr cosine_schedule cosine_decay_schedule cos"),
        Is("exponential", "exponential_decay exponential_lr exp exp_decay"),
        Is("step", "step_decay step_lr staircase"),
        Is("inverse_time", "inverse_time_decay inverse inv time_decay time_based"),
        Is("constant", "fixed const constant_lr"),
        None("one_cycle one_cycle_lr warmup linear_warmup", "use cosine, which takes a warmup, as in cosine: { from: 0.1, to: 0.001, steps: 10000, warmup: 500 }"),
        None("polynomial polynomial_decay polynomial_lr linear linear_decay linear_lr", "the nearest is cosine, which falls from one rate to another in a number of steps"),
        None("reduce_lr_on_plateau plateau reduce_on_plateau", "a schedule follows the steps, not the loss; pass a learning rate to TrainStep, or use cosine"),
        None("multi_step multi_step_lr piecewise piecewise_constant piecewise_constant_decay cyclic cyclic_lr cosine_annealing_warm_restarts cosine_decay_restarts noam",
            "there are constant, cosine, step, exponential and inverse_time; any other rate can be passed to TrainStep"));
}
