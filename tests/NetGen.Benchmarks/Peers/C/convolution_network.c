/*
 * The network, over static arrays, after convolution.c: pools, the passes over all layers, and what NetGen.Benchmarks calls.
 */

/* Weights, biases, their gradients, weights turned around for the input's gradient, outputs, deltas, the largest of each pool, frames, columns. */
#define X(l, p, kind, act, in, out, frame, weights, biases, columns, ...) \
    static float w_##l[(weights) + 1] ALIGNED, b_##l[(biases) + 1] ALIGNED, gw_##l[(weights) + 1] ALIGNED, gb_##l[(biases) + 1] ALIGNED; \
    static float t_##l[(weights) + 1] ALIGNED, y_##l[out] ALIGNED, d_##l[out] ALIGNED; \
    static int which_##l[out] ALIGNED; \
    static float frame_##l[frame] ALIGNED, columns_##l[columns] ALIGNED;
LAYERS(X)
#undef X
static float no_delta[1];

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
