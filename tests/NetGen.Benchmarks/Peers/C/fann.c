/* The network in FANN 2.2: the library's own sigmoid is 1 / (1 + exp(-2 s x)), its symmetric one tanh(s x). */
#include <floatfann.h>

static struct fann *ann;

static void create(void)
{
    unsigned sizes[DEPTH + 1] = {INPUTS};
#define X(l, prev, in, out, act) sizes[(l) + 1] = (out);
    LAYERS(X)
#undef X
    ann = fann_create_standard_array(DEPTH + 1, sizes);
#define X(l, prev, in, out, act) \
    fann_set_activation_function_layer(ann, (act) == SIGMOID ? FANN_SIGMOID : (act) == TANH ? FANN_SIGMOID_SYMMETRIC : FANN_LINEAR, (l) + 1); \
    fann_set_activation_steepness_layer(ann, (act) == SIGMOID ? 0.5f : 1, (l) + 1);
    LAYERS(X)
#undef X
    fann_set_training_algorithm(ann, FANN_TRAIN_INCREMENTAL);
    fann_set_train_error_function(ann, FANN_ERRORFUNC_LINEAR);
    fann_set_learning_momentum(ann, 0);
}

/* FANN keeps a neuron's bias behind its weights, [out][in + 1] as a whole. */
EXPORT void set_parameters(const float *p)
{
    if (!ann)
        create();
    float *w = ann->weights;
#define X(l, prev, in, out, act) \
    for (int o = 0; o < (out); o++) { \
        for (int i = 0; i < (in); i++) \
            *w++ = p[o * (in) + i]; \
        *w++ = p[(in) * (out) + o]; \
    } \
    p += ((in) + 1) * (out);
    LAYERS(X)
#undef X
}

EXPORT void get_parameters(float *p)
{
    const float *w = ann->weights;
#define X(l, prev, in, out, act) \
    for (int o = 0; o < (out); o++) { \
        for (int i = 0; i < (in); i++) \
            p[o * (in) + i] = *w++; \
        p[(in) * (out) + o] = *w++; \
    } \
    p += ((in) + 1) * (out);
    LAYERS(X)
#undef X
}

static void infer(int n, const float *x, float *y)
{
    for (int s = 0; s < n; s++) {
        const float *result = fann_run(ann, (float *)x + s * INPUTS);
        for (int o = 0; o < OUTPUTS; o++)
            y[s * OUTPUTS + o] = result[o];
    }
}

EXPORT void infer_1(const float *x, float *y) { infer(1, x, y); }
EXPORT void infer_64(const float *x, float *y) { infer(64, x, y); }

EXPORT void step_1(const float *x, const float *target, float rate)
{
    fann_set_learning_rate(ann, rate);
    fann_train(ann, (float *)x, (float *)target);
}

TIME_INFER(1)
TIME_INFER(64)
TIME_STEP(1)
