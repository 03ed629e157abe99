using System.Text;

namespace NetGen.Generator.Reading;

/// <summary>Names between C# and YAML.</summary>
internal static class SpecNames
{
    /// <summary>
    /// <c>LeakyRelu</c> is <c>leaky_relu</c>; a capital after a digit begins no word: <c>MaxPool2D</c> is <c>max_pool2d</c>.
    /// A number joins the word before it, but for those of Adam's betas, <c>beta_1</c>.
    /// </summary>
    public static string ToSnakeCase(string pascal)
    {
        if (pascal is "Beta1" or "Beta2")
            return "beta_" + pascal[4];
        var snake = new StringBuilder();
        for (int i = 0; i < pascal.Length; i++)
        {
            if (i > 0 && char.IsUpper(pascal[i]) && !char.IsDigit(pascal[i - 1]))
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(pascal[i]));
        }

        return snake.ToString();
    }
}
