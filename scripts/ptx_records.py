"""Writes `cuda_api_coverage/derive/ptx_refused.tsv`: the forms of PTX that a target refuses, found by lowering examples of each.

    python scripts/ptx_records.py [--check]

Of every record some spellings, each with registers for its operands, go through the passes of the CPU and of two AMD GPUs. What
only GPUs with waves of 64 lanes refuse (gfx942 stands for them) counts as refused in part.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.tables import rows, write_rows
from crosswarp.cuda_api_coverage.derive.ptx import HEADINGS, REFUSED
from crosswarp.ir.ptx.examples import example
from crosswarp.ir.ptx.form import Form
from crosswarp.ir.ptx.records import FORMS
from crosswarp.ir.ptx.spellings import spellings, typed_template
from crosswarp.ir.reader import read_module
from crosswarp.support.diagnostics import CrosswarpError
from crosswarp.targets.amdgpu.lower import UNANSWERABLE
from crosswarp.targets.amdgpu.lower import lower as lower_amdgpu
from crosswarp.targets.base import StageContext, TargetOptions
from crosswarp.targets.cpu.lower import cpu_facts, retarget
from crosswarp.targets.cpu.lower import lower as lower_cpu

Target = Callable[[str, str], str]
"""What a target says against a module's text for an architecture; empty where it takes it. May raise `CrosswarpError`."""
_on_cpu: dict[frozenset[str], str] = {}
_MOST = 8
"""Spellings of a form that are tried."""
_KERNEL = """\
target datalayout = "e-p6:32:32-i64:64-i128:128-i256:256-v16:16-v32:32-n16:32:64"
target triple = "nvptx64-nvidia-cuda"
define ptx_kernel void @k() {{
  call void asm sideeffect "{}", ""()
  ret void
}}
"""


def refusals(form: Form, number: int, target: Callable[[str], str]) -> list[str]:
    """What the target says against each spelling that is tried; empty where it takes it."""
    spelled = list(spellings(form))
    chosen = [(mnemonic, form.use(mnemonic)) for mnemonic in spelled[:: -(-len(spelled) // _MOST)]]
    return [_said(target, _KERNEL.format(example(use, form, number).replace("$", "$$"))) for _, use in chosen if use is not None]


def _said(target: Callable[[str], str], text: str) -> str:
    try:
        return target(text)
    except CrosswarpError as error:
        return _words(error)


def amd(text: str, arch: str) -> str:
    """What no pass refuses, but the linker does, where optimisation leaves a call of it."""
    lowered = lower_amdgpu(text.encode(), arch, TargetOptions()).decode()
    left = [name for name in UNANSWERABLE if f"@{name}" in lowered]
    return f"the operation '{left[0].partition('.')[2]}'" if left else ""


def cpu(text: str, arch: str) -> str:
    """Forms that become the same operations are lowered in full once: that takes a process."""
    context = StageContext(arch, Path())
    module = read_module(text.encode())
    retarget(module, cpu_facts(context))
    operations = frozenset(module.functions)
    if operations not in _on_cpu:
        _on_cpu[operations] = ""
        try:
            lower_cpu(text.encode(), context)
        except CrosswarpError as error:
            _on_cpu[operations] = _words(error)
    return _on_cpu[operations]


def _words(error: CrosswarpError) -> str:
    return re.sub(r".*unsupported: (.*?) on .*", r"\1", str(error), flags=re.S)


TARGETS: dict[str, tuple[Target, tuple[str, ...]]] = {"cpu": (cpu, ("x86-64-v3",)), "amd": (amd, ("gfx1100", "gfx942"))}


def named() -> dict[str, list[tuple[int, Form]]]:
    """Forms by name, each with its number."""
    found: dict[str, list[tuple[int, Form]]] = {}
    for number, form in enumerate(FORMS):
        found.setdefault(typed_template(form), []).append((number, form))
    return found


def refused() -> Iterator[tuple[str, str, str, str]]:
    """Name, device, `all` or `some` of what the name stands for, and what is said."""
    for (name, same), (device, (target, archs)) in product(named().items(), TARGETS.items()):
        said = [[word for number, form in same for word in refusals(form, number, partial(_on, target, arch))] for arch in archs]
        if words := next((word for each in said for word in each if word), ""):
            place = "" if any(said[0]) else " on gfx9"
            yield name, device, "all" if all(map(all, said)) else "some", words + place


def _on(target: Target, arch: str, text: str) -> str:
    return target(text, arch)


def main() -> int:
    """Write, or with `--check` compare. Returns the exit status."""
    found = sorted(refused())
    if "--check" in sys.argv:
        return 0 if found == [tuple(row) for row in rows(REFUSED)] else 1
    write_rows(REFUSED, "Forms of PTX that a target refuses. Written by scripts/ptx_records.py.", HEADINGS, found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
