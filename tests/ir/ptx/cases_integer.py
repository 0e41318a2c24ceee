"""Integer arithmetic, logic, comparisons and conversions between integers, beside Python integers."""

from harness import Case, mask, signed


def _case(mnemonic, result, widths, model):
    return Case(mnemonic, f"b{result}", tuple(f"b{w}" for w in widths), model)


def bfe(a, position, length, bits, is_signed):
    position, length = position & 255, length & 255
    top = a >> min(position + length - 1, bits - 1) & 1 if is_signed and length else 0
    inside = [a >> (position + i) & 1 if i < length and position + i < bits else top for i in range(bits)]
    return sum(bit << i for i, bit in enumerate(inside))


def bfi(a, b, position, length, bits):
    for i in range(length & 255):
        at = (position & 255) + i
        if at < bits:
            b = b & ~(1 << at) | (a >> i & 1) << at
    return b


def prmt(a, b, selector):
    source, result = b << 32 | a, 0
    for place in range(4):
        digit = selector >> 4 * place & 15
        byte = source >> 8 * (digit & 7) & 255
        result |= ((255 if byte >> 7 else 0) if digit & 8 else byte) << 8 * place
    return result


def integer_cases():
    """The results by Python integers."""
    for w in (16, 32, 64):
        for k in "us":
            value = (lambda x, w=w: signed(x, w)) if k == "s" else (lambda x: x)
            yield _case(f"add.{k}{w}", w, [w, w], lambda a, b: a + b)
            yield _case(f"sub.{k}{w}", w, [w, w], lambda a, b: a - b)
            yield _case(f"mul.lo.{k}{w}", w, [w, w], lambda a, b: a * b)
            yield _case(f"mul.hi.{k}{w}", w, [w, w], lambda a, b, v=value, w=w: v(a) * v(b) >> w)
            yield _case(f"mad.lo.{k}{w}", w, [w, w, w], lambda a, b, c: a * b + c)
            yield _case(f"mad.hi.{k}{w}", w, [w, w, w], lambda a, b, c, v=value, w=w: (v(a) * v(b) >> w) + c)
            yield _case(f"min.{k}{w}", w, [w, w], lambda a, b, v=value: min(a, b, key=v))
            yield _case(f"max.{k}{w}", w, [w, w], lambda a, b, v=value: max(a, b, key=v))
            yield _case(f"shr.{k}{w}", w, [w, 32], lambda a, n, v=value: v(a) >> n if n < 1000 else -(v(a) < 0))
            if w < 64:
                yield _case(f"mul.wide.{k}{w}", 2 * w, [w, w], lambda a, b, v=value: v(a) * v(b))
                yield _case(f"mad.wide.{k}{w}", 2 * w, [w, w, 2 * w], lambda a, b, c, v=value: v(a) * v(b) + c)
            if w > 16:
                yield _case(f"bfe.{k}{w}", w, [w, 32, 32], lambda a, p, n, w=w, k=k: bfe(a, p, n, w, k == "s"))
        yield _case(f"neg.s{w}", w, [w], lambda a: -a)
        yield _case(f"abs.s{w}", w, [w], lambda a, w=w: abs(signed(a, w)))
        yield _case(f"and.b{w}", w, [w, w], lambda a, b: a & b)
        yield _case(f"or.b{w}", w, [w, w], lambda a, b: a | b)
        yield _case(f"xor.b{w}", w, [w, w], lambda a, b: a ^ b)
        yield _case(f"not.b{w}", w, [w], lambda a: ~a)
        yield _case(f"shl.b{w}", w, [w, 32], lambda a, n: a << n if n < 1000 else 0)
        yield _case(f"shr.b{w}", w, [w, 32], lambda a, n: a >> n)
        yield _case(f"mov.b{w}", w, [w], lambda a: a)
    for w in (32, 64):
        yield _case(f"popc.b{w}", 32, [w], int.bit_count)
        yield _case(f"clz.b{w}", 32, [w], lambda a, w=w: w - a.bit_length())
        yield _case(f"brev.b{w}", w, [w], lambda a, w=w: int(f"{a:0{w}b}"[::-1], 2))
        yield _case(f"bfi.b{w}", w, [w, w, 32, 32], lambda a, b, p, n, w=w: bfi(a, b, p, n, w))
    yield _case("prmt.b32", 32, [32, 32, 32], prmt)
    yield _case("shf.l.wrap.b32", 32, [32, 32, 32], lambda a, b, n: (b << 32 | a) << (n & 31) >> 32)
    yield _case("shf.r.wrap.b32", 32, [32, 32, 32], lambda a, b, n: (b << 32 | a) >> (n & 31))


def lop3_cases():
    for table in (0x00, 0x96, 0xE8, 0xCA, 0xFF, 0x1B):
        def model(a, b, c, table=table):
            return sum((table >> (4 * (a >> i & 1) + 2 * (b >> i & 1) + (c >> i & 1)) & 1) << i for i in range(32))

        yield _case(f"lop3.b32 $0, $1, $2, $3, {table:#x};", 32, [32] * 3, model)


COMPARISONS = {"eq": int.__eq__, "ne": int.__ne__, "lt": int.__lt__, "le": int.__le__, "gt": int.__gt__, "ge": int.__ge__}


def comparison_cases():
    for kind in ("u16", "s16", "u32", "s32", "u64", "s64"):
        bits, value = int(kind[1:]), (lambda x, kind=kind: signed(x, int(kind[1:])) if kind[0] == "s" else x)
        for word, test in COMPARISONS.items():
            text = f"{{ .reg .pred p, q; setp.{word}.{kind} p, $1, $2; setp.eq.and.{kind} q, $1, $1, !p; selp.b32 $0, 4, 7, q; }}"
            yield _case(text, 32, [bits, bits], lambda a, b, test=test, value=value: 7 if test(value(a), value(b)) else 4)


def conversion_cases():
    """Narrow sources are the low part of a wider register; narrow results fill one."""
    def fill(value, kind):
        return signed(value, int(kind[1:])) if kind[0] == "s" else value & mask(int(kind[1:]))

    kinds = [f"{k}{bits}" for k in "us" for bits in (8, 16, 32, 64)]
    for to in kinds:
        for source in kinds:
            yield _case(f"cvt.{to}.{source}", 64, [64], lambda a, to=to, source=source: fill(fill(a, source), to))


CASES = [*integer_cases(), *lop3_cases(), *comparison_cases(), *conversion_cases()]
