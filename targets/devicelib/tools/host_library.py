"""The device math library as a shared object of this machine, every function callable on whole numpy arrays.

The functions and their C signatures come from `crosswarp/operations.def`, so that a function the headers name and the
library lacks is found by linking. Needs numpy and the `ziglang` wheel.
"""

from __future__ import annotations

import ctypes
import platform
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from crosswarp.support.paths import include_dir
from crosswarp.support.toolchain import cc1_command, lld_command, run_tool
from crosswarp.targets import build
from numpy.typing import NDArray

Array = NDArray[np.generic]
NUMPY_TYPES = {"float": np.float32, "double": np.float64, "int": np.int32, "unsigned": np.uint32,
               "long long": np.int64, "unsigned long long": np.uint64}  # fmt: skip
SOURCES = Path(build.__file__).resolve().parent / "devicelib" / "math"
LIBCALLS = Path(build.__file__).resolve().parent / "cpu" / "devicelib" / "libcalls"


@dataclass(frozen=True)
class Operation:
    """One record of operations.def: the name in LLVM IR, C result and parameter types."""

    label: str
    effect: str
    result: str
    parameters: tuple[str, ...]

    @property
    def wrapper(self) -> str:
        """Name of the function that applies it to arrays."""
        return "array" + re.sub(r"\W", "_", self.label)

    def c_text(self) -> str:
        """Declaration and array wrapper. Element k gets pointers to element k of the arrays behind pointer parameters."""
        plain = [p for p in self.parameters if not p.endswith("*")]
        arrays = [f"const {p} *a{i}" if not p.endswith("*") else f"{p} a{i}" for i, p in enumerate(self.parameters)]
        values = [f"a{i}[k]" if p in plain else f"a{i} + k" for i, p in enumerate(self.parameters)]
        returns = f"{self.result} *out, " if self.result != "void" else ""
        name = f"of_{self.wrapper}"
        call = ("out[k] = " if returns else "") + f"{name}({', '.join(values)})"
        declaration = f'extern "C" {self.result} {name}({", ".join(self.parameters)}) __asm__("{self.label}");'
        body = f'extern "C" void {self.wrapper}(long n, {returns}{", ".join(arrays)}) {{ for (long k = 0; k < n; ++k) {call}; }}'
        return f"{declaration}\n{body}\n"


def read_operations() -> list[Operation]:
    """Math and conversion operations of operations.def that this module can call."""
    table = include_dir() / "crosswarp" / "operations.list.h"
    text = run_tool(cc1_command("-E", "-P", "-x", "c", str(table))).stdout.decode()
    operations = []
    for record in text.split(";"):
        if "__cw" not in record:
            continue
        label, effect, result, parameters = (part.strip() for part in record.split("|"))
        name = "".join(re.findall(r'"([^"]*)"', label))
        types = tuple(re.sub(r"\s*\*", " *", p.strip()) for p in parameters.strip("()").split(","))
        if name.startswith(("__cw.math.", "__cw.cvt.")):
            operations.append(Operation(name, effect, result, types))
    return operations


class HostLibrary:
    """Builds in `folder` for `processor` (a level of this machine's architecture) and loads."""

    def __init__(self, folder: Path, processor: str | None = None) -> None:
        self.operations = {operation.label: operation for operation in read_operations()}
        machine = platform.machine()
        triple = f"{machine}-unknown-linux-gnu"
        chosen = processor or ("x86-64-v3" if machine == "x86_64" else "generic")
        shared = folder / "math.so"
        common = ["-triple", triple, "-target-cpu", chosen, "-O2", "-mrelocation-model", "pic", "-pic-level", "2", "-emit-obj"]
        source = folder / "arrays.cpp"
        source.write_text("".join(operation.c_text() for operation in self.operations.values()))
        run_tool(cc1_command(*common, "-x", "c++", "-std=c++20", str(source), "-o", str(folder / "arrays.o")))
        libraries = [
            build.Library("math", triple, (), tuple(sorted(SOURCES.glob("*.cpp"))), SOURCES),
            build.Library("libcalls", triple, ("-Wno-psabi",), tuple(sorted(LIBCALLS.glob("*.cpp"))), LIBCALLS),
        ]
        build.Builder(folder, folder / "work", 2).build(libraries)
        for name in ("math", "libcalls"):
            bitcode = folder / "devicelib" / f"{name}.bc"
            run_tool(cc1_command(*common, "-x", "ir", str(bitcode), "-o", str(folder / f"{name}.o")))
        objects = [str(folder / f"{name}.o") for name in ("arrays", "math", "libcalls")]
        # -Bsymbolic: calls of fma stay inside, whatever the process has loaded.
        run_tool(lld_command("-shared", "-Bsymbolic", "--no-undefined", *objects, "-o", str(shared)))
        self.library = ctypes.CDLL(str(shared))

    def call(self, label: str, *arguments: Array) -> tuple[Array, ...]:
        """Apply `label` to arrays of equal length; returns the result (if any), then what its pointers received."""
        operation = self.operations[label]
        count = len(arguments[0])
        outputs = [np.empty(count, NUMPY_TYPES[operation.result])] if operation.result != "void" else []
        pointers: list[Array] = list(outputs)
        given = iter(arguments)
        for parameter in operation.parameters:
            if parameter.endswith("*") and not parameter.startswith("const"):
                outputs.append(np.empty(count, NUMPY_TYPES[parameter.rstrip(" *")]))
                pointers.append(outputs[-1])
            else:
                pointers.append(np.ascontiguousarray(next(given), NUMPY_TYPES[parameter.removeprefix("const ").rstrip(" *")]))
        function = getattr(self.library, operation.wrapper)
        function(ctypes.c_long(count), *(ctypes.c_void_p(array.ctypes.data) for array in pointers))
        return tuple(outputs)
