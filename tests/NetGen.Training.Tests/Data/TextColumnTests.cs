using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests.Data;

/// <summary>Columns of texts for an embedding: numbers of categories, and of the words of a text.</summary>
public sealed class TextColumnTests
{
    private const string Reviews = "review,kind\nThe film was good; the cast too.,1\nBad film,0\n\"Good, good!\",1\n";

    [Fact]
    public void An_indexed_column_becomes_the_number_of_its_category()
    {
        LabeledDataset train = Read("x,city,kind\n7,Rome,a\n8,Bern,b\n9,Rome,b\n", new CsvOptions { Index = ["city"] });

        Assert.Equal(["x", "city"], train.FeatureNames);
        Assert.Equal([7f, 1, 8, 0, 9, 1], train.Features.ToArray());
        Assert.Equal(["Bern", "Rome"], train.CsvOptions!.Categories["city"]);
        Assert.Equal([5f, 1], Read("city,x,kind\nRome,5,a\n", train.CsvOptions).Features.ToArray());
        Assert.Contains("column 'city' holds 'Rom', which is none of the 2 categories 'Bern', 'Rome'; did you mean 'Rome'?", Refused("x,city,kind\n1,Rom,a\n", train.CsvOptions));
    }

    [Fact]
    public void An_index_may_have_its_categories_given_and_has_no_number_for_a_missing_one()
    {
        var options = new CsvOptions { Index = ["size"], Categories = new Dictionary<string, IReadOnlyList<string>> { ["size"] = ["S", "M", "L"] } };

        Assert.Equal([2f, 0], Read("size,kind\nL,a\nS,b\n", options).Features.ToArray());
        Assert.Contains("(3): column 'size' is empty; fill it in, as with a category 'unknown', since Index has no number for none", Refused("size,kind\nL,a\n,b\n", options with { MissingValues = MissingValues.Fill }));
        Assert.Equal([2f], Read("size,kind\nL,a\n,b\n", options with { MissingValues = MissingValues.Drop }).Features.ToArray());
    }

    [Fact]
    public void A_text_becomes_the_numbers_of_its_words_the_most_frequent_first()
    {
        LabeledDataset data = Read(Reviews, Text(new TextColumn { Length = 4 }));

        // good 3, film 2, the 2, then bad, cast, too, was.
        Assert.Equal(["good", "film", "the", "bad", "cast", "too", "was"], data.CsvOptions!.Text["review"].Vocabulary!);
        Assert.Equal(["review[0]", "review[1]", "review[2]", "review[3]"], data.FeatureNames);
        Assert.Equal([4f, 3, 8, 2, 5, 3, 0, 0, 2, 2, 0, 0], data.Features.ToArray());
    }

    [Fact]
    public void A_second_file_and_a_tokenizer_have_the_vocabulary_of_the_first()
    {
        LabeledDataset train = Read(Reviews, Text(new TextColumn { Length = 3 }));
        var tokenizer = new Tokenizer(train.CsvOptions!.Text["review"]);
        var numbers = new float[3];

        tokenizer.Encode("Great FILM!", numbers);

        Assert.Equal([1f, 3, 0], Read("review,kind\nGreat FILM!,0\n", train.CsvOptions).Features.ToArray());
        Assert.Equal([1f, 3, 0], numbers);
        Assert.Equal(9, tokenizer.Count);
        Assert.Contains("room for 2 numbers, but a text has 3", Assert.Throws<ArgumentException>(() => tokenizer.Encode("a", new float[2])).Message);
    }

    [Fact]
    public void A_vocabulary_is_cut_off_and_equally_frequent_words_are_in_ordinal_order()
    {
        TextColumn column = Read(Reviews, Text(new TextColumn { Length = 4, VocabularySize = 5 })).CsvOptions!.Text["review"];

        Assert.Equal(["good", "film", "the"], column.Vocabulary!);
        Assert.Equal([1f, 1, 0, 0], Read("review,kind\nbad cast,0\n", Text(column)).Features.ToArray());
    }

