/*
 * How windows lie over what they read, for networks of convolutions, max pools and dense layers in C; after common.c and dense.c.
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
