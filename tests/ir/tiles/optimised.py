"""Modules as they are when layouts are chosen."""

from __future__ import annotations

import tempfile

from crosswarp.ir.module import Module
from crosswarp.ir.reader import read_module
from crosswarp.ir.writer import write_module
from crosswarp.support.toolchain import cc1_command, run_tool


def optimised(module: Module) -> Module:
    """By LLVM: registers are values."""
    with tempfile.NamedTemporaryFile("w", suffix=".ll") as source:
        source.write(write_module(module))
        source.flush()
        command = cc1_command("-triple", "nvptx64-nvidia-cuda", "-x", "ir", "-O1", "-emit-llvm", source.name, "-o", "-")
        return read_module(run_tool(command).stdout)
