/*
 * One network of convolutions, max pools and dense layers in C, over static arrays, after common.c and dense.c.
 *
 * NetGen.Benchmarks puts before it ORDER, the form, and in place of common.c's the rows
 *   X(layer, the layer before it, kind, activation, inputs, outputs, floats of the frame, weights, biases, floats of the columns, struct layer)
 * Only a first layer has padding or groups.
 */

/*
 * PLANES, ROWS: [channel][y][x]; each tap of the kernel times a plane, or all taps summed in a row of the output.
 * PIXELS: [y][x][channel]; all taps summed in a pixel, over its channels.
 * COLUMNS: [channel][y][x]; the taps of each position copied into a column, then products of matrices, by plain loops or by cblas_sgemm (BLAS).
 * VECTORS: as PIXELS, by hand: the sums of several pixels or taps in registers. What has fewer than eight channels stays PIXELS.
 */
#define PLANES 0
#define ROWS 1
#define PIXELS 2
#define COLUMNS 3
#define BLAS 4
#define VECTORS 5
#define IS_PIXELS (ORDER == PIXELS || ORDER == VECTORS)
#if ORDER == BLAS
#include <cblas.h>
#endif

#define CONVOLUTION 0
#define MAX_POOL 1
#define DENSE 2

struct layer {
    int ci, hi, wi, co, ho, wo; /* channels, height and width of the input and of the output */
    int kh, kw, sh, sw, dh, dw; /* kernel, strides and dilation: each down, then across */
    int top, left, hf, wf;      /* zeros before the input, and the frame that all zeros and the input fill */
    int groups;
};

#if IS_PIXELS
#define PLACE(channels, height, width, c, y, x) (((y) * (width) + (x)) * (channels) + (c))
#define TAP(s, o, c, i, j) ((((i) * (s).kw + (j)) * ((s).ci / (s).groups) + (c)) * (s).co + (o))
#else
#define PLACE(channels, height, width, c, y, x) (((c) * (height) + (y)) * (width) + (x))
#define TAP(s, o, c, i, j) ((((o) * ((s).ci / (s).groups) + (c)) * (s).kh + (i)) * (s).kw + (j))
#endif
#define IN(s, c, y, x) PLACE((s).ci, (s).hi, (s).wi, c, y, x)
#define FRAME(s, c, y, x) PLACE((s).ci, (s).hf, (s).wf, c, y, x)
#define OUT(s, c, y, x) PLACE((s).co, (s).ho, (s).wo, c, y, x)
#define READ(s, c, y, x, i, j) FRAME(s, c, (y) * (s).sh + (i) * (s).dh, (x) * (s).sw + (j) * (s).dw)

/* The first input channel of an output channel's group, and how many that has. */
#define FIRST(s, o) ((o) / ((s).co / (s).groups) * ((s).ci / (s).groups))
#define MEMBERS(s) ((s).ci / (s).groups)

/* Loops over all outputs' places, in the order in which they lie. */
#define POSITIONS(s) for (int r = 0; r < (s).ho; r++) for (int q = 0; q < (s).wo; q++)
#if IS_PIXELS
#define OUTPUTS_OF(s) POSITIONS(s) for (int o = 0; o < (s).co; o++)
#else
#define OUTPUTS_OF(s) for (int o = 0; o < (s).co; o++) POSITIONS(s)
#endif
#define TAPS(s) for (int i = 0; i < (s).kh; i++) for (int j = 0; j < (s).kw; j++)

/* Weights, biases, their gradients, weights turned around for the input's gradient, outputs, deltas, the largest of each pool, frames, columns. */
#define X(l, p, kind, act, in, out, frame, weights, biases, columns, ...) \
    static float w_##l[(weights) + 1] ALIGNED, b_##l[(biases) + 1] ALIGNED, gw_##l[(weights) + 1] ALIGNED, gb_##l[(biases) + 1] ALIGNED; \
    static float t_##l[(weights) + 1] ALIGNED, y_##l[out] ALIGNED, d_##l[out] ALIGNED; \
    static int which_##l[out] ALIGNED; \
    static float frame_##l[frame] ALIGNED, columns_##l[columns] ALIGNED;
LAYERS(X)
#undef X
static float no_delta[1];

