/*
 * What every C peer begins with. NetGen.Benchmarks puts before it the network, in constants:
 *   LAYERS(X)           X(layer, the layer before it, inputs, outputs, activation) for each layer; the input is layer "x"
 *   LAYERS_REVERSED(X)  the same from the last to the first
 *   IS_FIRST_<layer>, IS_LAST_<layer>  1 or 0
 *   INPUTS, OUTPUTS, LAST (the last layer), WIDEST (floats of the widest activation), DEPTH (layers)
 *   BATCHES(X)          X(samples) for each batch that infer_<samples> is to exist for, MOST (samples of the largest)
 * and after it the peer, which exports
 *   set_parameters(p), get_parameters(p)  in the common order: for each layer its weight as [out, in], then its bias
 *   infer_1, infer_16, infer_64 and so on(x, y), step_1, step_16, step_32(x, target, rate), stream_1(x, y), a time step of a stream that
 *   set_parameters begins: those that it can do, each with its TIME
 */
#include <time.h>
#if defined(__SSE__)
#include <xmmintrin.h>
#endif

#define LINEAR 0
#define SIGMOID 1
#define TANH 2
#define RELU 3
#define SOFTMAX 4

#define EXPORT __attribute__((noinline, visibility("default")))

EXPORT void infer_1(const float *x, float *y);
EXPORT void infer_4(const float *x, float *y);
EXPORT void infer_16(const float *x, float *y);
EXPORT void infer_64(const float *x, float *y);
EXPORT void infer_256(const float *x, float *y);
EXPORT void infer_1024(const float *x, float *y);
EXPORT void step_1(const float *x, const float *target, float rate);
EXPORT void step_16(const float *x, const float *target, float rate);
EXPORT void step_32(const float *x, const float *target, float rate);
EXPORT void stream_1(const float *x, float *y);

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

/*
 * Denormals count as zero here, as -ffast-math has it in a program. In a shared object its start-up code would change the
 * mode of the thread that loads it, and so what is compared, so the object is linked without it.
 */
#if defined(__SSE__)
#define FLUSH unsigned mode = _mm_getcsr(); _mm_setcsr(mode | 0x8040)
#define RESTORE _mm_setcsr(mode)
#else
#define FLUSH
#define RESTORE
#endif

/* Nanoseconds of so many calls, which take the sets of so many floats in turn. */
#define TIME(name, set_inputs, set_outputs, call) \
    EXPORT double time_##name(long calls, int sets, const float *inputs, const float *targets, float *y, float rate) \
    { \
        FLUSH; \
        double start = now(); \
        for (long k = 0, set = 0; k < calls; k++) { \
            const float *x = inputs + set * (set_inputs), *target = targets + set * (set_outputs); \
            (void)target; \
            call; \
            __asm__ volatile("" : : "r"(y) : "memory"); \
            set = set + 1 == sets ? 0 : set + 1; \
        } \
        double end = now(); \
        RESTORE; \
        return end - start; \
    }
#define TIME_INFER(samples) TIME(infer_##samples, (samples) * INPUTS, (samples) * OUTPUTS, infer_##samples(x, y))
#define TIME_STEP(samples) TIME(step_##samples, (samples) * INPUTS, (samples) * OUTPUTS, step_##samples(x, target, rate))
