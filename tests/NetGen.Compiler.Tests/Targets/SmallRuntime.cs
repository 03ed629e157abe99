using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace NetGen.Compiler.Tests.Targets;

/// <summary>
/// A core library of the sort that runtimes for microcontrollers have, as a reference to compile against. It holds all that the target <c>minimal</c> may use of one.
/// The mathematics is of doubles, and those of floats cannot be called, as in .NET nanoFramework.
/// </summary>
internal static class SmallRuntime
{
    private const string Source = """
        namespace System
        {
            public class Object { public virtual string ToString() { return null; } }
            public abstract class ValueType { }
            public abstract class Enum : ValueType { }
            public struct Void { }
            public struct Boolean { }
            public struct Char { }
            public struct Byte { }
            public struct Int16 { }
            public struct Int32 { public override string ToString() { return null; } }
            public struct UInt16 { }
            public struct UInt32 { }
            public struct Int64 { public override string ToString() { return null; } }
            public struct UInt64 { }
            public struct IntPtr { }
            public struct Single { public const float NegativeInfinity = -1.0f / 0.0f, PositiveInfinity = 1.0f / 0.0f; public static bool IsInfinity(float f) { return false; } public override string ToString() { return null; } }
            public struct Double { public static bool IsInfinity(double d) { return false; } }
            public struct RuntimeFieldHandle { }
            public abstract class Delegate { }
            public abstract class MulticastDelegate : Delegate { }
            public sealed class String
            {
                public static string Concat(string a, string b) { return null; }
                public static string Concat(string a, string b, string c) { return null; }
                public static string Concat(string a, string b, string c, string d) { return null; }
                public static string Concat(params string[] values) { return null; }
                public static string Concat(object a, object b) { return null; }
                public static string Concat(object a, object b, object c) { return null; }
                public static string Concat(params object[] values) { return null; }
            }

            public abstract class Array
            {
                public int Length { get { return 0; } }
                public static void Clear(Array array, int index, int length) { }
                public static void Copy(Array sourceArray, Array destinationArray, int length) { }
            }

            public class Attribute { }
            public sealed class ParamArrayAttribute : Attribute { }
            public enum AttributeTargets { All }
            public sealed class AttributeUsageAttribute : Attribute { public AttributeUsageAttribute(AttributeTargets targets) { } }
            public sealed class ObsoleteAttribute : Attribute { public ObsoleteAttribute(string message, bool error) { } }

            public class Exception { public Exception(string message) { } }
            public class ArgumentException : Exception { public ArgumentException(string message, string name) : base(message) { } }
            public class ArgumentOutOfRangeException : ArgumentException { public ArgumentOutOfRangeException(string name, string message) : base(message, name) { } }
            public class InvalidOperationException : Exception { public InvalidOperationException(string message) : base(message) { } }
            public class NotSupportedException : Exception { public NotSupportedException(string message) : base(message) { } }

            public static class BitConverter
            {
                public static long DoubleToInt64Bits(double value) { return 0; }
                public static double Int64BitsToDouble(long value) { return 0; }
            }

            public static class Math
            {
                public const double PI = 3.14159265358979323846;
                public static int Max(int a, int b) { return a; }
                public static float Max(float a, float b) { return a; }
                public static double Max(double a, double b) { return a; }
                public static int Min(int a, int b) { return a; }
                public static float Min(float a, float b) { return a; }
                public static double Min(double a, double b) { return a; }
                public static float Abs(float x) { return x; }
                public static double Abs(double x) { return x; }
                public static double Exp(double x) { return x; }
                public static double Log(double x) { return x; }
                public static double Pow(double x, double y) { return x; }
                public static double Cos(double x) { return x; }
                public static double Sqrt(double x) { return x; }
                public static double Tanh(double x) { return x; }
                public static double Sin(double x) { return x; }
                [Obsolete("only of doubles", true)] public static float Sin(float x) { return x; }
                [Obsolete("only of doubles", true)] public static float Exp(float x) { return x; }
                [Obsolete("only of doubles", true)] public static float Log(float x) { return x; }
                [Obsolete("only of doubles", true)] public static float Pow(float x, float y) { return x; }
                [Obsolete("only of doubles", true)] public static float Cos(float x) { return x; }
                [Obsolete("only of doubles", true)] public static float Sqrt(float x) { return x; }
                [Obsolete("only of doubles", true)] public static float Tanh(float x) { return x; }
            }
        }

        namespace System.Runtime.CompilerServices
        {
            public static class RuntimeHelpers { public static void InitializeArray(Array array, RuntimeFieldHandle data) { } }
        }
        """;

    private static readonly Lazy<MetadataReference> s_reference = new(Compile);

    public static MetadataReference Reference => s_reference.Value;

    private static MetadataReference Compile()
    {
        CSharpCompilation library = CSharpCompilation.Create(
            "mscorlib", [CSharpSyntaxTree.ParseText(Source, new CSharpParseOptions(LanguageVersion.CSharp7_3), encoding: Encoding.UTF8)],
            options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using MemoryStream code = new();
        EmitResult result = library.Emit(code, options: new EmitOptions(runtimeMetadataVersion: "v4.0.30319"));
        if (!result.Success)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(10)));
        return MetadataReference.CreateFromImage(code.ToArray());
    }
}
