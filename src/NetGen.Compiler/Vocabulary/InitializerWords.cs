using static NetGen.Compiler.Vocabulary.Meaning;

namespace NetGen.Compiler.Vocabulary;

/// <summary>Other libraries' initializers.</summary>
internal static class InitializerWords
{
    public static readonly Glossary All = new(
        Is("glorot_uniform", "xavier_uniform xavier glorot"),
        Is("glorot_normal", "xavier_normal"),
        Is("he_uniform", "kaiming_uniform kaiming he"),
        Is("he_normal", "kaiming_normal msra"),
        Is("lecun_uniform", "lecun"),
        Is("uniform", "random_uniform rand uniform_random"),
        Is("normal", "random_normal gaussian randn normal_random"),
        Is("truncated_normal", "trunc_normal random_truncated_normal truncated_gaussian"),
        Is("zeros", "zero"),
        Is("ones", "one"),
        Is("constant", "const fill"),
        Is("orthogonal", "orthogonal_initializer ortho orthogonal_regularizer"),
        None("identity eye dirac", "there is none that begins as the identity; orthogonal keeps lengths as the identity does"),
        None("variance_scaling", "by its arguments it is a glorot, he or lecun one: glorot_uniform, he_normal, lecun_normal and so on"),
        None("sparse stft", "there are uniform, normal, glorot, he and lecun ones, and orthogonal"),
        None("pretrained from_file load", "weights come from a file by the spec's key 'weights', or by LoadWeights of NetGen.Training"));
}
