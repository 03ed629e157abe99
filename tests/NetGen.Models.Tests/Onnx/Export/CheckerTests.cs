using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Models.Onnx.Export;
using Xunit;

namespace NetGen.Models.Tests.Onnx.Export;

/// <summary>Exported models by ONNX's own checker and shape inference, where Python has them.</summary>
public sealed class CheckerTests
{
    /// <summary>Reads every model in a folder, and says what is wrong with it; inferred shapes must be those that it states.</summary>
    private const string Program = """
        import sys, glob, os, onnx
        from onnx import checker, shape_inference
        wrong = 0
        paths = sorted(glob.glob(os.path.join(sys.argv[1], "*.onnx")))
        for path in paths:
            try:
                model = onnx.load(path)
                checker.check_model(model, full_check=True)
                shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
            except Exception as e:
                wrong += 1
                print(os.path.basename(path), type(e).__name__, e)
        print(len(paths), "models")
        sys.exit(1 if wrong else 0)
        """;

    [OnnxPythonFact]
    public void The_checker_accepts_every_model_and_infers_the_shapes_that_it_states()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("netgen-onnx-");
        try
        {
            int count = 0;
            void Write(Exported model) => File.WriteAllBytes(Path.Combine(folder.FullName, FormattableString.Invariant($"{count++:000}.onnx")), model.Bytes);
            foreach (string name in ExportSpecs.All.Keys)
                Write(Exported.Of(name));
            foreach (string name in ExportSpecs.Few)
            {
                foreach (int opset in (int[])[ExportOptions.FirstOpset, Math.Min(ExportOptions.LastOpset, OnnxPython.LastOpset)])
                    Write(new Exported(ExportSpecs.All[name], opset));
            }

            (bool isRight, string text) = OnnxPython.Run(Program, folder.FullName);

            Assert.True(isRight, text);
            Assert.Equal($"{count} models", text.Trim());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
