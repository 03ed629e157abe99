/*
 * An LSTM or GRU from a zero state and a dense layer of one output on its last h, over static arrays, after recurrent.c.
 *
 * NetGen.Benchmarks puts GROUP before this file: so many samples of a batch go through a step side by side.
 */
#define MOST 16 /* samples */

/* Weights and biases, the gradients of a batch of several groups, and the transposed copy that runs back through time. */
static float w_ih[FEATURES * WIDE] ALIGNED, w_hh[UNITS * WIDE] ALIGNED, b_ih[WIDE] ALIGNED, b_hh[WIDE] ALIGNED, w_y[UNITS] ALIGNED, b_y[1];
static float g_ih[FEATURES * WIDE] ALIGNED, g_hh[UNITS * WIDE] ALIGNED, gb_ih[WIDE] ALIGNED, gb_hh[WIDE] ALIGNED, g_y[UNITS] ALIGNED, gb_y[1];
static float t_hh[WIDE * UNITS] ALIGNED, b_z[WIDE] ALIGNED;

/* [step, sample] of each: W_ih x + b, what backward reads, gradients; of h and c one step more, which begins at 0. */
static float z[STEPS * MOST * WIDE] ALIGNED, kept[STEPS * MOST * KEPT] ALIGNED, dz[STEPS * MOST * PITCH] ALIGNED;
#if CELL == LSTM
#define da dz
#else
static float da[STEPS * MOST * PITCH] ALIGNED;
#endif
static float h[(STEPS + 1) * MOST * UNITS] ALIGNED, c[(STEPS + 1) * MOST * UNITS] ALIGNED;
static float xs[STEPS * MOST * FEATURES] ALIGNED, dh[MOST * UNITS] ALIGNED, dc[MOST * UNITS] ALIGNED, state[2 * UNITS] ALIGNED;

INLINE void advance(int keeps, const float *restrict row, const float *old_h, const float *old_c, float *next_h, float *next_c, float *restrict keep)
{
    float a[WIDE] ALIGNED;
    combine(UNITS, WIDE, w_hh, old_h, CELL == LSTM ? row : b_hh, a);
    cell(keeps, row, a, old_h, old_c, next_h, next_c, keep);
}

INLINE float output(const float *restrict last)
{
    float sum = b_y[0];
    for (int u = 0; u < UNITS; u++)
        sum += w_y[u] * last[u];
    return sum;
}

/* The last h of n samples; all of them where they are kept. */
INLINE const float *forward(int keeps, int n, const float *restrict x)
{
    for (int t = 0; t < STEPS; t++)
        for (int s = 0; s < n; s++) {
            const float *from = x + (s * STEPS + t) * FEATURES;
            combine(FEATURES, WIDE, w_ih, from, b_z, z + (t * n + s) * WIDE);
            if (keeps && n > 1)
                memcpy(xs + (t * n + s) * FEATURES, from, FEATURES * sizeof(float));
        }
    memset(h, 0, n * UNITS * sizeof(float));
    memset(c, 0, n * UNITS * sizeof(float));
    for (int t = 0; t < STEPS; t++)
        for (int s = 0; s < n; s++) {
            const int row = t * n + s, old = (keeps ? row : s) * UNITS, next = (keeps ? row + n : s) * UNITS;
            advance(keeps, z + row * WIDE, h + old, c + old, h + next, c + next, kept + row * KEPT);
        }
    return h + (keeps ? STEPS * n * UNITS : 0);
}

INLINE void infer(int n, int group, const float *restrict x, float *restrict y)
{
    for (int first = 0; first < n; first += group) {
        const float *last = forward(0, group, x + first * INPUTS);
        for (int s = 0; s < group; s++)
            y[first + s] = output(last + s * UNITS);
    }
}

/* w += scale x' d over all rows, and b alike. */
INLINE void accumulate(int rows, int in, float scale, const float *restrict x, const float *restrict d, float *restrict w, float *restrict b)
{
    outer(rows, in, WIDE, scale, x, in, d, PITCH, w);
    float sum[WIDE] ALIGNED;
    memset(sum, 0, sizeof sum);
    for (int r = 0; r < rows; r++)
        for (int o = 0; o < WIDE; o++)
            sum[o] += d[r * PITCH + o];
    for (int o = 0; o < WIDE; o++)
        b[o] += scale * sum[o];
}

