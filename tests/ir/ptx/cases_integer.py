"""Integer arithmetic, comparisons and conversions between integers, beside Python integers."""

from harness import bits_case, mask, signed


def integer_cases():
    """The results by Python integers."""
    for w in (16, 32, 64):
        for k in "us":
            value = (lambda x, w=w: signed(x, w)) if k == "s" else (lambda x: x)
            yield bits_case(f"add.{k}{w}", w, [w, w], lambda a, b: a + b)
            yield bits_case(f"sub.{k}{w}", w, [w, w], lambda a, b: a - b)
            yield bits_case(f"mul.lo.{k}{w}", w, [w, w], lambda a, b: a * b)
            yield bits_case(f"mul.hi.{k}{w}", w, [w, w], lambda a, b, v=value, w=w: v(a) * v(b) >> w)
            yield bits_case(f"mad.lo.{k}{w}", w, [w, w, w], lambda a, b, c: a * b + c)
            yield bits_case(f"mad.hi.{k}{w}", w, [w, w, w], lambda a, b, c, v=value, w=w: (v(a) * v(b) >> w) + c)
            yield bits_case(f"min.{k}{w}", w, [w, w], lambda a, b, v=value: min(a, b, key=v))
            yield bits_case(f"max.{k}{w}", w, [w, w], lambda a, b, v=value: max(a, b, key=v))
            if w < 64:
                yield bits_case(f"mul.wide.{k}{w}", 2 * w, [w, w], lambda a, b, v=value: v(a) * v(b))
                yield bits_case(f"mad.wide.{k}{w}", 2 * w, [w, w, 2 * w], lambda a, b, c, v=value: v(a) * v(b) + c)
        yield bits_case(f"neg.s{w}", w, [w], lambda a: -a)
        yield bits_case(f"abs.s{w}", w, [w], lambda a, w=w: abs(signed(a, w)))
        yield bits_case(f"mov.b{w}", w, [w], lambda a: a)


COMPARISONS = {"eq": int.__eq__, "ne": int.__ne__, "lt": int.__lt__, "le": int.__le__, "gt": int.__gt__, "ge": int.__ge__}


def comparison_cases():
    for kind in ("u16", "s16", "u32", "s32", "u64", "s64"):
        bits, value = int(kind[1:]), (lambda x, kind=kind: signed(x, int(kind[1:])) if kind[0] == "s" else x)
        for word, test in COMPARISONS.items():
            text = f"{{ .reg .pred p, q; setp.{word}.{kind} p, $1, $2; setp.eq.and.{kind} q, $1, $1, !p; selp.b32 $0, 4, 7, q; }}"
            yield bits_case(text, 32, [bits, bits], lambda a, b, test=test, value=value: 7 if test(value(a), value(b)) else 4)


def conversion_cases():
    """Narrow sources are the low part of a wider register; narrow results fill one."""
    def fill(value, kind):
        return signed(value, int(kind[1:])) if kind[0] == "s" else value & mask(int(kind[1:]))

    def bounds(kind):
        signed_bits = int(kind[1:]) - (kind[0] == "s")
        return (-(1 << signed_bits) if kind[0] == "s" else 0), (1 << signed_bits) - 1

    kinds = [f"{k}{bits}" for k in "us" for bits in (8, 16, 32, 64)]
    for to in kinds:
        for source in kinds:
            yield bits_case(f"cvt.{to}.{source}", 64, [64], lambda a, to=to, source=source: fill(fill(a, source), to))
            (low, high), (least, most) = bounds(to), bounds(source)
            if low > least or high < most:
                yield bits_case(f"cvt.sat.{to}.{source}", 64, [64],
                                lambda a, source=source, low=low, high=high: min(max(fill(a, source), low), high))


def saturated(value):
    return max(-(1 << 31), min(value, (1 << 31) - 1))


def halves(value, is_signed):
    return [signed(value >> at, 16) if is_signed else value >> at & 0xFFFF for at in (0, 16)]


def by_halves(operation, is_signed):
    def model(a, b):
        low, high = (operation(x, y) & 0xFFFF for x, y in zip(halves(a, is_signed), halves(b, is_signed), strict=True))
        return high << 16 | low

    return model


def quotient(a, b, bits, is_signed):
    if b & mask(bits) == 0:
        return -1
    a, b = (signed(a, bits), signed(b, bits)) if is_signed else (a, b)
    return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)


