/*
 * An LSTM or GRU with PyTorch's equations, one step at a time; after common.c and dense.c, before recurrent_network.c.
 *
 * NetGen.Benchmarks puts before it
 *   CELL (LSTM or GRU), STEPS, FEATURES (of one step), UNITS
 *   ORDER, the form
 */
#define LSTM 0
#define GRU 1

/*
 * BLOCKS: weights [block][in][out of the block], the sums of a block in an array of their own.
 * TERMS: weights [in][out], the sums where they belong.
 * VECTORS: as BLOCKS, by hand: sums in vector types, several beside each other.
 */
#define BLOCKS 0
#define TERMS 1
#define VECTORS 2

#define GATES (CELL == LSTM ? 4 : 3)
#define WIDE (GATES * UNITS) /* outputs: i, f, g, o or r, z, n, each of all units */
#define KEPT ((GATES + 1) * UNITS) /* what backward reads of a step */
#define PITCH (WIDE % 64 == 0 ? WIDE + 16 : WIDE) /* of rows whose columns are read: a power of two would leave them few places in a cache */

/* Where the weight from input i to output o lies. */
#define AT(in, o, i) (ORDER == TERMS ? (i) * WIDE + (o) : (o) / BLOCK(WIDE) * BLOCK(WIDE) * (in) + (i) * BLOCK(WIDE) + (o) % BLOCK(WIDE))

/* tanh to 7 ulp: x P(x^2) / Q(x^2), fitted to 2e-8 up to 9, where a float's tanh is 1. What goes through exp takes longer. */
INLINE float tanh_of(float x)
{
    x = x < -9 ? -9 : x > 9 ? 9 : x;
    float s = x * x;
    float p = (((1.33598115e-8f * s + 2.06131779e-5f) * s + 3.49585234e-3f) * s + 0.133812528f) * s + 0.99999998f;
    float q = (((7.77877982e-7f * s + 3.28605636e-4f) * s + 2.58780023e-2f) * s + 0.467145686f) * s + 1;
    return x * p / q;
}

INLINE float sigmoid_of(float x)
{
    return 0.5f + 0.5f * tanh_of(0.5f * x);
}

/* ---- products ---- */

/* Outputs whose sums are taken at once. */
#define BLOCK(out) ((out) % 64 == 0 ? 64 : (out) % 48 == 0 ? 48 : (out) % 32 == 0 ? 32 : (out))

/* By hand: how many sums of one output run beside each other, where the outputs are too few to hide their latency. */
#define CHAINS(in, out) ((in) % 4 != 0 ? 1 : (out) <= 16 ? 4 : (out) <= 32 ? 2 : 1)

/*
 * Eight, four or one term a[k * step] b[k * row + o] of a sum, as many as divide the terms that there are: they are added to each other
 * before what they are added to is known.
 */
#define TERMS_OF(count) ((count) % 8 == 0 ? 8 : (count) % 4 == 0 ? 4 : 1)
#define TERM(k) a[(k) * step] * b[(k) * row + o]
INLINE float terms_of(int count, const float *restrict a, int step, const float *restrict b, int row, int o)
{
    return count == 8 ? TERM(0) + TERM(1) + TERM(2) + TERM(3) + TERM(4) + TERM(5) + TERM(6) + TERM(7)
        : count == 4 ? TERM(0) + TERM(1) + TERM(2) + TERM(3)
        : TERM(0);
}

/* y = start + x W, with W [in][out] or in blocks. */
INLINE void combine(int in, int out, const float *restrict w, const float *restrict x, const float *start, float *y)
{
#if ORDER == TERMS
    const int terms = TERMS_OF(in);
    for (int o = 0; o < out; o++)
        y[o] = start[o] + terms_of(terms, x, 1, w, out, o);
    for (int i = terms; i < in; i += terms)
        for (int o = 0; o < out; o++)
            y[o] += terms_of(terms, x + i, 1, w + i * out, out, o);
#elif ORDER == VECTORS
    const int count = BLOCK(out) / 8, chains = CHAINS(in, out);
    for (int first = 0; first < out; first += 8 * count) {
        vector sum[16];
        for (int k = 0; k < count * chains; k++)
            sum[k] = k < count ? *(const vector *)(start + first + 8 * k) : (vector){0};
        for (int i = 0; i < in; i += chains)
            for (int k = 0; k < count * chains; k++)
                sum[k] += x[i + k / count] * *(const vector *)(w + first * in + 8 * ((i + k / count) * count + k % count));
        for (int k = count; k < count * chains; k++)
            sum[k % count] += sum[k];
        for (int k = 0; k < count; k++)
            *(vector *)(y + first + 8 * k) = sum[k];
    }
#else
    const int block = BLOCK(out), terms = TERMS_OF(in);
    for (int first = 0; first < out; first += block) {
        float sum[64] ALIGNED;
        for (int o = 0; o < block; o++)
            sum[o] = start[first + o] + terms_of(terms, x, 1, w + first * in, block, o);
        for (int i = terms; i < in; i += terms)
            for (int o = 0; o < block; o++)
                sum[o] += terms_of(terms, x + i, 1, w + first * in + i * block, block, o);
        for (int o = 0; o < block; o++)
            y[first + o] = sum[o];
    }
#endif
}