/* ---- convolutions ---- */

/* The input with zeros around it, its channels where this form wants them; the input itself where that is all the same. */
INLINE const float *framed(struct layer s, int first, const float *restrict x, float *restrict frame)
{
    const int moves = IS_PIXELS && first && s.ci > 1;
    if (s.hf == s.hi && s.wf == s.wi && !moves)
        return x;
    for (int c = 0; c < s.ci; c++)
        for (int y = 0; y < s.hi; y++)
            for (int q = 0; q < s.wi; q++)
                frame[FRAME(s, c, y + s.top, q + s.left)] = x[first ? (c * s.hi + y) * s.wi + q : IN(s, c, y, q)];
    return frame;
}

#if ORDER == COLUMNS || ORDER == BLAS
/* c += scale a b, or a b': all row-major. */
INLINE void product(int rows, int inner, int columns, float scale, const float *restrict a, int a_row, int a_step, const float *restrict b, int transposed, float *restrict c)
{
#if ORDER == BLAS
    cblas_sgemm(
        CblasRowMajor, a_step == 1 ? CblasNoTrans : CblasTrans, transposed ? CblasTrans : CblasNoTrans, rows, columns, inner, scale,
        a, a_step == 1 ? a_row : a_step, b, transposed ? inner : columns, 1, c, columns);
#else
    for (int r = 0; r < rows; r++)
        if (transposed)
            for (int o = 0; o < columns; o++) {
                float sum = 0;
                for (int k = 0; k < inner; k++)
                    sum += a[r * a_row + k * a_step] * b[o * inner + k];
                c[r * columns + o] += scale * sum;
            }
        else
            for (int k = 0; k < inner; k++)
                for (int o = 0; o < columns; o++)
                    c[r * columns + o] += scale * a[r * a_row + k * a_step] * b[k * columns + o];
#endif
}

/* Whether each column is a pixel as it lies. */
#define IS_COLUMNS(s) ((s).kh * (s).kw * (s).sh * (s).sw == 1)

/* [tap][position], a tap being a channel and a place in the kernel. */
INLINE const float *gather(struct layer s, const float *restrict x, float *restrict columns)
{
    if (IS_COLUMNS(s))
        return x;
    for (int c = 0; c < s.ci; c++)
        TAPS(s)
            POSITIONS(s)
                columns[((c * s.kh + i) * s.kw + j) * s.ho * s.wo + r * s.wo + q] = x[READ(s, c, r, q, i, j)];
    return columns;
}
#endif

#if ORDER == VECTORS
#define LANES 8
typedef float vector __attribute__((vector_size(4 * LANES)));
#define VECTOR(p) (*(vector *)(p))
#define CONST_VECTOR(p) (*(const vector *)(p))

/* Whether the vectors of this many channels fill sums: one or two of them beside eight or four pixels or taps. */
#define HAS_VECTORS(s, channels) ((s).groups == 1 && (channels) % LANES == 0)
#define WIDE(channels) ((channels) % (2 * LANES) == 0 ? 2 : 1)

/* Adjacent taps across are adjacent in memory where nothing is skipped; so many of them, channels included, are a run. */
#define RUN(s) ((s).dw == 1 || (s).ci == 1 ? (s).kw * (s).ci : (s).ci)
#define RUNS(s) ((s).kw * (s).ci / RUN(s))
#define STEP(s) ((s).ci == 1 ? (s).dw : 1)

/* So many pixels from q on, their channels from o on. */
INLINE void convolve_tile(struct layer s, int pixels, int wide, int r, int q, int o, const float *w, const float *b, const float *x, float *y)
{
    vector sum[8];
    for (int k = 0; k < pixels * wide; k++)
        sum[k] = CONST_VECTOR(b + o + k % wide * LANES);
    for (int i = 0; i < s.kh; i++)
        for (int run = 0; run < RUNS(s); run++)
            for (int t = 0; t < RUN(s); t++) {
                const float *weights = w + ((i * RUNS(s) + run) * RUN(s) + t) * s.co + o, *from = x + READ(s, 0, r, q, i, run) + t * STEP(s);
                for (int k = 0; k < pixels * wide; k++)
                    sum[k] += from[k / wide * s.sw * s.ci] * CONST_VECTOR(weights + k % wide * LANES);
            }
    for (int k = 0; k < pixels * wide; k++)
        VECTOR(y + OUT(s, o, r, q + k / wide) + k % wide * LANES) = sum[k];
}

