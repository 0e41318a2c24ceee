"""Random CUDA kernels whose result CUDA defines completely, so that every target and the interpreter must agree to the bit.

Undefined and unspecified behaviour is kept out by construction: arithmetic that may overflow is unsigned, shift counts are masked,
divisors are odd or positive, conversions to integers are clamped, barriers and warp operations stand where all threads get to, and
shuffles read lanes that exist. Functions that may return either zero are followed by `+ 0`, which makes both the same.
Multiply and add are never fused here: the source is compiled with `-fmad=false`, and fused where it says `fma`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

TYPES = {"u": "unsigned", "l": "unsigned long long", "f": "float", "d": "double"}
VARIABLES = {"u": ("u0", "u1", "u2"), "l": ("l0", "l1"), "f": ("f0", "f1"), "d": ("d0", "d1")}
LITERALS = {
    "u": ("0u", "1u", "7u", "255u", "0x80000000u", "0xdeadbeefu", "~0u"),
    "l": ("0ull", "3ull", "0x100000000ull", "0x8000000000000000ull", "0x123456789abcdefull"),
    "f": ("0.0f", "(-1.5f)", "3.25f", "1e-38f", "7e37f", "0.1f", "(-0.0f)"),
    "d": ("0.0", "2.5", "(-0.3)", "1e300", "4e-310", "1e-5"),
}
# {0}, {1}, {2} are operands; the letters name their types.
OPERATIONS = {
    "u": (("uu", "({0} + {1})"), ("uu", "({0} - {1})"), ("uu", "({0} * {1})"), ("uu", "({0} / ({1} | 1u))"),
          ("uu", "({0} % ({1} | 1u))"), ("uu", "({0} & {1})"), ("uu", "({0} | {1})"), ("uu", "({0} ^ {1})"), ("u", "(~{0})"),
          ("uu", "({0} << ({1} & 31u))"), ("uu", "({0} >> ({1} & 31u))"), ("uu", "(unsigned)((int){0} >> ({1} & 31u))"),
          ("uu", "(unsigned)((int){0} / (int)(({1} & 15u) + 1u))"), ("uu", "(unsigned)((int){0} % (int)(({1} & 15u) + 1u))"),
          ("u", "(unsigned)(signed char){0}"), ("u", "(unsigned)(unsigned short){0}"), ("l", "(unsigned){0}"),
          ("l", "(unsigned)({0} >> 32)"), ("u", "(unsigned)__popc({0})"), ("u", "(unsigned)__clz((int){0})"), ("u", "__brev({0})"),
          ("uu", "__umulhi({0}, {1})"), ("uu", "min({0}, {1})"), ("uu", "(unsigned)max((int){0}, (int){1})"),
          ("l", "(unsigned)__popcll({0})"), ("u", "(unsigned)__ffs((int){0})"), ("cuu", "({0} ? {1} : {2})"),
          ("f", "(unsigned)(int)fminf(fmaxf({0}, -1e6f), 1e6f)"), ("d", "(unsigned)fmin(fmax({0}, 0.0), 4e9)"),
          ("uuu", "helper({0}, {1}, {2})"), ("u", "local[{0} & 7u]")),
    "l": (("ll", "({0} + {1})"), ("ll", "({0} - {1})"), ("ll", "({0} * {1})"), ("ll", "({0} / ({1} | 1ull))"),
          ("ll", "({0} % ({1} | 1ull))"), ("ll", "({0} ^ {1})"), ("ll", "({0} & {1})"), ("lu", "({0} << ({1} & 63u))"),
          ("lu", "({0} >> ({1} & 63u))"), ("lu", "(unsigned long long)((long long){0} >> ({1} & 63u))"),
          ("u", "(unsigned long long){0}"), ("u", "(unsigned long long)(long long)(int){0}"), ("ll", "__umul64hi({0}, {1})"),
          ("cll", "({0} ? {1} : {2})"), ("d", "(unsigned long long)(long long)fmin(fmax({0}, -1e15), 1e15)")),
    "f": (("ff", "({0} + {1})"), ("ff", "({0} - {1})"), ("ff", "({0} * {1})"), ("ff", "({0} / {1})"),
          ("fff", "fmaf({0}, {1}, {2})"),
          ("ff", "(fminf({0}, {1}) + 0.0f)"), ("ff", "(fmaxf({0}, {1}) + 0.0f)"), ("f", "fabsf({0})"), ("f", "(-{0})"),
          ("f", "sqrtf({0})"), ("f", "floorf({0})"), ("f", "truncf({0})"), ("f", "rintf({0})"), ("u", "(float){0}"),
          ("u", "(float)(int){0}"), ("l", "(float)(long long){0}"), ("d", "(float){0}"), ("cff", "({0} ? {1} : {2})")),
    "d": (("dd", "({0} + {1})"), ("dd", "({0} - {1})"), ("dd", "({0} * {1})"), ("dd", "({0} / {1})"), ("ddd", "fma({0}, {1}, {2})"),
          ("d", "fabs({0})"), ("d", "sqrt({0})"), ("d", "ceil({0})"), ("f", "(double){0}"), ("u", "(double){0}"),
          ("l", "(double){0}"), ("cdd", "({0} ? {1} : {2})"), ("dd", "(fmax({0}, {1}) + 0.0)")),
    "c": (("uu", "({0} < {1})"), ("uu", "((int){0} <= (int){1})"), ("uu", "({0} == {1})"), ("ll", "({0} > {1})"),
          ("ll", "((long long){0} < (long long){1})"), ("ff", "({0} < {1})"), ("ff", "({0} != {1})"), ("ff", "!({0} >= {1})"),
          ("dd", "({0} <= {1})"), ("d", "isnan({0})"), ("cc", "({0} && {1})"), ("cc", "({0} || {1})"), ("c", "!{0}"),
          ("u", "({0} & 1u)")),
}
# Exchanges between threads; each must be reached by all of them. {0} is an expression, {1} a small constant.
EXCHANGES = (
    "shared[thread] = {0}; __syncthreads(); u0 += shared[(thread + {1}u) % blockDim.x]; __syncthreads();",
    "shared[thread] = {0}; __syncthreads(); if (thread < {1}u) u1 ^= shared[blockDim.x - 1 - thread]; __syncthreads();",
    "u2 += (unsigned)__syncthreads_count(({0} & {1}u) != 0);",
    "if (thread == 0) cell = 0; __syncthreads(); atomicAdd(&cell, {0}); __syncthreads(); u1 += cell; __syncthreads();",
    "if (thread == 0) cell = 0; __syncthreads(); atomicMax(&cell, {0}); __syncthreads(); u2 ^= cell; __syncthreads();",
    "u0 = __shfl_sync(mask, {0}, (lane + {1}u) % lanes);",
    "u1 = __shfl_up_sync(mask, {0}, {1}u);",
    "u2 ^= __ballot_sync(mask, {0} & {1}u);",
    "u0 += __any_sync(mask, ({0} & 63u) == {1}u) ? 5u : 0u;",
    "u1 += __all_sync(mask, ({0} & 63u) != {1}u) ? 9u : 0u;",
    "f0 = __shfl_sync(mask, f1, (int)({0} % lanes));",
    "l0 ^= __shfl_up_sync(mask, l1, {1}u); u0 ^= {0};",
    "u2 += (unsigned)__popc(__match_any_sync(mask, {0} & 3u)) * {1}u;",
)
SOURCE = """\
__device__ __noinline__ unsigned helper(unsigned a, unsigned b, unsigned c) {{
  unsigned result = a;
  for (unsigned turn = 0; turn < (b & 3u); ++turn) result = result * 31u + c;
  return result;
}}
extern "C" __global__ void kernel(const unsigned *in_u, const unsigned long long *in_l, const float *in_f, const double *in_d,
                                  unsigned *out_u, unsigned long long *out_l, float *out_f, double *out_d) {{
  __shared__ unsigned shared[128];
  __shared__ unsigned cell;
  const unsigned thread = threadIdx.x, index = blockIdx.x * blockDim.x + thread, lane = thread % 32u;
  const unsigned lanes = min(32u, blockDim.x - thread / 32u * 32u), mask = lanes == 32u ? 0xffffffffu : (1u << lanes) - 1u;
  unsigned u0 = in_u[index], u1 = lane, u2 = blockIdx.x * 77u, local[8] = {{1, 2, 3, 4, 5, 6, 7, u0}};
  unsigned long long l0 = in_l[index], l1 = thread;
  float f0 = in_f[index], f1 = (float)thread * 0.5f;
  double d0 = in_d[index], d1 = 1.0 / (index + 1u);
{body}
  out_u[index] = u0 ^ (u1 * 3u) ^ (u2 * 5u) ^ local[u0 & 7u];
  out_l[index] = l0 + 7u * l1;
  out_f[index] = f0 + f1;
  out_d[index] = d0 + d1;
}}
"""


@dataclass
class Scope:
    """Where statements are drawn: `uniform` as long as all threads of the block get there; `loops` are names in use."""

    uniform: bool = True
    depth: int = 0
    loops: list[str] = field(default_factory=list)

    def inner(self, *, uniform: bool) -> Scope:
        """The scope of a nested block."""
        return Scope(self.uniform and uniform, self.depth + 1, self.loops)


@st.composite
def expressions(draw: st.DrawFn, kind: str, depth: int) -> str:
    """An expression of one type: `u l f d`, or `c` for a condition."""
    if depth == 0 and kind != "c":
        return draw(st.sampled_from(3 * VARIABLES[kind] + LITERALS[kind]))
    operands, text = draw(st.sampled_from(OPERATIONS[kind]))
    return text.format(*(draw(expressions(operand, max(depth - 1, 0))) for operand in operands))


@st.composite
def statements(draw: st.DrawFn, scope: Scope) -> list[str]:
    """A list of statements, one text line each."""
    lines: list[str] = []
    for _ in range(draw(st.integers(3, 8) if scope.depth == 0 else st.integers(1, 2))):
        kinds = ["assign", "assign", "store"] + (["exchange"] * 2 if scope.uniform else [])
        kinds += ["if", "loop", "uniform loop", "switch", "while"] if scope.depth < 2 else []
        lines += draw(STATEMENTS[draw(st.sampled_from(kinds))](scope))
    return [f"  {line}" for line in lines]


@st.composite
def assignments(draw: st.DrawFn, scope: Scope) -> list[str]:
    """A variable gets a new value."""
    kind = draw(st.sampled_from("uulffd"))
    return [f"{draw(st.sampled_from(VARIABLES[kind]))} = {draw(expressions(kind, draw(st.integers(1, 3))))};"]


@st.composite
def stores(draw: st.DrawFn, scope: Scope) -> list[str]:
    """A store to the thread's own array, at an index known only when it runs."""
    return [f"local[{draw(expressions('u', 1))} & 7u] = {draw(expressions('u', 2))};"]


