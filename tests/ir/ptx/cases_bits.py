"""Logic, shifts, bit fields and permutations, beside Python integers."""

from harness import Case, bits_case, mask, signed


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


def bit_field_cases():
    for w in (16, 32, 64):
        for k in "us":
            value = (lambda x, w=w: signed(x, w)) if k == "s" else (lambda x: x)
            yield bits_case(f"shr.{k}{w}", w, [w, 32], lambda a, n, v=value: v(a) >> n if n < 1000 else -(v(a) < 0))
            if w > 16:
                yield bits_case(f"bfe.{k}{w}", w, [w, 32, 32], lambda a, p, n, w=w, k=k: bfe(a, p, n, w, k == "s"))
        yield bits_case(f"and.b{w}", w, [w, w], lambda a, b: a & b)
        yield bits_case(f"or.b{w}", w, [w, w], lambda a, b: a | b)
        yield bits_case(f"xor.b{w}", w, [w, w], lambda a, b: a ^ b)
        yield bits_case(f"not.b{w}", w, [w], lambda a: ~a)
        yield bits_case(f"shl.b{w}", w, [w, 32], lambda a, n: a << n if n < 1000 else 0)
        yield bits_case(f"shr.b{w}", w, [w, 32], lambda a, n: a >> n)
    for w in (32, 64):
        yield bits_case(f"popc.b{w}", 32, [w], int.bit_count)
        yield bits_case(f"clz.b{w}", 32, [w], lambda a, w=w: w - a.bit_length())
        yield bits_case(f"brev.b{w}", w, [w], lambda a, w=w: int(f"{a:0{w}b}"[::-1], 2))
        yield bits_case(f"bfi.b{w}", w, [w, w, 32, 32], lambda a, b, p, n, w=w: bfi(a, b, p, n, w))
    yield bits_case("prmt.b32", 32, [32, 32, 32], prmt)
    yield bits_case("shf.l.wrap.b32", 32, [32, 32, 32], lambda a, b, n: (b << 32 | a) << (n & 31) >> 32)
    yield bits_case("shf.r.wrap.b32", 32, [32, 32, 32], lambda a, b, n: (b << 32 | a) >> (n & 31))


def lop3_cases():
    for table in (0x00, 0x96, 0xE8, 0xCA, 0xFF, 0x1B):
        def model(a, b, c, table=table):
            return sum((table >> (4 * (a >> i & 1) + 2 * (b >> i & 1) + (c >> i & 1)) & 1) << i for i in range(32))

        yield bits_case(f"lop3.b32 $0, $1, $2, $3, {table:#x};", 32, [32] * 3, model)


def highest(a, bits, is_signed):
    a = ~a & mask(bits) if is_signed and a >> bits - 1 else a
    return a.bit_length() - 1


def nth_one(bits, base, offset):
    if offset == 0:
        return base if base < 32 and bits >> base & 1 else -1
    step, left = (1 if offset > 0 else -1), abs(offset)
    while 0 <= base < 32:
        left -= bits >> base & 1
        if left == 0:
            return base
        base += step
    return -1


PERMUTE_MODES = {
    "f4e": lambda c, n: c + n, "b4e": lambda c, n: (c - n) % 8, "rc8": lambda c, n: c, "ecl": max, "ecr": min,
    "rc16": lambda c, n: 2 * (c & 1) + n % 2,
}  # fmt: skip


def bit_cases():
    yield bits_case("shf.l.clamp.b32", 32, [32] * 3, lambda a, b, n: (b << 32 | a) << min(n, 32) >> 32)
    yield bits_case("shf.r.clamp.b32", 32, [32] * 3, lambda a, b, n: (b << 32 | a) >> min(n, 32))
    for w in (16, 32, 64):
        yield bits_case(f"cnot.b{w}", w, [w], lambda a: int(a == 0))
    for w, k in ((w, k) for w in (32, 64) for k in "us"):
        yield bits_case(f"bfind.{k}{w}", 32, [w], lambda a, w=w, k=k: highest(a, w, k == "s"))
        yield bits_case(f"bfind.shiftamt.{k}{w}", 32, [w],
                    lambda a, w=w, k=k: w - 1 - highest(a, w, k == "s") if highest(a, w, k == "s") >= 0 else -1)
    for mode, limit in (("clamp", lambda n: min(n, 32)), ("wrap", lambda n: n & 31)):
        yield bits_case(f"bmsk.{mode}.b32", 32, [32] * 2, lambda a, b, f=limit: mask(f(b)) << f(a))
        yield bits_case(f"szext.{mode}.u32", 32, [32] * 2, lambda a, b, f=limit: a & mask(f(b)))
        yield bits_case(f"szext.{mode}.s32", 32, [32] * 2, lambda a, b, f=limit: signed(a, f(b)) if f(b) else 0)
    near = tuple((bits, base, offset & mask(32)) for bits in (0, 1, 0x80000001, 0xF0F0A5C3, mask(32)) for base in (0, 3, 16, 31)
                 for offset in (0, 1, 2, 5, 20, 33, -1, -2, -5, -20))
    yield Case("fns.b32", "b32", ("b32",) * 3, lambda a, b, c: nth_one(a, b, signed(c, 32)), near)
    for mode, place in PERMUTE_MODES.items():
        yield bits_case(f"prmt.b32.{mode}", 32, [32] * 3, lambda a, b, c, place=place: prmt(
            a, b, sum(place(c & 3, n) << 4 * n for n in range(4))))
    for word, then in (("and", lambda x, y: x and y), ("or", lambda x, y: x or y)):
        declared = ".reg .pred p, q; .reg .b32 d; setp.gt.u32 q, $3, $1;"
        text = f"{{ {declared} lop3.{word}.b32 d|p, $1, $2, $3, 0xE8, q; selp.b32 $0, d, 77, p; }}"
        yield bits_case(text, 32, [32] * 3, lambda a, b, c, then=then: (a & b | a & c | b & c) if then(
            (a & b | a & c | b & c) != 0, c > a) else 77)


CASES = [*bit_field_cases(), *lop3_cases(), *bit_cases()]
