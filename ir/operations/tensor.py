"""Operations that the interpreter does not run (yet): matrix units, asynchronous copies, textures, clusters.

They are in the table so that the portable dialect's verifier knows them; their many overloads are not spelled out.
Source: LLVM's "User Guide for NVPTX Back-end" and PTX ISA.
"""

from __future__ import annotations

from crosswarp.ir.operations.record import CONVERGENT, FENCE, NEVER, READ, SERVICE, WRITE, Effects, operation

_FAMILIES: tuple[tuple[str, Effects, str], ...] = (
    ("wmma", CONVERGENT | READ | WRITE, "matrix fragments of a warp: load, store, multiply (wmma)"),
    ("mma", CONVERGENT, "matrix product of a warp (mma.sync)"),
    ("ldmatrix", CONVERGENT | READ, "load of matrix fragments from shared memory"),
    ("stmatrix", CONVERGENT | WRITE, "store of matrix fragments to shared memory"),
    ("cp.async", READ | WRITE | FENCE, "asynchronous copy from global to shared memory, and waiting for it"),
    ("mbarrier", READ | WRITE | FENCE, "barrier objects in shared memory"),
    ("barrier.cluster", CONVERGENT | FENCE, "barrier of a cluster of blocks"),
    ("fence", FENCE, "fences between proxies"),
    ("mapa", Effects.PURE, "address of another block's shared memory"),
    ("tex", READ, "texture fetch"), ("tld4", READ, "texture gather"), ("suld", READ, "surface load"),
    ("sust", WRITE, "surface store"), ("txq", READ, "texture query"), ("suq", READ, "surface query"),
    ("prefetch", SERVICE, "prefetch"), ("griddepcontrol", FENCE, "order of dependent grids"),
)
OPERATIONS = [operation(f"llvm.nvvm.{name}.*", "T (...)", effects, NEVER, meaning) for name, effects, meaning in _FAMILIES]
