/*
 * One network of dense layers in C, over static arrays, after common.c and dense.c.
 * EACH, ROWS, TERMS and SAMPLES are plain loops; TILES, LANES and SIMD are blocked by hand; BLAS leaves a batch to cblas_sgemm.
 *
 * NetGen.Benchmarks puts BATCH before this file, as well as LAYOUT and SIMD: the form.
 */

/*
 * How a batch is done: sample by sample; layer by layer in three plain loops, of which the middle one goes over the terms of
 * a sum, or over its rows, or the inner one over the samples; eight terms of a row at a time; so many samples in registers;
 * by cblas_sgemm.
 */
#define EACH 0
#define ROWS 1
#define TERMS 2
#define SAMPLES 3
#define TILES 4
#define LANES 5
#define BLAS 6
#if BATCH == BLAS
#include <cblas.h>
#endif

#define LANE_COUNT 32

/* Weights, biases, the gradients of a batch, the transposed copy that tiles read backwards, activations, deltas. */
#define X(l, p, in, out, act) \
    static float w_##l[(in) * WIDTH(out)] ALIGNED, b_##l[WIDTH(out)] ALIGNED; \
    static float gw_##l[(in) * WIDTH(out)] ALIGNED, gb_##l[WIDTH(out)] ALIGNED; \
    static float t_##l[WIDTH(in) * WIDTH(out)] ALIGNED; \
    static float y_##l[MOST * WIDTH(out)] ALIGNED, d_##l[MOST * WIDTH(out)] ALIGNED;
LAYERS(X)
#undef X
static float x_lanes[MOST * INPUTS] ALIGNED;
static float no_delta[1];

