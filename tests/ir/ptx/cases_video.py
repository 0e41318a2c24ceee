"""Video instructions, beside Python integers that follow PTX's description."""

from itertools import product

from harness import bits_case, mask, signed

OPERATIONS = {
    "vadd": lambda a, b: a + b, "vsub": lambda a, b: a - b, "vabsdiff": lambda a, b: abs(a - b), "vmin": min, "vmax": max,
}  # fmt: skip
THEN = {"add": lambda a, b: a + b, "min": min, "max": max}
COMPARISONS = {"eq": int.__eq__, "ne": int.__ne__, "lt": int.__lt__, "le": int.__le__, "gt": int.__gt__, "ge": int.__ge__}
PLACES = {"": (0, 32), **{f"b{n}": (8 * n, 8) for n in range(4)}, **{f"h{n}": (16 * n, 16) for n in range(2)}}
TYPES = list(product("us", repeat=3))


def part(value, selector, kind):
    at, bits = PLACES[selector]
    return signed(value >> at, bits) if kind == "s" else value >> at & mask(bits)


def clamp(value, bits, kind):
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if kind == "s" else (0, mask(bits))
    return max(low, min(value, high))


def finish(value, c, kind, *, sat, then, into):
    at, bits = PLACES[into]
    value = clamp(value, bits, kind) if sat else value
    if then:
        value = THEN[then](signed(value, 33), part(c, "", kind))
    return (value & mask(bits)) << at | c & ~(mask(bits) << at) if into else value


def dotted(*words):
    return "".join(f".{word}" for word in words if word)


def scalar(mnemonic, kinds, operation, selectors, end, *, sat=""):
    """One case; `selectors` of `a` and `b`, the kind of the result last; `end`: second operation and selector of the result."""
    then, into = end

    def model(a, b, c=0):
        value = operation(part(a, selectors[0], kinds[0]), part(b, selectors[1], kinds[1]))
        return finish(value, c, kinds[2], sat=sat, then=then, into=into)

    count = 3 if then or into else 2
    third = ", $3" if count == 3 else ""
    text = f"{mnemonic}{dotted(then)} $0{dotted(into)}, $1{dotted(selectors[0])}, $2{dotted(selectors[1])}{third};"
    return bits_case(text, 32, [32] * count, model)


ENDS = [("", ""), ("add", ""), ("min", ""), ("max", ""), ("", "b0"), ("", "b1"), ("", "b2"), ("", "b3"), ("", "h0"), ("", "h1")]
CHOICES = [("", ""), ("b0", "h1"), ("h0", "b3"), ("", "b1"), ("b2", ""), ("h1", "h0")]


def scalar_cases():
    number = 0
    for name, (to, a, b) in product(OPERATIONS, TYPES):
        for sat in ("", "sat"):
            number += 1
            mnemonic = f"{name}.{to}32.{a}32.{b}32{dotted(sat)}"
            yield scalar(mnemonic, (a, b, to), OPERATIONS[name], CHOICES[number % 6], ENDS[number * 3 % 10], sat=sat)
    for (to, a), mode, sat in product(product("us", repeat=2), ("clamp", "wrap"), ("", "sat")):
        def amount(n, mode=mode):
            return min(n, 32) if mode == "clamp" else n & 31

        for end in ENDS[number % 3 :: 3]:
            number += 1
            mnemonic = f"vshr.{to}32.{a}32.u32{dotted(sat)}.{mode}"
            yield scalar(mnemonic, (a, "u", to), lambda x, n, amount=amount: x >> amount(n), CHOICES[number % 6], end, sat=sat)
        if not sat:
            yield scalar(f"vshl.{to}32.{a}32.u32.{mode}", (a, "u", to), lambda x, n, amount=amount: x << amount(n),
                         CHOICES[number % 6], (ENDS[5], ENDS[0], ENDS[9])[number % 3])
    for (word, test), (a, b) in product(COMPARISONS.items(), product("us", repeat=2)):
        number += 1
        yield scalar(f"vset.{a}32.{b}32.{word}", (a, b, "u"), lambda x, y, test=test: int(test(x, y)), CHOICES[number % 6],
                     ENDS[number % 10])