INLINE void convolve_vectors(struct layer s, const float *w, const float *b, const float *x, float *y)
{
    const int wide = WIDE(s.co), pixels = 8 / wide;
    for (int o = 0; o < s.co; o += wide * LANES)
        for (int r = 0; r < s.ho; r++) {
            int q = 0;
            for (; q + pixels <= s.wo; q += pixels)
                convolve_tile(s, pixels, wide, r, q, o, w, b, x, y);
            for (; q < s.wo; q++)
                convolve_tile(s, 1, wide, r, q, o, w, b, x, y);
        }
}

/* What so many pixels from q on give to their inputs by one tap. */
INLINE void inputs_tile(struct layer s, int pixels, int wide, int r, int q, int i, int j, int c, const float *t, const float *d, float *dx)
{
    vector sum[8] = {0};
    for (int o = 0; o < s.co; o++)
        for (int k = 0; k < pixels * wide; k++)
            sum[k] += d[OUT(s, o, r, q + k / wide)] * CONST_VECTOR(t + ((i * s.kw + j) * s.co + o) * s.ci + c + k % wide * LANES);
    for (int k = 0; k < pixels * wide; k++)
        VECTOR(dx + READ(s, c, r, q + k / wide, i, j) + k % wide * LANES) += sum[k];
}

INLINE void inputs_vectors(struct layer s, const float *t, const float *d, float *dx)
{
    const int wide = WIDE(s.ci), pixels = 8 / wide;
    for (int c = 0; c < s.ci; c += wide * LANES)
        for (int r = 0; r < s.ho; r++)
            TAPS(s) {
                int q = 0;
                for (; q + pixels <= s.wo; q += pixels)
                    inputs_tile(s, pixels, wide, r, q, i, j, c, t, d, dx);
                for (; q < s.wo; q++)
                    inputs_tile(s, 1, wide, r, q, i, j, c, t, d, dx);
            }
}

/* The gradients of so many taps of a run. */
INLINE void weights_tile(struct layer s, int taps, int wide, int i, int run, int first, int o, const float *d, const float *x, float *u, float scale)
{
    vector sum[8] = {0};
    POSITIONS(s) {
        const float *from = x + READ(s, 0, r, q, i, run) + first * STEP(s);
        for (int k = 0; k < taps * wide; k++)
            sum[k] += from[k / wide * STEP(s)] * CONST_VECTOR(d + OUT(s, o, r, q) + k % wide * LANES);
    }
    for (int k = 0; k < taps * wide; k++)
        VECTOR(u + ((i * RUNS(s) + run) * RUN(s) + first + k / wide) * s.co + o + k % wide * LANES) += scale * sum[k];
}

INLINE void weights_vectors(struct layer s, const float *d, const float *x, float *u, float scale)
{
    const int wide = WIDE(s.co), taps = 8 / wide;
    for (int o = 0; o < s.co; o += wide * LANES)
        for (int i = 0; i < s.kh; i++)
            for (int run = 0; run < RUNS(s); run++) {
                int first = 0;
                for (; first + taps <= RUN(s); first += taps)
                    weights_tile(s, taps, wide, i, run, first, o, d, x, u, scale);
                for (; first < RUN(s); first++)
                    weights_tile(s, 1, wide, i, run, first, o, d, x, u, scale);
            }
}
#endif

