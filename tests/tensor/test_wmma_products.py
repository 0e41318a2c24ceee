"""Every shape, kind and layout of `nvcuda::wmma`, from and to every state space, against sums of exact products."""

from __future__ import annotations

import pytest
from devices import on_devices
from products import WMMAS, Wmma

QUICK = [wmma for n, wmma in enumerate(WMMAS) if n % 11 == 5 or n >= len(WMMAS) - 4]


def _program(wmmas: list[Wmma]) -> str:
    calls = "".join(f"  {wmma.call}\n" for wmma in wmmas)
    return f'#include "wmma_products.cuh"\nint main(int, char** arguments) {{\n  Files files = opened(arguments);\n{calls}}}\n'


def _check(tensor, device: str, wmmas: list[Wmma]) -> None:
    results = iter(tensor(device, _program(wmmas), [array for wmma in wmmas for array in wmma.arrays()]))
    wrong = {}
    for wmma in wmmas:
        for job in wmma.jobs():
            try:
                wmma.check(job, next(results))
            except AssertionError as error:
                wrong[f"{wmma} {job}"] = str(error).partition("\n")[0]
    assert not wrong, "\n".join(f"{name}: {error}" for name, error in wrong.items())


@on_devices("cpu", "gfx1100", "gfx942")
def test_some_forms(tensor, device: str) -> None:
    _check(tensor, device, QUICK)


@pytest.mark.parametrize("kind", ["f16", "bf16", "s8", "u8", "other"])
@on_devices()
def test_all_forms(tensor, device: str, kind: str) -> None:
    others = ("tf32", "f64", "s4", "u4", "b1")
    _check(tensor, device, [wmma for wmma in WMMAS if wmma.kind in ((kind,) if kind != "other" else others)])