def product_cases():
    signs = [("", "", ""), ("-", "", ""), ("", "-", ""), ("", "", "-"), ("-", "-", "")]
    for (to, a, b), scale, sat in product(TYPES, ("", "shr7", "shr15"), ("", "sat")):
        for more, (x, y, z) in [("po", signs[0]), *(("", one) for one in signs)]:
            if z and a == b == "u" and (sat or scale):
                continue
            if len(x + y + z + scale + sat + more) % 2 == (to == "s"):  # half of them
                continue

            def model(p, q, c, *, a=a, b=b, scale=scale, sat=sat, more=more, minus=(x != y, bool(z))):
                final = "s" if "s" in (a, b) or any(minus) else "u"
                value = part(p, "h1", a) * part(q, "", b) * (-1 if minus[0] else 1) + (more == "po")
                value += part(c, "", final) * (-1 if minus[1] else 1)
                value >>= int(scale[3:] or 0)
                return clamp(value, 32, final) if sat else value

            mnemonic = f"vmad.{to}32.{a}32.{b}32{dotted(more, sat, scale)}"
            yield bits_case(f"{mnemonic} $0, {x}$1.h1, {y}$2, {z}$3;", 32, [32] * 3, model)


def average(a, b):
    return (a + b + (a + b >= 0)) >> 1


LANES = {2: (("", ""), ("h20", "h13"), ("h33", "")), 4: (("", ""), ("b7061", "b2345"), ("", "b0000"))}
MASKS = {2: ("", "h0", "h1", "h10"), 4: ("", "b0", "b31", "b210", "b3210", "b320")}


def lanes(mnemonic, count, kinds, operation, number, *, add=False, sat=False):
    """One case on several lanes; `kinds` of `a`, `b` and the result."""
    bits, (first, second), into = 32 // count, LANES[count][number % 3], MASKS[count][number % len(MASKS[count])]
    defaults = ("h10", "h32", "h10") if count == 2 else ("b3210", "b7654", "b3210")

    def chosen(a, b, selector, kind):
        both = b << 32 | a
        found = [both >> bits * int(digit) for digit in reversed(selector[1:])]
        return [signed(value, bits) if kind == "s" else value & mask(bits) for value in found]

    def model(a, b, c):
        left, right = chosen(a, b, first or defaults[0], kinds[0]), chosen(a, b, second or defaults[1], kinds[1])
        written = {int(digit) for digit in (into or defaults[2])[1:]}
        results = [operation(x, y) for x, y in zip(left, right, strict=True)]
        results = [clamp(value, bits, kinds[2]) if sat else value for value in results]
        if add:
            return c + sum(results[n] for n in written)
        return sum((results[n] if n in written else c >> n * bits) % (1 << bits) << n * bits for n in range(count))

    return bits_case(f"{mnemonic} $0{dotted(into)}, $1{dotted(first)}, $2{dotted(second)}, $3;", 32, [32] * 3, model)


def lane_cases():
    number = 0
    for name, count, (to, a, b) in product((*OPERATIONS, "vavrg"), (2, 4), TYPES):
        number += 1
        end = ("", "sat", "add")[number % 3]
        mnemonic = f"{name}{count}.{to}32.{a}32.{b}32{dotted(end)}"
        yield lanes(mnemonic, count, (a, b, to), OPERATIONS.get(name, average), number // 3, add=end == "add",
                    sat=end == "sat")
    for count, (word, test), (a, b) in product((2, 4), COMPARISONS.items(), product("us", repeat=2)):
        number += 1
        mnemonic = f"vset{count}.{a}32.{b}32.{word}{'.add' * (number % 2)}"
        yield lanes(mnemonic, count, (a, b, "u"), lambda x, y, test=test: int(test(x, y)), number // 2, add=number % 2 == 1)


CASES = [*scalar_cases(), *list(product_cases())[::2], *lane_cases()]