#define FORWARD(l, p, in, out, act) \
    affine(in, out, w_##l, b_##l, y_##p, y_##l); \
    activate_rows(1, out, act, y_##l);

#define DELTA(l, p, in, out, act) \
    if (IS_LAST_##l) \
        loss_rows(1, out, act, y_##l, target, d_##l); \
    else \
        times_derivative(WIDTH(out), act, y_##l, d_##l);

INLINE void infer_each(int n, const float *restrict x, float *restrict y)
{
    for (int s = 0; s < n; s++) {
        const float *y_x = x + s * INPUTS;
        LAYERS(FORWARD)
        for (int o = 0; o < OUTPUTS; o++)
            y[s * OUTPUTS + o] = LAST(y)[o];
    }
}

INLINE void step_one(const float *restrict x, const float *restrict target, float rate)
{
    const float *y_x = x;
    float *d_x = no_delta;
    LAYERS(FORWARD)
#define X(l, p, in, out, act) \
    DELTA(l, p, in, out, act) \
    affine_backward(in, out, IS_FIRST_##l, w_##l, w_##l, b_##l, y_##p, d_##l, d_##p, -rate);
    LAYERS_REVERSED(X)
#undef X
}

INLINE void step_each(int n, const float *restrict xs, const float *restrict targets, float rate)
{
    for (int s = 0; s < n; s++) {
        const float *y_x = xs + s * INPUTS, *target = targets + s * OUTPUTS;
        float *d_x = no_delta;
        LAYERS(FORWARD)
#define X(l, p, in, out, act) \
        DELTA(l, p, in, out, act) \
        affine_backward(in, out, IS_FIRST_##l, w_##l, gw_##l, gb_##l, y_##p, d_##l, d_##p, 1);
        LAYERS_REVERSED(X)
#undef X
    }
#define X(l, p, in, out, act) \
    for (int k = 0; k < (in) * WIDTH(out); k++) { \
        w_##l[k] -= rate / n * gw_##l[k]; \
        gw_##l[k] = 0; \
    } \
    for (int k = 0; k < WIDTH(out); k++) { \
        b_##l[k] -= rate / n * gb_##l[k]; \
        gb_##l[k] = 0; \
    }
    LAYERS(X)
#undef X
}

/* ---- a batch layer by layer ---- */

/* c += scale a b: c and b row-major, a's element (r, k) at a[r * a_row + k * a_step]. Tiles add eight terms at a time. */
INLINE void multiply(
    int rows, int inner, int columns, float scale, const float *restrict a, int a_row, int a_step, const float *restrict b, float *restrict c, int by_row)
{
#if BATCH == BLAS
    (void)by_row;
    cblas_sgemm(
        CblasRowMajor, a_step == 1 ? CblasNoTrans : CblasTrans, CblasNoTrans, rows, columns, inner, scale,
        a, a_step == 1 ? a_row : a_step, b, columns, 1, c, columns);
#elif BATCH == ROWS || BATCH == TERMS
    if (BATCH == ROWS || by_row)
        for (int r = 0; r < rows; r++)
            for (int k = 0; k < inner; k++)
                for (int o = 0; o < columns; o++)
                    c[r * columns + o] += scale * a[r * a_row + k * a_step] * b[k * columns + o];
    else
        for (int k = 0; k < inner; k++)
            for (int r = 0; r < rows; r++)
                for (int o = 0; o < columns; o++)
                    c[r * columns + o] += scale * a[r * a_row + k * a_step] * b[k * columns + o];
#else
    const int terms = inner % 8 == 0 ? 8 : inner % 4 == 0 ? 4 : inner % 2 == 0 ? 2 : 1;
    for (int outer = 0; outer < (by_row ? rows : inner / terms); outer++)
        for (int nested = 0; nested < (by_row ? inner / terms : rows); nested++) {
            const int r = by_row ? outer : nested, k = (by_row ? nested : outer) * terms;
            const float *p = a + r * a_row + k * a_step, *q = b + k * columns;
            float factor[8], *sum = c + r * columns;
            for (int t = 0; t < terms; t++)
                factor[t] = scale * p[t * a_step];
            for (int o = 0; o < columns; o++)
                if (terms == 8)
                    sum[o] += factor[0] * q[o] + factor[1] * q[columns + o] + factor[2] * q[2 * columns + o] + factor[3] * q[3 * columns + o]
                        + factor[4] * q[4 * columns + o] + factor[5] * q[5 * columns + o] + factor[6] * q[6 * columns + o] + factor[7] * q[7 * columns + o];
                else if (terms == 4)
                    sum[o] += factor[0] * q[o] + factor[1] * q[columns + o] + factor[2] * q[2 * columns + o] + factor[3] * q[3 * columns + o];
                else if (terms == 2)
                    sum[o] += factor[0] * q[o] + factor[1] * q[columns + o];
                else
                    sum[o] += factor[0] * q[o];
        }
#endif
}

/* Each of so many rows. */
INLINE void fill(int rows, int columns, const float *restrict row, float *restrict c)
{
    for (int r = 0; r < rows; r++)
        for (int o = 0; o < columns; o++)
            c[r * columns + o] = row ? row[o] : 0;
}

/* w -= rate x' d, with its transposed copy; b alike. */
INLINE void update(
    int n, int in, int out, const float *restrict x, int x_row, const float *restrict d, float rate, float *restrict w, float *restrict b, float *restrict t)
{
    const int width = WIDTH(out);
    multiply(in, n, width, -rate, x, 1, x_row, d, w, 1);
    for (int s = 0; s < n; s++)
        for (int o = 0; o < width; o++)
            b[o] -= rate * d[s * width + o];
    if (t)
        for (int o = 0; o < out; o++)
            for (int i = 0; i < in; i++)
                t[o * WIDTH(in) + i] = w[i * width + o];
}

#define FORWARD_LAYERS(l, p, in, out, act) \
    fill(n, WIDTH(out), b_##l, y_##l); \
    multiply(n, in, WIDTH(out), 1, y_##p, IS_FIRST_##l ? (in) : WIDTH(in), 1, w_##l, y_##l, 0); \
    activate_rows(n, out, act, y_##l);

INLINE void infer_layers(int n, const float *restrict x, float *restrict y)
{
    const float *y_x = x;
    LAYERS(FORWARD_LAYERS)
    for (int s = 0; s < n; s++)
        for (int o = 0; o < OUTPUTS; o++)
            y[s * OUTPUTS + o] = LAST(y)[s * WIDTH(OUTPUTS) + o];
}

INLINE void step_layers(int n, const float *restrict x, const float *restrict target, float rate)
{
    const float *y_x = x;
    float *d_x = no_delta;
    LAYERS(FORWARD_LAYERS)
#define X(l, p, in, out, act) \
    if (IS_LAST_##l) \
        loss_rows(n, out, act, y_##l, target, d_##l); \
    else \
        times_derivative(n * WIDTH(out), act, y_##l, d_##l); \
    if (!IS_FIRST_##l) { \
        fill(n, WIDTH(in), 0, d_##p); \
        multiply(n, WIDTH(out), WIDTH(in), 1, d_##l, WIDTH(out), 1, t_##l, d_##p, 0); \
    } \
    update(n, in, out, y_##p, IS_FIRST_##l ? (in) : WIDTH(in), d_##l, rate / n, w_##l, b_##l, IS_FIRST_##l ? 0 : t_##l);
    LAYERS_REVERSED(X)
#undef X
}

/* ---- a batch with samples as lanes: [feature][sample] throughout, weights [out][in] ---- */

/* y[o][s] = sum over i of w[o * o_step + i * i_step] x[i][s], + b[o]. */
INLINE void combine(
    int n, int in, int out, const float *restrict w, int o_step, int i_step, const float *restrict b, const float *restrict x, float *restrict y)
{
#if BATCH == SAMPLES
    for (int o = 0; o < out; o++) {
        for (int s = 0; s < n; s++)
            y[o * n + s] = b ? b[o] : 0;
        for (int i = 0; i < in; i++)
            for (int s = 0; s < n; s++)
                y[o * n + s] += w[o * o_step + i * i_step] * x[i * n + s];
    }
    return;
#endif
    const int rows = out % 2 == 0 ? 2 : 1;
    for (int first = 0; first < n; first += LANE_COUNT)
        for (int o = 0; o < out; o += rows) {
            float sum[2][LANE_COUNT] ALIGNED;
            for (int r = 0; r < rows; r++)
                for (int s = 0; s < LANE_COUNT; s++)
                    sum[r][s] = b ? b[o + r] : 0;
            for (int i = 0; i < in; i++)
                for (int r = 0; r < rows; r++)
                    for (int s = 0; s < LANE_COUNT; s++)
                        sum[r][s] += w[(o + r) * o_step + i * i_step] * x[i * n + first + s];
            for (int r = 0; r < rows; r++)
                for (int s = 0; s < LANE_COUNT; s++)
                    y[(o + r) * n + first + s] = sum[r][s];
        }
}

INLINE void activate_lanes(int n, int out, int act, float *restrict y)
{
    if (act != SOFTMAX) {
        activate(n * out, act, y);
        return;
    }
    float max[MOST] ALIGNED, sum[MOST] ALIGNED;
    for (int s = 0; s < n; s++) {
        max[s] = y[s];
        sum[s] = 0;
    }
    for (int o = 1; o < out; o++)
        for (int s = 0; s < n; s++)
            max[s] = y[o * n + s] > max[s] ? y[o * n + s] : max[s];
    for (int o = 0; o < out; o++)
        for (int s = 0; s < n; s++) {
            y[o * n + s] = EXP_OF(y[o * n + s] - max[s]);
            sum[s] += y[o * n + s];
        }
    for (int s = 0; s < n; s++)
        sum[s] = 1 / sum[s];
    for (int o = 0; o < out; o++)
        for (int s = 0; s < n; s++)
            y[o * n + s] *= sum[s];
}

#define FORWARD_LANES(l, p, in, out, act) \
    combine(n, in, out, w_##l, in, 1, b_##l, y_##p, y_##l); \
    activate_lanes(n, out, act, y_##l);

INLINE void infer_lanes(int n, const float *restrict x, float *restrict y)
{
    const float *y_x = x_lanes;
    for (int i = 0; i < INPUTS; i++)
        for (int s = 0; s < n; s++)
            x_lanes[i * n + s] = x[s * INPUTS + i];
    LAYERS(FORWARD_LANES)
    for (int s = 0; s < n; s++)
        for (int o = 0; o < OUTPUTS; o++)
            y[s * OUTPUTS + o] = LAST(y)[o * n + s];
}

INLINE void step_lanes(int n, const float *restrict x, const float *restrict target, float rate)
{
    const float *y_x = x_lanes;
    float *d_x = no_delta;
    for (int i = 0; i < INPUTS; i++)
        for (int s = 0; s < n; s++)
            x_lanes[i * n + s] = x[s * INPUTS + i];
    LAYERS(FORWARD_LANES)
    for (int o = 0; o < OUTPUTS; o++)
        for (int s = 0; s < n; s++)
            LAST(d)[o * n + s] = LAST(y)[o * n + s] - target[s * OUTPUTS + o];
#define X(l, p, in, out, act) \
    times_derivative(n * (out), act, y_##l, d_##l); \
    if (!IS_FIRST_##l) \
        combine(n, out, in, w_##l, 1, in, 0, d_##l, d_##p); \
    for (int o = 0; o < (out); o++) { \
        float all = 0; \
        for (int s = 0; s < n; s++) \
            all += d_##l[o * n + s]; \
        b_##l[o] -= rate / n * all; \
        for (int i = 0; i < (in); i++) { \
            float sum = 0; \
            for (int s = 0; s < n; s++) \
                sum += d_##l[o * n + s] * y_##p[i * n + s]; \
            w_##l[o * (in) + i] -= rate / n * sum; \
        } \
    }
    LAYERS_REVERSED(X)
#undef X
}

/* ---- what NetGen.Benchmarks calls ---- */

#if BATCH == ROWS || BATCH == TERMS || BATCH == TILES || BATCH == BLAS
#define INFER_BATCH infer_layers
#define STEP_BATCH step_layers
#elif BATCH == SAMPLES || BATCH == LANES
#define INFER_BATCH infer_lanes
#define STEP_BATCH step_lanes
#else
#define INFER_BATCH infer_each
#define STEP_BATCH step_each
#endif

EXPORT void infer_1(const float *x, float *y) { infer_each(1, x, y); }
#define X(n) EXPORT void infer_##n(const float *x, float *y) { INFER_BATCH(n, x, y); }
BATCHES(X)
#undef X
EXPORT void step_1(const float *x, const float *target, float rate) { step_one(x, target, rate); }
EXPORT void step_32(const float *x, const float *target, float rate) { STEP_BATCH(32, x, target, rate); }

EXPORT void set_parameters(const float *p)
{
#if BATCH == BLAS
    openblas_set_num_threads(1);
#endif
#define X(l, prev, in, out, act) \
    memset(w_##l, 0, sizeof w_##l); \
    memset(b_##l, 0, sizeof b_##l); \
    for (int o = 0; o < (out); o++) \
        for (int i = 0; i < (in); i++) { \
            float value = *p++; \
            w_##l[IS_IN_OUT(out) ? i * WIDTH(out) + o : o * (in) + i] = value; \
            t_##l[o * WIDTH(in) + i] = value; \
        } \
    for (int o = 0; o < (out); o++) \
        b_##l[o] = *p++;
    LAYERS(X)
#undef X
}

EXPORT void get_parameters(float *p)
{
#define X(l, prev, in, out, act) \
    for (int o = 0; o < (out); o++) \
        for (int i = 0; i < (in); i++) \
            *p++ = w_##l[IS_IN_OUT(out) ? i * WIDTH(out) + o : o * (in) + i]; \
    for (int o = 0; o < (out); o++) \
        *p++ = b_##l[o];
    LAYERS(X)
#undef X
}

TIME_INFER(1)
BATCHES(TIME_INFER)
TIME_STEP(1)
TIME_STEP(32)