/* y[o, r, q] = b[o] + the sum over channels and taps of w[o, c, i, j] x[c, r sh + i dh, q sw + j dw]; returns the columns, if there are any. */
INLINE const float *convolve(struct layer s, const float *restrict w, const float *restrict b, const float *restrict x, float *restrict y, float *restrict columns)
{
#if ORDER == VECTORS
    if (HAS_VECTORS(s, s.co)) {
        convolve_vectors(s, w, b, x, y);
        return columns;
    }
#endif
#if IS_PIXELS
    POSITIONS(s) {
        float sum[WIDEST] ALIGNED;
        for (int o = 0; o < s.co; o++)
            sum[o] = b[o];
        TAPS(s)
            if (s.groups == 1)
                for (int c = 0; c < s.ci; c++)
                    for (int o = 0; o < s.co; o++)
                        sum[o] += w[TAP(s, o, c, i, j)] * x[READ(s, c, r, q, i, j)];
            else
                for (int o = 0; o < s.co; o++)
                    sum[o] += w[TAP(s, o, 0, i, j)] * x[READ(s, o, r, q, i, j)];
        for (int o = 0; o < s.co; o++)
            y[OUT(s, o, r, q)] = sum[o];
    }
#elif ORDER == PLANES
    for (int o = 0; o < s.co; o++) {
        POSITIONS(s)
            y[OUT(s, o, r, q)] = b[o];
        for (int c = 0; c < MEMBERS(s); c++)
            TAPS(s)
                POSITIONS(s)
                    y[OUT(s, o, r, q)] += w[TAP(s, o, c, i, j)] * x[READ(s, FIRST(s, o) + c, r, q, i, j)];
    }
#elif ORDER == ROWS
    for (int o = 0; o < s.co; o++)
        for (int r = 0; r < s.ho; r++) {
            float sum[WIDEST] ALIGNED;
            for (int q = 0; q < s.wo; q++)
                sum[q] = b[o];
            for (int c = 0; c < MEMBERS(s); c++)
                TAPS(s)
                    for (int q = 0; q < s.wo; q++)
                        sum[q] += w[TAP(s, o, c, i, j)] * x[READ(s, FIRST(s, o) + c, r, q, i, j)];
            for (int q = 0; q < s.wo; q++)
                y[OUT(s, o, r, q)] = sum[q];
        }
#else
    const int positions = s.ho * s.wo, taps = MEMBERS(s) * s.kh * s.kw, filters = s.co / s.groups;
    const float *a = gather(s, x, columns);
    for (int o = 0; o < s.co; o++)
        for (int k = 0; k < positions; k++)
            y[o * positions + k] = b[o];
    for (int g = 0; g < s.groups; g++)
        product(filters, taps, positions, 1, w + g * filters * taps, taps, 1, a + g * taps * positions, 0, y + g * filters * positions);
    return a;
#endif
    return columns;
}

/* dx[c, r sh + i dh, q sw + j dw] += w[o, c, i, j] d[o, r, q], from zeros; t is w with its channels turned around. */
INLINE void convolve_inputs(struct layer s, const float *restrict w, const float *restrict t, const float *restrict d, float *restrict dx, float *restrict columns)
{
#if ORDER != ROWS
    for (int k = 0; k < s.ci * s.hi * s.wi; k++)
        dx[k] = 0;
#endif
#if ORDER == VECTORS
    if (HAS_VECTORS(s, s.ci)) {
        inputs_vectors(s, t, d, dx);
        return;
    }
#endif
#if IS_PIXELS
    POSITIONS(s)
        TAPS(s) {
            float sum[WIDEST] ALIGNED;
            for (int c = 0; c < s.ci; c++)
                sum[c] = 0;
            for (int o = 0; o < s.co; o++)
                for (int c = 0; c < s.ci; c++)
                    sum[c] += t[((i * s.kw + j) * s.co + o) * s.ci + c] * d[OUT(s, o, r, q)];
            for (int c = 0; c < s.ci; c++)
                dx[READ(s, c, r, q, i, j)] += sum[c];
        }
#elif ORDER == PLANES
    for (int c = 0; c < s.ci; c++)
        for (int o = 0; o < s.co; o++)
            TAPS(s)
                POSITIONS(s)
                    dx[READ(s, c, r, q, i, j)] += w[TAP(s, o, c, i, j)] * d[OUT(s, o, r, q)];
#elif ORDER == ROWS
    for (int c = 0; c < s.ci; c++)
        for (int y = 0; y < s.hi; y++) {
            float sum[WIDEST] ALIGNED;
            for (int q = 0; q < s.wi; q++)
                sum[q] = 0;
            for (int i = 0; i < s.kh; i++) {
                const int r = (y - i * s.dh) / s.sh;
                if (y < i * s.dh || r * s.sh != y - i * s.dh || r >= s.ho)
                    continue;
                for (int o = 0; o < s.co; o++)
                    for (int j = 0; j < s.kw; j++)
                        for (int q = 0; q < s.wo; q++)
                            sum[q * s.sw + j * s.dw] += w[TAP(s, o, c, i, j)] * d[OUT(s, o, r, q)];
            }
            for (int q = 0; q < s.wi; q++)
                dx[IN(s, c, y, q)] = sum[q];
        }
#else
    const int positions = s.ho * s.wo, taps = s.ci * s.kh * s.kw;
    for (int k = 0; k < taps * positions; k++)
        columns[k] = 0;
    product(taps, s.co, positions, 1, w, 1, taps, d, 0, columns);
    for (int c = 0; c < s.ci; c++)
        TAPS(s)
            POSITIONS(s)
                dx[READ(s, c, r, q, i, j)] += columns[((c * s.kh + i) * s.kw + j) * positions + r * s.wo + q];
#endif
    (void)w, (void)t, (void)columns;
}