def remainder(a, b, bits, is_signed):
    if b & mask(bits) == 0:
        return a
    a, b = (signed(a, bits), signed(b, bits)) if is_signed else (a, b)
    return abs(a) % abs(b) * (-1 if a < 0 else 1)


def dot4(left, right):
    def parts(value, is_signed):
        return [signed(value >> 8 * n, 8) if is_signed else value >> 8 * n & 255 for n in range(4)]

    return lambda a, b, c: c + sum(x * y for x, y in zip(parts(a, left), parts(b, right), strict=True))


def dot2(left, right, first):
    def model(a, b, c):
        factors = [signed(b >> first + 8 * n, 8) if right else b >> first + 8 * n & 255 for n in range(2)]
        return c + sum(x * y for x, y in zip(halves(a, left), factors, strict=True))

    return model


def more_integer_cases():
    yield bits_case("add.sat.s32", 32, [32, 32], lambda a, b: saturated(signed(a, 32) + signed(b, 32)))
    yield bits_case("sub.sat.s32", 32, [32, 32], lambda a, b: saturated(signed(a, 32) - signed(b, 32)))
    for mnemonic, bits, at in (("mad.hi.sat.s32", 32, 32), ("mad24.hi.sat.s32", 24, 16)):
        yield bits_case(mnemonic, 32, [32] * 3, lambda a, b, c, bits=bits, at=at: saturated(
            (signed(a, bits) * signed(b, bits) >> at) + signed(c, 32)))
    for k in "us":
        low = (lambda x: signed(x, 24)) if k == "s" else (lambda x: x & mask(24))
        for half, at in (("lo", 0), ("hi", 16)):
            yield bits_case(f"mul24.{half}.{k}32", 32, [32] * 2, lambda a, b, low=low, at=at: low(a) * low(b) >> at)
            yield bits_case(f"mad24.{half}.{k}32", 32, [32] * 3, lambda a, b, c, low=low, at=at: (low(a) * low(b) >> at) + c)
        for operation, model in (("add", lambda a, b: a + b), ("min", min), ("max", max)):
            yield bits_case(f"{operation}.{k}16x2", 32, [32] * 2, by_halves(model, k == "s"))
        for left in "us":
            yield bits_case(f"dp4a.{k}32.{left}32", 32, [32] * 3, dot4(k == "s", left == "s"))
            for half, first in (("lo", 0), ("hi", 16)):
                yield bits_case(f"dp2a.{half}.{k}32.{left}32", 32, [32] * 3, dot2(k == "s", left == "s", first))
        for w in (16, 32, 64):
            value = (lambda x, w=w: signed(x, w)) if k == "s" else (lambda x: x)
            yield bits_case(f"sad.{k}{w}", w, [w] * 3, lambda a, b, c, v=value: c + abs(v(a) - v(b)))
            yield bits_case(f"div.{k}{w}", w, [w] * 2, lambda a, b, w=w, k=k: quotient(a, b, w, k == "s"))
            yield bits_case(f"rem.{k}{w}", w, [w] * 2, lambda a, b, w=w, k=k: remainder(a, b, w, k == "s"))
    for name, pick in (("min", min), ("max", max)):
        yield bits_case(f"{name}.relu.s32", 32, [32] * 2, lambda a, b, pick=pick: max(0, pick(signed(a, 32), signed(b, 32))))
        yield bits_case(f"{name}.relu.s16x2", 32, [32] * 2, by_halves(lambda a, b, pick=pick: max(0, pick(a, b)), True))


def vector_moves():
    """Between registers one by one and vectors with a name."""
    text = "{ .reg .v2 .b32 v; mov.v2.b32 v, {$1, $2}; mov.b64 $0, {v.y, v.x}; }"
    yield bits_case(text, 64, [32, 32], lambda a, b: a << 32 | b)
    text = "{ .reg .v4 .b16 v, w; mov.v4.u16 v, {$1, 7, $2, $1}; mov.v4.b16 w, v; mov.b64 $0, {w.a, w.x, w.y, w.b}; }"
    yield bits_case(text, 64, [16, 16], lambda a, b: b << 48 | 7 << 32 | a << 16 | a)
    text = "{ .reg .v2 .u64 v; mov.v2.u64 v, {$1, $2}; mov.v2.u64 {_, $0}, v; }"
    yield bits_case(text, 64, [64, 64], lambda a, b: b)


CASES = [*vector_moves(), *integer_cases(), *more_integer_cases(), *comparison_cases(), *conversion_cases()]