/* w += scale a' b, with w [m][n] or in blocks, and so many rows of a and b, which are a_row and b_row apart. */
INLINE void outer(
    int rows, int m, int n, float scale, const float *restrict a, int a_row, const float *restrict b, int b_row, float *restrict w)
{
    const int block = BLOCK(n);
#if ORDER == VECTORS
    const int count = n % 16 == 0 ? 2 : 3, tile = m % 4 == 0 ? 4 : 1;
    for (int first = 0; first < n; first += 8 * count)
        for (int i = 0; i < m; i += tile) {
            vector sum[12];
            for (int k = 0; k < tile * count; k++)
                sum[k] = (vector){0};
            for (int r = 0; r < rows; r++)
                for (int k = 0; k < tile * count; k++)
                    sum[k] += a[r * a_row + i + k / count] * *(const vector *)(b + r * b_row + first + 8 * (k % count));
            for (int k = 0; k < tile * count; k++)
                *(vector *)(w + first / block * block * m + (i + k / count) * block + first % block + 8 * (k % count)) += scale * sum[k];
        }
#else
    const int terms = TERMS_OF(rows);
    for (int first = 0; first < n; first += block)
        for (int i = 0; i < m; i++) {
            float sum[64] ALIGNED, *to = ORDER == BLOCKS ? w + first * m + i * block : w + i * n + first;
            for (int o = 0; o < block; o++)
                sum[o] = terms_of(terms, a + i, a_row, b + first, b_row, o);
            for (int r = terms; r < rows; r += terms)
                for (int o = 0; o < block; o++)
                    sum[o] += terms_of(terms, a + r * a_row + i, a_row, b + r * b_row + first, b_row, o);
            for (int o = 0; o < block; o++)
                to[o] += scale * sum[o];
        }
#endif
}

/* ---- one step ---- */

/*
 * From h and c to the next h and c, which may be the same memory. An LSTM's a is W_ih x + b_ih + W_hh h + b_hh; of a GRU
 * z is W_ih x + b_ih and a is W_hh h + b_hh. What backward reads is kept: the gates, then tanh(c) or a_n.
 */
INLINE void cell(
    int keeps, const float *restrict z, const float *restrict a, const float *h, const float *c, float *next_h, float *next_c, float *restrict kept)
{
    for (int u = 0; u < UNITS; u++) {
        if (CELL == LSTM) {
            float i = sigmoid_of(a[u]), f = sigmoid_of(a[UNITS + u]), g = tanh_of(a[2 * UNITS + u]), o = sigmoid_of(a[3 * UNITS + u]);
            float carried = f * c[u] + i * g, squashed = tanh_of(carried);
            next_c[u] = carried;
            next_h[u] = o * squashed;
            if (keeps) {
                kept[u] = i;
                kept[UNITS + u] = f;
                kept[2 * UNITS + u] = g;
                kept[3 * UNITS + u] = o;
                kept[4 * UNITS + u] = squashed;
            }
        } else {
            float last = a[2 * UNITS + u], r = sigmoid_of(z[u] + a[u]), stays = sigmoid_of(z[UNITS + u] + a[UNITS + u]);
            float n = tanh_of(z[2 * UNITS + u] + r * last);
            next_h[u] = n + stays * (h[u] - n);
            if (keeps) {
                kept[u] = r;
                kept[UNITS + u] = stays;
                kept[2 * UNITS + u] = n;
                kept[3 * UNITS + u] = last;
            }
        }
    }
}

/*
 * From the gradients of next_h and next_c to those of z and a (of an LSTM the same), of c, and to what reaches h past the gates.
 */
INLINE void cell_backward(
    const float *restrict kept, const float *restrict h, const float *restrict c, float *restrict dh, float *restrict dc, float *dz, float *da)
{
    for (int u = 0; u < UNITS; u++) {
        if (CELL == LSTM) {
            float i = kept[u], f = kept[UNITS + u], g = kept[2 * UNITS + u], o = kept[3 * UNITS + u], squashed = kept[4 * UNITS + u];
            float d = dc[u] + dh[u] * o * (1 - squashed * squashed);
            da[u] = d * g * i * (1 - i);
            da[UNITS + u] = d * c[u] * f * (1 - f);
            da[2 * UNITS + u] = d * i * (1 - g * g);
            da[3 * UNITS + u] = dh[u] * squashed * o * (1 - o);
            dc[u] = d * f;
            dh[u] = 0;
        } else {
            float r = kept[u], stays = kept[UNITS + u], n = kept[2 * UNITS + u], last = kept[3 * UNITS + u];
            float dn = dh[u] * (1 - stays) * (1 - n * n), dr = dn * last * r * (1 - r), ds = dh[u] * (h[u] - n) * stays * (1 - stays);
            dz[u] = dr;
            dz[UNITS + u] = ds;
            dz[2 * UNITS + u] = dn;
            da[u] = dr;
            da[UNITS + u] = ds;
            da[2 * UNITS + u] = dn * r;
            dh[u] *= stays;
        }
    }
}