/* u[o, c, i, j] += scale times the sum over all positions of d[o, r, q] x[c, r sh + i dh, q sw + j dw]; u is the gradient or the weight itself. */
INLINE void convolve_weights(struct layer s, const float *restrict d, const float *restrict x, const float *restrict columns, float *restrict u, float scale)
{
#if ORDER == VECTORS
    if (HAS_VECTORS(s, s.co)) {
        weights_vectors(s, d, x, u, scale);
        return;
    }
#endif
#if IS_PIXELS
    TAPS(s)
        for (int c = 0; c < MEMBERS(s); c++) {
            float sum[WIDEST] ALIGNED;
            for (int o = 0; o < s.co; o++)
                sum[o] = 0;
            POSITIONS(s)
                for (int o = 0; o < s.co; o++)
                    sum[o] += d[OUT(s, o, r, q)] * x[READ(s, s.groups == 1 ? c : o, r, q, i, j)];
            for (int o = 0; o < s.co; o++)
                u[TAP(s, o, c, i, j)] += scale * sum[o];
        }
#elif ORDER == PLANES
    for (int o = 0; o < s.co; o++)
        for (int c = 0; c < MEMBERS(s); c++)
            TAPS(s) {
                float sum = 0;
                POSITIONS(s)
                    sum += d[OUT(s, o, r, q)] * x[READ(s, FIRST(s, o) + c, r, q, i, j)];
                u[TAP(s, o, c, i, j)] += scale * sum;
            }
#elif ORDER == ROWS
    for (int o = 0; o < s.co; o++)
        for (int c = 0; c < MEMBERS(s); c++)
            TAPS(s) {
                float sum[WIDEST] ALIGNED, total = 0;
                for (int q = 0; q < s.wo; q++)
                    sum[q] = 0;
                for (int r = 0; r < s.ho; r++)
                    for (int q = 0; q < s.wo; q++)
                        sum[q] += d[OUT(s, o, r, q)] * x[READ(s, FIRST(s, o) + c, r, q, i, j)];
                for (int q = 0; q < s.wo; q++)
                    total += sum[q];
                u[TAP(s, o, c, i, j)] += scale * total;
            }
#else
    const int positions = s.ho * s.wo, taps = MEMBERS(s) * s.kh * s.kw, filters = s.co / s.groups;
    for (int g = 0; g < s.groups; g++)
        product(filters, positions, taps, scale, d + g * filters * positions, positions, 1, columns + g * taps * positions, 1, u + g * filters * taps);
#endif
    (void)x, (void)columns;
}

INLINE void sum_biases(struct layer s, const float *restrict d, float *restrict u, float scale)
{
#if IS_PIXELS
    POSITIONS(s)
        for (int o = 0; o < s.co; o++)
            u[o] += scale * d[OUT(s, o, r, q)];
#else
    for (int o = 0; o < s.co; o++) {
        float sum = 0;
        POSITIONS(s)
            sum += d[OUT(s, o, r, q)];
        u[o] += scale * sum;
    }
#endif
}

