using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Schema;

/// <summary>What an editor says of one key.</summary>
/// <param name="Type">What its value may be, as JSON Schema says it.</param>
/// <param name="Description">In one sentence.</param>
/// <param name="Default">What it is where it is absent; null where nothing short says so.</param>
/// <param name="IsRequired">It must be there.</param>
internal sealed record OptionText(string Key, JsonObject Type, string Description, object? Default = null, bool IsRequired = false)
{
    /// <summary>What its value may be in place of the map of options: no map, which would be those.</summary>
    public JsonObject MainType { get; init; } = Type;

    public static OptionText Required(string key, JsonObject type, string description) => new(key, type, description, IsRequired: true);
}

/// <summary>What an editor says of something that a spec can name: a layer, an activation, a loss.</summary>
/// <param name="Description">In one sentence, with the formula where there is one.</param>
internal sealed record DefinitionText(string Name, string Description, EquatableArray<OptionText> Options)
{
    /// <summary>Options of which one at least must be there, none by itself.</summary>
    public EquatableArray<string> AnyOf { get; init; }

    /// <summary>Keys of which exactly one must be there.</summary>
    public EquatableArray<string> OneOf { get; init; }

    /// <summary>Its name alone is enough.</summary>
    public bool IsBare => OneOf.Count == 0 && AnyOf.Count == 0 && !Options.Any(static o => o.IsRequired);

    public static DefinitionText Of(string name, string description, params OptionText[] options) => new(name, description, new EquatableArray<OptionText>(options));
}
