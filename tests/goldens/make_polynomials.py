"""Prints the coefficients of the vector functions (src/NetGen.Compiler/Dialects/VectorMath.cs).

    python3 make_polynomials.py        (needs NumPy)

Each is a weighted minimax fit: Lawson's iteration, which repeats least squares and shifts weight to where the error is
large, on Chebyshev points, in float64. Then one coefficient after the other, the lowest first, is rounded to float32,
and the rest is fitted anew. Errors are printed in ulp, or for relative ones in units of 2^-24.
"""

import math

import numpy

LN2 = numpy.log(2)


def chebyshev(a, b, count=4000):
    x = (a + b) / 2 - (b - a) / 2 * numpy.cos(numpy.pi * (numpy.arange(count) + 0.5) / count)
    return x[numpy.abs(x) > 1e-4]


def ulp(y):
    return numpy.ldexp(1.0, numpy.frexp(y)[1] - 24)


def minimax(columns, y, weight, iterations=400):
    """The coefficients c with the least max |weight * (columns c - y)|, and that."""
    a, b = columns * weight[:, None], y * weight
    scale = numpy.abs(a).max(axis=0)
    shares = numpy.full(len(y), 1 / len(y))
    best = None
    for _ in range(iterations):
        root = numpy.sqrt(shares)
        c = numpy.linalg.lstsq(a / scale * root[:, None], b * root, rcond=None)[0]
        error = numpy.abs(a / scale @ c - b)
        if best is None or error.max() < best[0]:
            best = error.max(), c / scale
        shares *= error / error.max() + 1e-3
        shares /= shares.sum()
    return best


def rounded(columns, y, weight):
    """Minimax with coefficients that are float32s."""
    c = []
    while len(c) < columns.shape[1]:
        rest = y - columns[:, :len(c)] @ numpy.array(c) if c else y
        c.append(float(numpy.float32(minimax(columns[:, len(c):], rest, weight)[1][0])))
    return numpy.abs(weight * (columns @ numpy.array(c) - y)).max(), c


def show(name, fit):
    error, c = fit
    print(f"{name}: {error:.3f}", *(str(numpy.float32(v)) for v in c))


def powers(x, count):
    return x[:, None] ** numpy.arange(count)


def exponential(count, upper):
    """(e^r - 1 - r) / r^2 around 0; a quarter of the weight above ln 2 / 2, where only x > 127.5 ln 2 goes."""
    middle = LN2 / 2 * 1.0003
    r = chebyshev(-middle, upper * 1.0003)
    weight = r * r / ulp(numpy.exp(r)) * numpy.where(r > middle, 0.25, 1)
    return rounded(powers(r, count), (numpy.expm1(r) - r) / (r * r), weight)


def logarithm(count):
    """(ln(1 + f) - f) / f^2 between the roots of 1/2 and 2."""
    f = chebyshev(numpy.sqrt(0.5) - 1, numpy.sqrt(2) - 1, 3000)
    log = numpy.log1p(f)
    return rounded(powers(f, count), (log - f) / (f * f), f * f / ulp(numpy.abs(log)))


def half_exponential(count):
    """(e^(-r/2) - 1 + r / 2) / r^2 around 0: the same for the square of a number."""
    r = chebyshev(-LN2 * 1.001, LN2 * 1.001)
    return rounded(powers(r, count), (numpy.expm1(-r / 2) + r / 2) / (r * r), r * r / numpy.exp(-r / 2) * 2 ** 24)


def artanh(count):
    """(2 artanh(s / 2) - s) / s^3 over s^2, for ln(1 + u) where s = 2u / (2 + u) and 0 <= u <= 1."""
    s2 = chebyshev(0, 4 / 9, 3000)
    s = numpy.sqrt(s2)
    y = 2 * numpy.arctanh(s / 2)
    return rounded(powers(s2, count), (y - s) / (s2 * s), s2 * s / y * 2 ** 24)


def sine(count):
    """(sin r - r) / r^3 over r^2, as far as pi / 2 and a little."""
    r2 = chebyshev(0, (numpy.pi / 2 * 1.008) ** 2, 3000)
    r = numpy.sqrt(r2)
    return rounded(powers(r2, count), (numpy.sin(r) - r) / (r2 * r), r2 * r / ulp(numpy.sin(r)))


def normal_tail(up, down):
    """n(t) / d(t) in 1 - Phi(t) = e^(-t^2 / 2) / (sqrt(2 pi) t + n(t) / d(t)), n(0) = 2 and d(0) = 1, as n, then d."""
    t = 13.3 * chebyshev(0, 1, 1500) ** 2
    tail = numpy.array([math.erfc(v / math.sqrt(2)) / 2 * math.exp(v * v / 2) for v in t])
    y = 1 / tail - float(numpy.float32(math.sqrt(2 * math.pi))) * t
    # n - y d = 0 is linear; its weight is that of the tail's relative error, over d as it was before.
    columns = [(t ** k, "n") for k in range(1, up + 1)] + [(-y * t ** k, "d") for k in range(1, down + 1)]
    order = sorted(range(len(columns)), key=lambda k: (k if k < up else k - up, k))
    matrix = numpy.stack([columns[k][0] for k in order], 1)
    is_d = numpy.array([columns[k][1] == "d" for k in order])
    c, d = [], numpy.ones(len(t))

    def refit(iterations):
        nonlocal d
        best, shares = None, numpy.full(len(t), 1 / len(t))
        rest = y - 2 - matrix[:, :len(c)] @ numpy.array(c)
        for _ in range(iterations):
            weight = tail / d * 2 ** 24
            a, root = matrix[:, len(c):] * weight[:, None], numpy.sqrt(shares)
            scale = numpy.abs(a).max(axis=0)
            more = numpy.linalg.lstsq(a / scale * root[:, None], rest * weight * root, rcond=None)[0] / scale if a.size else numpy.array([])
            all_c = numpy.concatenate([c, more])
            d = 1 - matrix[:, is_d] @ all_c[is_d] / y
            error = numpy.abs(weight * (matrix @ all_c - y + 2))
            if best is None or error.max() < best[0]:
                best = error.max(), all_c
            shares *= error / error.max() + 1e-3
            shares /= shares.sum()
        return best

    while len(c) < len(order):
        c.append(float(numpy.float32(refit(300)[1][len(c)])))
    return refit(2)[0], [2.0] + [v for v, i in zip(c, is_d) if not i] + [1.0] + [v for v, i in zip(c, is_d) if i]


show("exp, from r^2 on", exponential(6, LN2))
show("log, from f^2 on", logarithm(8))
show("e^(-r/2), from r^2 on", half_exponential(5))
show("artanh, from s^3 on", artanh(4))
show("the normal distribution's tail", normal_tail(4, 4))
show("sin, from r^3 on", sine(4))
