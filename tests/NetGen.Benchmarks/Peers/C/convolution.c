/* Convolutions of one sample, forward and backward, after geometry.c and vectors.c: in each form, loops of constant length. */

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