@st.composite
def exchanges(draw: st.DrawFn, scope: Scope) -> list[str]:
    """Barriers, shared atomics, warp operations."""
    return [draw(st.sampled_from(EXCHANGES)).format(draw(expressions("u", 1)), draw(st.integers(1, 7)))]


@st.composite
def branches(draw: st.DrawFn, scope: Scope) -> list[str]:
    """If and else; inside, threads may have parted."""
    inner = scope.inner(uniform=False)
    lines = [f"if ({draw(expressions('c', 2))}) {{", *draw(statements(inner))]
    return lines + (["} else {", *draw(statements(inner))] if draw(st.booleans()) else []) + ["}"]


@st.composite
def loops(draw: st.DrawFn, scope: Scope) -> list[str]:
    """A loop that each thread runs its own number of times."""
    name = _loop_name(scope)
    head = f"for (unsigned {name} = 0; {name} < ({draw(expressions('u', 1))} & 3u); ++{name}) {{"
    leave = [f"  if ({draw(expressions('c', 1))}) {draw(st.sampled_from(['break', 'continue']))};"] if draw(st.booleans()) else []
    return [head, *draw(statements(scope.inner(uniform=False))), *leave, f"  u0 += {name};", "}"]


@st.composite
def uniform_loops(draw: st.DrawFn, scope: Scope) -> list[str]:
    """A loop that all threads run equally often: barriers inside are fine."""
    name = _loop_name(scope)
    head = f"for (unsigned {name} = 0; {name} < {draw(st.integers(1, 3))}u + (blockIdx.x & 1u); ++{name}) {{"
    return [head, *draw(statements(scope.inner(uniform=True))), f"  u1 += {name};", "}"]


