/*
 * Dense layers of one sample: loops of constant length, for a compiler with -O3 -march=native -ffast-math. It stands between
 * common.c and a network; NetGen.Benchmarks puts before it LAYOUT, SIMD and EXP_OF: the form, below.
 * Every function that takes sizes is inlined where they are constants.
 */
#include <math.h>
#include <string.h>

/* How weights lie: [in][out]; that with rows padded to vectors; [out][in]; [in][out] but for a narrow last layer. */
#define IN_OUT 0
#define PADDED 1
#define OUT_IN 2
#define MIXED 3

#define INLINE static inline __attribute__((always_inline))
#define ALIGNED __attribute__((aligned(64)))

#define IS_IN_OUT(out) (LAYOUT == IN_OUT || LAYOUT == PADDED || (LAYOUT == MIXED && (out) >= 16))
#define WIDTH(n) (LAYOUT != PADDED ? (n) : (n) <= 4 ? 4 : ((n) + 7) / 8 * 8)

/*
 * exp to 2 ulp, 0 below -87: x = n ln 2 + r with |r| <= ln 2 / 2, a polynomial in r (Cephes' expf), times 2^n. Inlined, it
 * often beats the calls of libm's vectors that the flags yield.
 */
INLINE float exp_of(float x)
{
    x = x < -87 ? -87 : x > 88 ? 88 : x;
    float n = rintf(x * 1.44269504f), r = x - n * 0.693359375f + n * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    union { int bits; float value; } power = { ((int)n + 127) << 23 };
    return (p * r * r + r + 1) * power.value;
}

/* y = f(y), element by element; rows of softmax are done apart. */
INLINE void activate(int count, int act, float *restrict y)
{
    for (int k = 0; k < count; k++) {
        if (act == SIGMOID)
            y[k] = 1 / (1 + EXP_OF(-y[k]));
        else if (act == TANH)
            y[k] = 1 - 2 / (EXP_OF(2 * y[k]) + 1);
        else if (act == RELU)
            y[k] = y[k] > 0 ? y[k] : 0;
    }
}

/* d *= f'(y), by y. */
INLINE void times_derivative(int count, int act, const float *restrict y, float *restrict d)
{
    for (int k = 0; k < count; k++) {
        if (act == SIGMOID)
            d[k] *= y[k] * (1 - y[k]);
        else if (act == TANH)
            d[k] *= 1 - y[k] * y[k];
        else if (act == RELU)
            d[k] = y[k] > 0 ? d[k] : 0;
    }
}

INLINE void softmax(int out, float *restrict y)
{
    float max = y[0], sum = 0;
    for (int o = 1; o < out; o++)
        max = y[o] > max ? y[o] : max;
    for (int o = 0; o < WIDTH(out); o++) /* padded lanes hold 0, and are not summed */
        y[o] = EXP_OF(y[o] - max);
    for (int o = 0; o < out; o++)
        sum += y[o];
    float scale = 1 / sum;
    for (int o = 0; o < WIDTH(out); o++)
        y[o] *= scale;
}

/* Rows of n samples. */
INLINE void activate_rows(int n, int out, int act, float *restrict y)
{
    if (act == SOFTMAX)
        for (int s = 0; s < n; s++)
            softmax(out, y + s * WIDTH(out));
    else
        activate(n * WIDTH(out), act, y);
}

/* The loss's gradient by what the last activation is applied to. */
INLINE void loss_rows(int n, int out, int act, const float *restrict y, const float *restrict target, float *restrict d)
{
    for (int s = 0; s < n; s++)
        for (int o = 0; o < WIDTH(out); o++)
            d[s * WIDTH(out) + o] = o < out ? y[s * WIDTH(out) + o] - target[s * out + o] : 0;
    times_derivative(n * WIDTH(out), act, y, d);
}

/* ---- one sample ---- */

#if SIMD
typedef float vector __attribute__((vector_size(32)));
typedef float quarter __attribute__((vector_size(16)));

/*
 * The same with the compiler's vector types: sums stay in registers, four at a time to hide their latency, of neighbouring
 * outputs where there are as many, else of neighbouring inputs. Widths are 4 or multiples of 8.
 */
