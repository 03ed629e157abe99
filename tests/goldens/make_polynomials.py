"""Prints the coefficients of the vector functions (src/NetGen.Compiler/Dialects/VectorMath.cs).

    python3 make_polynomials.py        (needs NumPy)

Each is a weighted minimax fit: Lawson's iteration, which repeats least squares and shifts weight to where the error is
large, on Chebyshev points, in float64. Then one coefficient after the other, the lowest first, is rounded to float32,
and the rest is fitted anew. Errors are printed in ulp, or for relative ones in units of 2^-24.
"""

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


show("exp, from r^2 on", exponential(6, LN2))
show("log, from f^2 on", logarithm(8))
