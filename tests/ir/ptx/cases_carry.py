"""The carry flag, beside Python integers."""

from harness import bits_case, mask, signed


def carry_cases():
    """Numbers of two registers, whose lower parts hand the carry to the upper ones; then the flag itself."""
    for w, k in ((w, k) for w in (32, 64) for k in "us"):
        kind = f"{k}{w}"
        value = (lambda x, w=w: signed(x, w)) if k == "s" else (lambda x: x)
        low = f"{{ .reg .b{w} t;"
        yield bits_case(f"{low} add.cc.{kind} t, $1, $2; addc.{kind} $0, $3, $4; }}", w, [w] * 4,
                    lambda a, b, c, d, w=w: c + d + (a + b >> w))
        yield bits_case(f"{low} sub.cc.{kind} t, $1, $2; subc.{kind} $0, $3, $4; }}", w, [w] * 4,
                    lambda a, b, c, d: c - d - (a < b))
        yield bits_case(f"{low} add.cc.{kind} t, $1, $2; addc.cc.{kind} t, $3, $4; addc.{kind} $0, 0, 0; }}", w, [w] * 4,
                    lambda a, b, c, d, w=w: c + d + (a + b >> w) >> w)
        yield bits_case(f"{low} sub.cc.{kind} t, $1, $2; subc.cc.{kind} t, $3, $4; subc.{kind} $0, 0, 0; }}", w, [w] * 4,
                    lambda a, b, c, d: -(c - d - (a < b) < 0))
        for half, at in (("lo", 0), ("hi", w)):
            def part(a, b, v=value, at=at, w=w):
                return v(a) * v(b) >> at & mask(w)

            yield bits_case(f"{low} add.cc.{kind} t, $1, $2; madc.{half}.{kind} $0, $3, $4, $5; }}", w, [w] * 5,
                        lambda a, b, c, d, e, w=w, part=part: part(c, d) + e + (a + b >> w))
            chain = f"mad.{half}.cc.{kind} t, $1, $2, $3; madc.{half}.cc.{kind} t, $1, $4, $5; addc.{kind} $0, 0, 0;"
            yield bits_case(f"{low} {chain} }}", w, [w] * 5,
                            lambda a, b, c, d, e, w=w, part=part: part(a, d) + e + (part(a, b) + c >> w) >> w)


CASES = list(carry_cases())
