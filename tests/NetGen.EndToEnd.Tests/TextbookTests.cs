using System;
using System.Linq;
using Xunit;

namespace NetGen.EndToEnd.Tests;

/// <summary>The figures that textbooks print, on generated code. Theirs are in float64; ours agree to float's precision.</summary>
public sealed class TextbookTests
{
    private static readonly float[] X = [0.05f, 0.10f];
    private static readonly float[] Targets = [0.01f, 0.99f];

    [Fact]
    public void The_2_2_2_network_gives_the_textbooks_outputs_and_error()
    {
        Textbook net = Create();
        var outputs = new float[2];
        net.Forward(X, outputs);
        Close(0.75136507, outputs[0]);
        Close(0.772928465, outputs[1]);
        Close(0.298371109, net.Loss(X, Targets));
    }

    [Fact]
    public void One_step_gives_the_textbooks_gradient_and_weights()
    {
        Textbook net = Create();
        net.Backward(X, Targets);
        Close(0.000438568, ParameterAccess.Get<Textbook>(net.Gradients, "hidden.weight")[0]);
        Assert.All(ParameterAccess.Get<Textbook>(net.Gradients, "hidden.bias"), static g => Assert.Equal(0, g));

        Close(0.298371109, net.TrainStep(X, Targets, 0.5f));
        float[] second = ParameterAccess.Get<Textbook>(net.Parameters, "out.weight");
        Close(0.35891648, second[0]);
        Close(0.408666186, second[1]);
        Close(0.511301270, second[2]);
        Close(0.561370121, second[3]);
        float[] first = ParameterAccess.Get<Textbook>(net.Parameters, "hidden.weight");
        Close(0.149780716, first[0]);
        Close(0.19956143, first[1]);
        Close(0.24975114, first[2]);
        Close(0.29950229, first[3]);
    }

    /// <summary>In float64 it is 3.51e-5; one text prints 0.000351085, ten times too much.</summary>
    [Fact]
    public void After_10_000_steps_with_fixed_biases_the_error_is_3_51e_5()
    {
        Textbook net = Create();
        for (int step = 0; step < 10_000; step++)
            net.TrainStep(X, Targets);
        Assert.InRange(net.Loss(X, Targets), 3.505e-5f, 3.515e-5f);
        Assert.Equal([0.35f, 0.35f], ParameterAccess.Get<Textbook>(net.Parameters, "hidden.bias"));
    }

    [Fact]
    public void The_linear_2_3_1_networks_gradients_are_the_matrix_products()
    {
        float[] x = [1, 0.875f, 0.25f, 1, 0.75f, 0.25f];
        float[] y = [1, 0.4f, 0.6f];
        float[] w1 = [0.3f, -0.2f, 0.5f, 0.7f, -0.4f, 0.1f]; // [out, in]
        float[] w2 = [0.6f, -0.3f, 0.8f];
        var net = new Linear();
        net.Set("first.weight", w1);
        net.Set("second.weight", w2);
        double loss = net.Backward(x, y);

        var error = new double[3];
        var a1 = new double[3, 3];
        for (int row = 0; row < 3; row++)
        {
            for (int h = 0; h < 3; h++)
            {
                a1[row, h] = (w1[h * 2] * x[row * 2]) + (w1[(h * 2) + 1] * x[(row * 2) + 1]);
                error[row] += w2[h] * a1[row, h];
            }

            error[row] -= y[row];
        }

        Close(error.Sum(static e => e * e / 2), loss);
        float[] g1 = ParameterAccess.Get<Linear>(net.Gradients, "first.weight");
        float[] g2 = ParameterAccess.Get<Linear>(net.Gradients, "second.weight");
        for (int h = 0; h < 3; h++)
        {
            Close(Enumerable.Range(0, 3).Sum(row => a1[row, h] * error[row]), g2[h]);
            for (int i = 0; i < 2; i++)
                Close(Enumerable.Range(0, 3).Sum(row => x[(row * 2) + i] * error[row] * w2[h]), g1[(h * 2) + i]);
        }
    }

    /// <summary>Per-sample SGD with a step size that falls with t, against the same written out with delta = -2 (y - f) phi'(z).</summary>
    [Fact]
    public void Per_sample_SGD_with_a_step_size_of_each_step_follows_the_written_out_rule()
    {
        double[,] v = { { 0.1, -0.2, 0.3 }, { 0.4, 0.1, -0.5 }, { -0.3, 0.2, 0.6 }, { 0.7, -0.6, 0.2 } };
        double[,] w = { { 0.2, -0.4, 0.5, 0.1 }, { -0.3, 0.6, 0.2, -0.1 } };
        var net = new SigmoidNet();
        net.Set("hidden.weight", [.. v.Cast<double>().Select(static e => (float)e)]);
        net.Set("out.weight", [.. w.Cast<double>().Select(static e => (float)e)]);
        static double Phi(double z) => 1 / (1 + Math.Exp(-z));

        for (int t = 1; t <= 50; t++)
        {
            float[] x = [(t % 3) - 1, ((t * 7) % 5) / 4f, ((t * 3) % 4) / 2f];
            float[] y = [t % 2, (t + 1) % 2];
            double rate = 1.0 / t;
            net.TrainStep(x, y, (float)rate);

            var a = new double[4];
            for (int h = 0; h < 4; h++)
                a[h] = Phi(Enumerable.Range(0, 3).Sum(i => v[h, i] * x[i]));
            var delta = new double[2];
            for (int o = 0; o < 2; o++)
            {
                double f = Phi(Enumerable.Range(0, 4).Sum(h => w[o, h] * a[h]));
                delta[o] = -2 * (y[o] - f) * f * (1 - f);
            }

            for (int h = 0; h < 4; h++)
            {
                double hidden = ((delta[0] * w[0, h]) + (delta[1] * w[1, h])) * a[h] * (1 - a[h]);
                for (int i = 0; i < 3; i++)
                    v[h, i] -= rate * hidden * x[i];
                for (int o = 0; o < 2; o++)
                    w[o, h] -= rate * delta[o] * a[h];
            }
        }

        float[] ours = ParameterAccess.Get<SigmoidNet>(net.Parameters, "hidden.weight");
        for (int k = 0; k < 12; k++)
            Close(v[k / 3, k % 3], ours[k], 5e-6);
    }

    [Fact]
    public void Sigmoid_with_cross_entropy_has_the_gradient_f_minus_y_times_the_input()
    {
        float[] x = [0.5f, -1.5f, 2];
        var net = new Binary();
        net.Set("out.weight", 0.3f, 0.7f, -0.2f);
        var f = new float[1];
        net.Forward(x, f);
        net.Backward(x, [1f]);
        float[] gradient = ParameterAccess.Get<Binary>(net.Gradients, "out.weight");
        for (int i = 0; i < 3; i++)
            Close((f[0] - 1) * x[i], gradient[i]);
    }

    private static Textbook Create()
    {
        var net = new Textbook();
        net.Set("hidden.weight", 0.15f, 0.20f, 0.25f, 0.30f);
        net.Set("hidden.bias", 0.35f, 0.35f);
        net.Set("out.weight", 0.40f, 0.45f, 0.50f, 0.55f);
        net.Set("out.bias", 0.60f, 0.60f);
        return net;
    }

    private static void Close(double expected, double actual, double tolerance = 1e-6) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(Math.Abs(expected), 1e-3) + 1e-9, $"{actual} instead of {expected}");
}
