"""`mma` and `mma.sp` of every shape and kind: registers as PTX says, against sums of exact products."""

from __future__ import annotations

import numpy as np
import pytest
from devices import on_devices
from mma_forms import DENSE, FORMS, SPARSE, Mma

PARTS = {"some": FORMS[::23], "dense": DENSE, "sparse": SPARSE}


def _names(first: int, count: int) -> str:
    return "{" + ", ".join(f"%{first + n}" for n in range(count)) + "}"


def _kernel(number: int, form: Mma) -> str:
    a, b, c = form.counts
    letter, word = ("f", "float") if form.kinds[2] == "f32" else ("r", "unsigned")
    groups = ", ".join(_names(first, count) for first, count in ((0, c), (c, a), (c + a, b), (c + a + b, c)))
    text = f"{form.mnemonic} {groups}{form.tail[1]};"
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


def _program(forms: list[Mma]) -> str:
    kernels = "".join(_kernel(n, form) for n, form in enumerate(forms))
    calls = "".join(f" run(files, k{n}, {form.counts[2]});" for n, form in enumerate(forms))
    return f'#include "files.cuh"\n{kernels}{_RUN}int main(int, char** arguments) {{ Files files = opened(arguments);{calls} }}\n'


@pytest.mark.parametrize("which", ["some", *(pytest.param(which, marks=pytest.mark.slow) for which in ("dense", "sparse"))])
@on_devices("cpu")
def test_forms(tensor, device: str, which: str) -> None:
    _check(tensor, device, PARTS[which])


@on_devices("gfx1100")
def test_library_functions_are_not_those_of_another_kernel(tensor, device: str) -> None:
    """What LLVM made of a library's function for the first of these must not serve the second."""
    names = ("mma.sync.aligned.m16n8k8.row.col.f16.f16.f16.f16",
             "mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col.kind::f8f6f4.f32.e4m3.e3m2.f32")
    _check(tensor, device, [form for form in FORMS if form.mnemonic in names])


def _check(tensor, device: str, forms: list[Mma]) -> None:
    given = [np.ascontiguousarray(registers) for form in forms for registers in form.registers()]
    wrong = {}
    for form, content in zip(forms, tensor(device, _program(forms), given), strict=True):
        try:
            form.check(content)
        except AssertionError as error:
            wrong[form.mnemonic] = str(error).partition("\n")[0]
    assert not wrong
