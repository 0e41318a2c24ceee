"""Helpers of these tests: device IR of the inputs, LLVM's opinion of a text, and its own print of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import llvmlite.binding as llvm
from crosswarp.ir.module import Module
from crosswarp.ir.reader import read_all
from crosswarp.support.toolchain import cc1_command, resource_dir, run_tool

INPUTS = Path(__file__).parent / "inputs"


@cache
def device_ir(name: str, *flags: str) -> str:
    """LLVM text of an input, as the device pass makes it."""
    command = cc1_command("-triple", "nvptx64-nvidia-cuda", "-aux-triple", "x86_64-unknown-linux-gnu", "-target-cpu", "sm_80",
                          "-target-feature", "+ptx81", "-x", "cuda", "-fcuda-is-device", "-fcuda-allow-variadic-functions",
                          "-std=c++17", "-O3", "-disable-llvm-passes", "-emit-llvm", "-w", "-resource-dir", resource_dir(),
                          *flags, str(INPUTS / name), "-o", "-")
    return run_tool(command).stdout.decode()


@contextmanager
def llvm_module(text: str) -> Iterator[llvm.ModuleRef]:
    """A text as LLVM's module, in a context of its own so that names of types stay. Closed in order, not when collected."""
    context = llvm.create_context()
    try:
        module = llvm.parse_assembly(text, context)
        try:
            yield module
        finally:
            module.close()
    finally:
        context.close()


def canonical(text: str) -> str:
    """LLVM's own print of a text that it accepts and verifies."""
    with llvm_module(text) as module:
        module.verify()
        module.name = ""
        return str(module)


def optimized(text: str, level: int = 3) -> str:
    """The text after LLVM's target-neutral pipeline."""
    llvm.initialize_all_targets()
    with llvm_module(text) as module:
        machine = llvm.Target.from_triple(module.triple).create_target_machine(cpu="sm_80")
        builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=level))
        builder.getModulePassManager().run(module, builder)
        return str(module)


def reread(text: str) -> Module:
    """A module with every body parsed, so that writing prints all of it anew."""
    return read_all(text)
