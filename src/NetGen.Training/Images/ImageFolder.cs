using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Training.Images;

/// <summary>The image files of a folder that has a folder for each class.</summary>
internal sealed class ImageFolder
{
    private readonly string folder;

    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="DatasetException">It has no folder of a class, or one that is empty or holds folders.</exception>
    public ImageFolder(string folder, IReadOnlyList<string>? classNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        this.folder = folder;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'; the current folder is '{Environment.CurrentDirectory}'.");
        if (List(folder, Directory.GetFiles).FirstOrDefault() is { } file)
            throw new DatasetException(folder, null, $"the file {Excerpt.Quote(Path.GetFileName(file))} stands beside the folders of the classes, and so has no class; move it into the folder of its class, or elsewhere.");

        string[] classes = List(folder, Directory.GetDirectories);
        if (classes.Length == 0)
            throw new DatasetException(folder, null, "the folder holds no folders; it takes one for each class, with the images of the class.");

        ClassNames = classNames ?? [.. classes.Select(path => Path.GetFileName(path))];
        Files = [.. classes.SelectMany(FilesOf)];
    }

    /// <summary>The names of the classes: those given, or the folders', in ordinal order.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The files and the numbers of their classes, in ordinal order.</summary>
    public IReadOnlyList<(string Path, int Label)> Files { get; }

    private IEnumerable<(string Path, int Label)> FilesOf(string path)
    {
        string name = Path.GetFileName(path);
        int label = ClassNames.ToList().IndexOf(name);
        if (label < 0)
        {
            string remedy = Nearest.Find(name, ClassNames) is { } near ? $"did you mean '{near}'?" : "name it in classNames, or move it elsewhere.";
            throw new DatasetException(folder, null, $"the folder {Excerpt.Quote(name)} is none of the {ClassNames.Count} classes {Excerpt.Names([.. ClassNames])}; {remedy}");
        }

        if (List(path, Directory.GetDirectories).FirstOrDefault() is { } inner)
            throw new DatasetException(folder, null, $"the class folder {Excerpt.Quote(name)} holds the folder {Excerpt.Quote(Path.GetFileName(inner))}; put the images of a class into its folder itself.");

        string[] files = List(path, Directory.GetFiles);
        if (files.Length == 0)
            throw new DatasetException(folder, null, $"the class folder {Excerpt.Quote(name)} holds no files; put the images of the class into it, or delete it.");
        return files.Select(file => (file, label));
    }

    // What is not hidden, in ordinal order.
    private static string[] List(string folder, Func<string, string[]> list)
    {
        try
        {
            IEnumerable<string> visible = list(folder).Where(path => Path.GetFileName(path)[0] != '.' && (File.GetAttributes(path) & FileAttributes.Hidden) == 0);
            return [.. visible.Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(folder, null, $"the folder cannot be read: {e.Message}", e);
        }
    }
}