@st.composite
def switches(draw: st.DrawFn, scope: Scope) -> list[str]:
    """A switch with and without falling through."""
    inner = scope.inner(uniform=False)
    lines = [f"switch ({draw(expressions('u', 1))} & 3u) {{"]
    for case in range(draw(st.integers(1, 3))):
        lines += [f"case {case}: {{", *draw(statements(inner)), "}" + (" break;" if draw(st.booleans()) else " [[fallthrough]];")]
    return [*lines, "default: u2 += 13u;", "}"]


@st.composite
def whiles(draw: st.DrawFn, scope: Scope) -> list[str]:
    """A loop whose condition the body changes; a counter bounds it."""
    name = _loop_name(scope)
    head = f"unsigned {name} = 0; while ({draw(expressions('c', 1))} && {name}++ < 4u) {{"
    return [head, *draw(statements(scope.inner(uniform=False))), "}"]


def _loop_name(scope: Scope) -> str:
    scope.loops.append("i")
    return f"i{len(scope.loops)}"


STATEMENTS = {"assign": assignments, "store": stores, "exchange": exchanges, "if": branches, "loop": loops,
              "uniform loop": uniform_loops, "switch": switches, "while": whiles}


@st.composite
def kernels(draw: st.DrawFn) -> str:
    """CUDA source of one kernel called `kernel`, for blocks of up to 128 threads in one dimension."""
    return SOURCE.format(body="\n".join(draw(statements(Scope()))))