/* Forward, back through time, and scale times all gradients onto u and its kin: the parameters or their gradients. */
INLINE void pass(
    int n, const float *restrict x, const float *restrict target, float scale, float *u_ih, float *u_hh, float *ub_ih, float *ub_hh, float *u_y, float *ub_y)
{
    const float *last = forward(1, n, x);
    for (int s = 0; s < n; s++) {
        float d = output(last + s * UNITS) - target[s];
        for (int u = 0; u < UNITS; u++) {
            dh[s * UNITS + u] = d * w_y[u];
            dc[s * UNITS + u] = 0;
        }
        z[s] = d; /* all of z has been read */
    }
    for (int s = 0; s < n; s++) {
        for (int u = 0; u < UNITS; u++)
            u_y[u] += scale * z[s] * last[s * UNITS + u];
        ub_y[0] += scale * z[s];
    }
    for (int t = STEPS - 1; t >= 0; t--)
        for (int s = 0; s < n; s++) {
            const int row = t * n + s;
            float *back = dh + s * UNITS;
            cell_backward(kept + row * KEPT, h + row * UNITS, c + row * UNITS, back, dc + s * UNITS, dz + row * PITCH, da + row * PITCH);
            if (t == 0)
                continue;
            combine(WIDE, UNITS, t_hh, da + row * PITCH, back, back);
        }
    accumulate(STEPS * n, FEATURES, scale, n > 1 ? xs : x, dz, u_ih, ub_ih);
    accumulate(STEPS * n, UNITS, scale, h, da, u_hh, ub_hh);
}

/* What is derived from the parameters: of an LSTM, z takes both biases. */
INLINE void derive(void)
{
    for (int o = 0; o < WIDE; o++) {
        b_z[o] = CELL == LSTM ? b_ih[o] + b_hh[o] : b_ih[o];
        for (int u = 0; u < UNITS; u++)
            t_hh[o * UNITS + u] = w_hh[AT(UNITS, o, u)];
    }
}

INLINE void apply(int count, float scale, float *restrict w, float *restrict g)
{
    for (int k = 0; k < count; k++) {
        w[k] += scale * g[k];
        g[k] = 0;
    }
}

INLINE void step(int n, int group, const float *restrict x, const float *restrict target, float rate)
{
    if (n == group)
        pass(n, x, target, -rate / n, w_ih, w_hh, b_ih, b_hh, w_y, b_y);
    else {
        for (int first = 0; first < n; first += group)
            pass(group, x + first * INPUTS, target + first, 1, g_ih, g_hh, gb_ih, gb_hh, g_y, gb_y);
        apply(FEATURES * WIDE, -rate / n, w_ih, g_ih);
        apply(UNITS * WIDE, -rate / n, w_hh, g_hh);
        apply(WIDE, -rate / n, b_ih, gb_ih);
        apply(WIDE, -rate / n, b_hh, gb_hh);
        apply(UNITS, -rate / n, w_y, g_y);
        apply(1, -rate / n, b_y, gb_y);
    }
    derive();
}

/* ---- what NetGen.Benchmarks calls ---- */

EXPORT void infer_1(const float *x, float *y) { infer(1, 1, x, y); }
EXPORT void infer_16(const float *x, float *y) { infer(16, GROUP, x, y); }
EXPORT void step_1(const float *x, const float *target, float rate) { step(1, 1, x, target, rate); }
EXPORT void step_16(const float *x, const float *target, float rate) { step(16, GROUP, x, target, rate); }

/* One time step: the caller has the state, h and then c. */
EXPORT void stream(const float *x, float *carried, float *y)
{
    float row[WIDE] ALIGNED;
    combine(FEATURES, WIDE, w_ih, x, b_z, row);
    advance(0, row, carried, carried + UNITS, carried, carried + UNITS, 0);
    y[0] = output(carried);
}

EXPORT void stream_1(const float *x, float *y) { stream(x, state, y); }

#define EACH_PARAMETER(visit) \
    for (int o = 0; o < WIDE; o++) \
        for (int i = 0; i < FEATURES; i++) \
            visit(w_ih[AT(FEATURES, o, i)]) \
    for (int o = 0; o < WIDE; o++) \
        for (int i = 0; i < UNITS; i++) \
            visit(w_hh[AT(UNITS, o, i)]) \
    for (int o = 0; o < WIDE; o++) \
        visit(b_ih[o]) \
    for (int o = 0; o < WIDE; o++) \
        visit(b_hh[o]) \
    for (int u = 0; u < UNITS; u++) \
        visit(w_y[u]) \
    visit(b_y[0])

/* A stream begins anew. */
EXPORT void set_parameters(const float *p)
{
#define SET(place) place = *p++;
    EACH_PARAMETER(SET)
    derive();
    memset(state, 0, sizeof state);
}

EXPORT void get_parameters(float *p)
{
#define GET(place) *p++ = place;
    EACH_PARAMETER(GET)
}

TIME_INFER(1)
TIME_INFER(16)
TIME_STEP(1)
TIME_STEP(16)
TIME(stream_1, FEATURES, OUTPUTS, stream(x, state, y))
