"""`mma.sp` of every shape, kind and selector: registers as PTX says, against sums of exact products."""

from __future__ import annotations

import numpy as np
import pytest
from devices import on_devices
from sparse import SPARSE, Sparse

QUICK = SPARSE[::13]


def _names(first: int, count: int) -> str:
    return "{" + ", ".join(f"%{first + n}" for n in range(count)) + "}"


def _kernel(number: int, form: Sparse) -> str:
    a, b, c = form.counts
    letter, word = ("f", "float") if form.kinds[2] == "f32" else ("r", "unsigned")
    groups = ", ".join(_names(first, count) for first, count in ((0, c), (c, a), (c + a, b), (c + a + b, c)))
    text = f"{form.mnemonic} {groups}, %{2 * c + a + b}, {form.selector};"
    registers = [f'"r"({m}[threadIdx.x * {n} + {i}])' for m, n in (("a", a), ("b", b)) for i in range(n)]
    registers += [f'"{letter}"((({word}*)c)[threadIdx.x * {c} + {i}])' for i in range(c)]
    results = ", ".join(f'"={letter}"(r[{i}])' for i in range(c))
    return f"""
__global__ void k{number}(const unsigned* a, const unsigned* b, const unsigned* c, const unsigned* e, void* d) {{
  {word} r[{c}];
  asm volatile("{text}" : {results} : {", ".join(registers)}, "r"(e[threadIdx.x]));
  for (int i = 0; i < {c}; ++i) (({word}*)d)[threadIdx.x * {c} + i] = r[i];
}}
"""


_RUN = """
static void run(Files& files, decltype(k0)* kernel, int registers) {
  auto *a = given<unsigned>(files), *b = given<unsigned>(files), *c = given<unsigned>(files), *e = given<unsigned>(files);
  auto* d = empty<unsigned>(32 * registers);
  kernel<<<1, 32>>>(a, b, c, e, d);
  put(files, d, 32 * registers);
}
"""


def _program(forms: list[Sparse]) -> str:
    kernels = "".join(_kernel(n, form) for n, form in enumerate(forms))
    calls = "".join(f" run(files, k{n}, {form.counts[2]});" for n, form in enumerate(forms))
    return f'#include "files.cuh"\n{kernels}{_RUN}int main(int, char** arguments) {{ Files files = opened(arguments);{calls} }}\n'


@pytest.mark.parametrize("which", ["some", pytest.param("all", marks=pytest.mark.slow)])
@on_devices("cpu")
def test_sparse(tensor, device: str, which: str) -> None:
    forms = QUICK if which == "some" else SPARSE
    given = [np.ascontiguousarray(registers) for form in forms for registers in form.registers()]
    wrong = {}
    for form, content in zip(forms, tensor(device, _program(forms), given), strict=True):
        try:
            form.check(content)
        except AssertionError as error:
            wrong[form.mnemonic] = str(error).partition("\n")[0]
    assert not wrong