/* [tap][channel][filter] to [tap][filter][channel], which PIXELS reads for the input's gradient. */
INLINE void turn(struct layer s, const float *restrict w, float *restrict t)
{
    TAPS(s)
        for (int c = 0; c < s.ci; c++)
            for (int o = 0; o < s.co; o++)
                t[((i * s.kw + j) * s.co + o) * s.ci + c] = w[TAP(s, o, c, i, j)];
}

/* ---- pools ---- */

INLINE void pool(struct layer s, const float *restrict x, float *restrict y, int *restrict which)
{
    OUTPUTS_OF(s) {
        float most = x[IN(s, o, r * s.sh, q * s.sw)];
        int place = 0;
        TAPS(s) {
            float value = x[IN(s, o, r * s.sh + i, q * s.sw + j)];
            place = value > most ? i * s.kw + j : place;
            most = value > most ? value : most;
        }
        y[OUT(s, o, r, q)] = most;
        which[OUT(s, o, r, q)] = place;
    }
}

INLINE void pool_inputs(struct layer s, const float *restrict d, const int *restrict which, float *restrict dx)
{
    OUTPUTS_OF(s)
        TAPS(s)
            dx[IN(s, o, r * s.sh + i, q * s.sw + j)] = which[OUT(s, o, r, q)] == i * s.kw + j ? d[OUT(s, o, r, q)] : 0;
}

/* ---- the network ---- */

