/*
 * Convolutions with the compiler's vector types, after geometry.c: what PIXELS does, with eight vectors of sums in registers.
 */
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