#define AFFINE(type, lanes) \
    INLINE void affine_##type(int in, int width, const float *w, const float *b, const float *x, float *y) \
    { \
        const int block = width % (4 * lanes) == 0 ? 4 : width % (2 * lanes) == 0 ? 2 : 1, chains = 4 / block; \
        for (int o = 0; o < width; o += block * lanes) { \
            type sum[4] = {0}; \
            int i = 0; \
            for (; i + chains <= in; i += chains) \
                for (int k = 0; k < 4; k++) \
                    sum[k] += x[i + k / block] * *(const type *)(w + (i + k / block) * width + o + k % block * lanes); \
            for (; i < in; i++) \
                for (int k = 0; k < block; k++) \
                    sum[k] += x[i] * *(const type *)(w + i * width + o + k * lanes); \
            for (int k = block; k < 4; k++) \
                sum[k % block] += sum[k]; \
            for (int k = 0; k < block; k++) \
                *(type *)(y + o + k * lanes) = sum[k] + *(const type *)(b + o + k * lanes); \
        } \
    }
AFFINE(vector, 8)
AFFINE(quarter, 4)
#endif

/* So many neighbouring outputs of [in][out], whose sums may stay in registers. */
#define BLOCK 64
INLINE void affine_block(
    int in, int width, int first, int count, const float *restrict w, const float *restrict b, const float *restrict x, float *restrict y)
{
    float sum[BLOCK] ALIGNED;
    for (int o = 0; o < count; o++)
        sum[o] = b[first + o];
    for (int i = 0; i < in; i++)
        for (int o = 0; o < count; o++)
            sum[o] += x[i] * w[i * width + first + o];
    for (int o = 0; o < count; o++)
        y[first + o] = sum[o];
}

/* y = W x + b. */
INLINE void affine(int in, int out, const float *restrict w, const float *restrict b, const float *restrict x, float *restrict y)
{
    if (IS_IN_OUT(out)) {
        const int width = WIDTH(out);
#if SIMD
        if (width == 4)
            affine_quarter(in, width, w, b, x, y);
        else
            affine_vector(in, width, w, b, x, y);
#else
        for (int first = 0; first + BLOCK <= width; first += BLOCK)
            affine_block(in, width, first, BLOCK, w, b, x, y);
        affine_block(in, width, width / BLOCK * BLOCK, width % BLOCK, w, b, x, y);
#endif
        return;
    }

    int o = 0;
    for (; o + 4 <= out; o += 4) {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        for (int i = 0; i < in; i++) {
            s0 += w[o * in + i] * x[i];
            s1 += w[(o + 1) * in + i] * x[i];
            s2 += w[(o + 2) * in + i] * x[i];
            s3 += w[(o + 3) * in + i] * x[i];
        }
        y[o] = s0 + b[o];
        y[o + 1] = s1 + b[o + 1];
        y[o + 2] = s2 + b[o + 2];
        y[o + 3] = s3 + b[o + 3];
    }
    for (; o < out; o++) {
        float sum = 0;
        for (int i = 0; i < in; i++)
            sum += w[o * in + i] * x[i];
        y[o] = sum + b[o];
    }
}

/* dx = W' d, then u += scale d x': in one pass over w, of which u is the gradient or itself. */
INLINE void affine_backward(
    int in, int out, int first, const float *w, float *u, float *ub, const float *restrict x, const float *d, float *dx, float scale)
{
    const int width = WIDTH(out);
    for (int o = 0; o < width; o++)
        ub[o] += scale * d[o];
    if (IS_IN_OUT(out)) {
        for (int i = 0; i < in; i++) {
            float sum = 0, step = scale * x[i];
            for (int o = 0; o < width; o++) {
                if (!first)
                    sum += w[i * width + o] * d[o];
                u[i * width + o] += step * d[o];
            }
            if (!first)
                dx[i] = sum;
        }
        for (int i = in; !first && i < WIDTH(in); i++)
            dx[i] = 0;
        return;
    }

    float sum[WIDEST] ALIGNED;
    if (!first)
        for (int i = 0; i < in; i++)
            sum[i] = 0;
    for (int o = 0; o < out; o++) {
        float step = scale * d[o];
        for (int i = 0; i < in; i++) {
            if (!first)
                sum[i] += w[o * in + i] * d[o];
            u[o * in + i] += step * x[i];
        }
    }
    if (!first)
        for (int i = 0; i < in; i++)
            dx[i] = sum[i];
}