#define FORWARD(l, p, kind, act, in, out, frame, weights, biases, columns, ...) \
    { \
        const struct layer s = { __VA_ARGS__ }; \
        if (kind == CONVOLUTION) { \
            x_##l = framed(s, IS_FIRST_##l, y_##p, frame_##l); \
            a_##l = convolve(s, w_##l, b_##l, x_##l, y_##l, columns_##l); \
        } else if (kind == MAX_POOL) \
            pool(s, y_##p, y_##l, which_##l); \
        else \
            affine(in, out, w_##l, b_##l, y_##p, y_##l); \
        activate_rows(1, out, act, y_##l); \
    }

/* u is w and ub b, or both are gradients. */
#define BACKWARD(l, p, kind, act, in, out, u, ub, scale, target, ...) \
    { \
        const struct layer s = { __VA_ARGS__ }; \
        if (IS_LAST_##l) \
            loss(s, act, y_##l, target, d_##l); \
        else \
            times_derivative(out, act, y_##l, d_##l); \
        if (kind == CONVOLUTION) { \
            if (!IS_FIRST_##l) \
                convolve_inputs(s, w_##l, t_##l, d_##l, d_##p, turned_##l); \
            convolve_weights(s, d_##l, x_##l, a_##l, u, scale); \
            sum_biases(s, d_##l, ub, scale); \
        } else if (kind == MAX_POOL) \
            pool_inputs(s, d_##l, which_##l, d_##p); \
        else \
            affine_backward(in, out, IS_FIRST_##l, w_##l, u, ub, y_##p, d_##l, d_##p, scale); \
    }

/* The frame or input, and the columns, that backward reads again. */
#define X(l, p, kind, act, in, out, frame, weights, biases, columns, ...) \
    static const float *x_##l, *a_##l; \
    static float turned_##l[columns] ALIGNED;
LAYERS(X)
#undef X

/* The loss's gradient by what the last activation is applied to; targets lie as common.c has it. */
INLINE void loss(struct layer s, int act, const float *restrict y, const float *restrict target, float *restrict d)
{
    OUTPUTS_OF(s)
        d[OUT(s, o, r, q)] = y[OUT(s, o, r, q)] - target[(o * s.ho + r) * s.wo + q];
    times_derivative(s.co * s.ho * s.wo, act, y, d);
}

INLINE void result(struct layer s, const float *restrict from, float *restrict y)
{
    OUTPUTS_OF(s)
        y[(o * s.ho + r) * s.wo + q] = from[OUT(s, o, r, q)];
}

INLINE void infer(int n, const float *restrict xs, float *restrict y)
{
    for (int k = 0; k < n; k++) {
        const float *y_x = xs + k * INPUTS;
        LAYERS(FORWARD)
#define X(l, p, kind, act, in, out, frame, weights, biases, columns, ...) \
        if (IS_LAST_##l) \
            result((struct layer){ __VA_ARGS__ }, y_##l, y + k * OUTPUTS);
        LAYERS(X)
#undef X
    }
}

#define TURN(l, p, kind, act, in, out, frame, weights, biases, columns, ...) \
    if (IS_PIXELS && kind == CONVOLUTION && !IS_FIRST_##l) \
        turn((struct layer){ __VA_ARGS__ }, w_##l, t_##l);

INLINE void step_one(const float *restrict x, const float *restrict target, float rate)
{
    const float *y_x = x;
    float *d_x = no_delta;
    LAYERS(FORWARD)
#define X(l, p, kind, act, in, out, frame, weights, biases, columns, ...) BACKWARD(l, p, kind, act, in, out, w_##l, b_##l, -rate, target, __VA_ARGS__)
    LAYERS_REVERSED(X)
#undef X
    LAYERS(TURN)
}

INLINE void step_each(int n, const float *restrict xs, const float *restrict targets, float rate)
{
    for (int k = 0; k < n; k++) {
        const float *y_x = xs + k * INPUTS, *target = targets + k * OUTPUTS;
        float *d_x = no_delta;
        LAYERS(FORWARD)
#define X(l, p, kind, act, in, out, frame, weights, biases, columns, ...) BACKWARD(l, p, kind, act, in, out, gw_##l, gb_##l, 1, target, __VA_ARGS__)
        LAYERS_REVERSED(X)
#undef X
    }
#define X(l, p, kind, act, in, out, frame, weights, biases, columns, ...) \
    for (int k = 0; k < (weights); k++) { \
        w_##l[k] -= rate / n * gw_##l[k]; \
        gw_##l[k] = 0; \
    } \
    for (int k = 0; k < (biases); k++) { \
        b_##l[k] -= rate / n * gb_##l[k]; \
        gb_##l[k] = 0; \
    }
    LAYERS(X)
#undef X
    LAYERS(TURN)
}

/* ---- what NetGen.Benchmarks calls ---- */

EXPORT void infer_1(const float *x, float *y) { infer(1, x, y); }
EXPORT void infer_64(const float *x, float *y) { infer(64, x, y); }
EXPORT void step_1(const float *x, const float *target, float rate) { step_one(x, target, rate); }
EXPORT void step_32(const float *x, const float *target, float rate) { step_each(32, x, target, rate); }

/* Where the weight of the common order lies: a dense layer's inputs lie as the layer before it puts them. */
static int place(struct layer s, int kind, int o, int c, int i, int j)
{
    return kind == CONVOLUTION ? TAP(s, o, c, i, j) : o * s.ci * s.hi * s.wi + IN(s, c, i, j);
}

#define EACH_WEIGHT(s, kind) \
    for (int o = 0; o < (s).co; o++) \
        for (int c = 0; c < MEMBERS(s); c++) \
            for (int i = 0; i < ((kind) == CONVOLUTION ? (s).kh : (s).hi); i++) \
                for (int j = 0; j < ((kind) == CONVOLUTION ? (s).kw : (s).wi); j++)

EXPORT void set_parameters(const float *p)
{
#if ORDER == BLAS
    openblas_set_num_threads(1);
#endif
#define X(l, prev, kind, act, in, out, frame, weights, biases, columns, ...) \
    if (kind != MAX_POOL) { \
        const struct layer s = { __VA_ARGS__ }; \
        EACH_WEIGHT(s, kind) \
            w_##l[place(s, kind, o, c, i, j)] = *p++; \
        for (int o = 0; o < s.co; o++) \
            b_##l[o] = *p++; \
    }
    LAYERS(X)
#undef X
    LAYERS(TURN)
}

EXPORT void get_parameters(float *p)
{
#define X(l, prev, kind, act, in, out, frame, weights, biases, columns, ...) \
    if (kind != MAX_POOL) { \
        const struct layer s = { __VA_ARGS__ }; \
        EACH_WEIGHT(s, kind) \
            *p++ = w_##l[place(s, kind, o, c, i, j)]; \
        for (int o = 0; o < s.co; o++) \
            *p++ = b_##l[o]; \
    }
    LAYERS(X)
#undef X
}

TIME_INFER(1)
TIME_INFER(64)
TIME_STEP(1)
TIME_STEP(32)