    [Fact]
    public void Case_may_count_and_tokens_may_be_characters()
    {
        Assert.Equal(["film", "good", "Bad", "Good", "The", "cast", "the", "too", "was"], Read(Reviews, Text(new TextColumn { Length = 4, LowerCase = false })).CsvOptions!.Text["review"].Vocabulary!);
        LabeledDataset letters = Read("review,kind\nab🙂a,0\n", Text(new TextColumn { Length = 5, Tokens = TextTokens.Characters }));
        Assert.Equal(["a", "b", "🙂"], letters.CsvOptions!.Text["review"].Vocabulary!);
        Assert.Equal([2f, 3, 4, 2, 0], letters.Features.ToArray());
    }

    [Theory]
    [InlineData("don't stop", "don,t,stop")]
    [InlineData("  a--b_c  ", "a,b_c")]
    [InlineData("naïve Ba\u0308r 3.5", "naïve,ba\u0308r,3,5")]
    [InlineData("किताब है", "किताब,है")]
    [InlineData("...", "")]
    public void Words_are_letters_marks_digits_and_underscores(string text, string words) =>
        Assert.Equal(words, string.Join(',', Tokenizer.Split(text, new TextColumn { Length = 1 })));

    [Fact]
    public void A_missing_text_is_refused_dropped_or_padding()
    {
        const string text = "review,kind\ngood,0\n,1\n";
        CsvOptions options = Text(new TextColumn { Length = 1 });

        Assert.Contains("(3): column 'review' is empty; fill it in, leave the line out, or take it as a text without a word", Refused(text, options));
        Assert.Equal([2f], Read(text, options with { MissingValues = MissingValues.Drop }).Features.ToArray());
        Assert.Equal([2f, 0], Read(text, options with { MissingValues = MissingValues.Fill }).Features.ToArray());
        Assert.Contains("column 'review' has no word in any line", Refused("review,kind\n...,1\n", options));
    }

    [Fact]
    public void Options_that_are_wrong_are_refused()
    {
        Assert.Contains("Length is 0", Wrong(Text(new TextColumn { Length = 0 })));
        Assert.Contains("VocabularySize is 2; it is from 3", Wrong(Text(new TextColumn { Length = 1, VocabularySize = 2 })));
        Assert.Contains("Tokens 2 and 3 of the Vocabulary are both 'a'", Wrong(Text(new TextColumn { Length = 1, Vocabulary = ["a", "a"] })));
        Assert.Contains("The Vocabulary has 0 tokens", Wrong(Text(new TextColumn { Length = 1, Vocabulary = [] })));
        Assert.Contains("Column 'review' is in both OneHot and Index; leave it in one", Wrong(new CsvOptions { OneHot = ["review"], Index = ["review"] }));
        Assert.Contains("Column 'review' is in both Index and Text", Wrong(Text(new TextColumn { Length = 1 }) with { Index = ["review"] }));
        Assert.Contains("Column 'kind' is in Text, but is no feature", Wrong(new CsvOptions { Text = new Dictionary<string, TextColumn> { ["kind"] = new() { Length = 1 } } }));
        Assert.Contains("has no Vocabulary", Assert.Throws<ArgumentException>(() => new Tokenizer(new TextColumn { Length = 1 })).Message);
    }

    private static CsvOptions Text(TextColumn column) => new() { Text = new Dictionary<string, TextColumn> { ["review"] = column } };

    private static string Refused(string text, CsvOptions options) => Assert.Throws<DatasetException>(() => Read(text, options)).Message;

    private static string Wrong(CsvOptions options) => Assert.Throws<ArgumentException>(() => Read(Reviews, options)).Message;

    private static LabeledDataset Read(string text, CsvOptions options)
    {
        using var folder = new TemporaryFolder();
        return Dataset.FromCsv(folder.Write("a.csv", text), label: "kind", options: options);
    }
}
