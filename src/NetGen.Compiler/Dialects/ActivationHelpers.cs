namespace NetGen.Compiler.Dialects;

/// <summary>The texts of the helpers that are activations, and of their derivatives: of one float, computed in double.</summary>
internal static class ActivationHelpers
{
    public static string Text(Helper helper) => helper switch
    {
        Helper.Softplus => """
            /// <summary>log(1 + e^x), by the side on which nothing overflows or cancels.</summary>
            internal static float Softplus(float x)
            {
                return (float)Softplus((double)x);
            }
            """,
        Helper.SoftplusDouble => """
            /// <summary>log(1 + e^x), by the side on which nothing overflows or cancels.</summary>
            internal static double Softplus(double x)
            {
                return global::System.Math.Max(x, 0.0) + LogP1(global::System.Math.Exp(-global::System.Math.Abs(x)));
            }
            """,
        Helper.NormalTail => """
            /// <summary>1 - Φ(t) = e^(-t² / 2) d(t) / (√(2π) t d(t) + n(t)) for t >= 0, to a relative error of 2e-8.</summary>
            internal static double NormalTail(double t)
            {
                double d = (((0.009465927 * t + 0.08949825) * t + 0.39074638) * t + 0.9091141) * t + 1.0;
                double n = (((2.835547e-06 * t + 0.02360405) * t + 0.22664101) * t + 0.90737045) * t + 2.0;
                return global::System.Math.Exp(-0.5 * t * t) * d / (2.5066282746310002 * t * d + n);
            }
            """,
        Helper.Gelu => """
            /// <summary>x Φ(x), by the side on which nothing cancels.</summary>
            internal static float Gelu(float x)
            {
                // Beyond, the tail is 0.
                double t = global::System.Math.Min(global::System.Math.Abs((double)x), 20.0);
                return (float)(global::System.Math.Max(x, 0.0) - t * NormalTail(t));
            }
            """,
        Helper.GeluDerivative => """
            /// <summary>Φ(x) + x φ(x), the derivative of gelu, by the side on which Φ does not cancel.</summary>
            internal static float GeluDerivative(float x)
            {
                double t = global::System.Math.Min(global::System.Math.Abs((double)x), 20.0);
                double left = NormalTail(t) - 0.3989422804014327 * t * global::System.Math.Exp(-0.5 * t * t);
                return (float)(x > 0f ? 1.0 - left : left);
            }
            """,
        Helper.Mish => """
            /// <summary>x tanh(log(1 + e^x)) = x n / (n + 2), where n = e^x (e^x + 2).</summary>
            internal static float Mish(float x)
            {
                // Above, the quotient is 1.
                double e = global::System.Math.Exp(global::System.Math.Min(x, 20.0));
                double n = e * (e + 2.0);
                return (float)(x * (n / (n + 2.0)));
            }
            """,
        _ => """
            /// <summary>n / (n + 2) + 4 x e^x (e^x + 1) / (n + 2)², where n = e^x (e^x + 2): the derivative of mish.</summary>
            internal static float MishDerivative(float x)
            {
                // Above, it is 1.
                double limited = global::System.Math.Min(x, 20.0);
                double e = global::System.Math.Exp(limited);
                double n = e * (e + 2.0);
                double share = 1.0 / (n + 2.0);
                return (float)(share * (n + 4.0 * limited * e * (e + 1.0) * share));
            }
            """,
    };
}
