"""Kernels in assembly with their descriptors and metadata, for tests of launches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crosswarp.targets.amdgpu.emulator.assemble import code_object
from crosswarp.targets.amdgpu.emulator.launch import Kernel, Module

MACHINES = (("gfx1100", 32), ("gfx1100", 64), ("gfx1201", 32), ("gfx1030", 32), ("gfx1030", 64), ("gfx90a", 64), ("gfx942", 64))
MACHINE_NAMES = [f"{arch}-{lanes}" for arch, lanes in MACHINES]
POINTER = (8, "global_buffer")
WORD = (4, "by_value")

Argument = tuple[int, str]  # bytes, value kind


def is_rdna(arch: str) -> bool:
    """Whether the architecture has waves of 32."""
    return arch.startswith("gfx1")


def descriptor(name: str, arch: str, lanes: int, directives: dict[str, int], kernarg_bytes: int) -> str:
    """`.amdhsa_kernel` with what every kernel needs."""
    chosen = {"next_free_vgpr": 64, "next_free_sgpr": 64, "user_sgpr_kernarg_segment_ptr": 1, "kernarg_size": kernarg_bytes}
    if is_rdna(arch):
        chosen["wavefront_size32"] = int(lanes == 32)
    else:
        chosen["accum_offset"] = 64
    lines = [f"  .amdhsa_{key} {value}" for key, value in (chosen | directives).items()]
    return "\n".join([".rodata", ".p2align 6", f".amdhsa_kernel {name}", *lines, ".end_amdhsa_kernel"])


def layout(arguments: Sequence[Argument]) -> list[int]:
    """Offsets, each aligned to its size."""
    offsets, at = [], 0
    for size, _ in arguments:
        at = -(-at // size) * size
        offsets.append(at)
        at += size
    return offsets


def metadata(name: str, lanes: int, arguments: Sequence[Argument]) -> str:
    """`.amdgpu_metadata` of one kernel."""
    offsets = layout(arguments)
    head = f"""amdhsa.version: [1, 2]
amdhsa.kernels:
  - .name: {name}
    .symbol: {name}.kd
    .kernarg_segment_size: {size_of(arguments)}
    .group_segment_fixed_size: 0
    .private_segment_fixed_size: 0
    .kernarg_segment_align: 8
    .wavefront_size: {lanes}
    .sgpr_count: 64
    .vgpr_count: 64
    .max_flat_workgroup_size: 1024
    .args:"""
    lines = [head]
    for offset, (size, kind) in zip(offsets, arguments, strict=True):
        lines += [f"      - .offset: {offset}", f"        .size: {size}", f"        .value_kind: {kind}"]
        if kind == "global_buffer":
            lines.append("        .address_space: global")
    return "\n".join([".amdgpu_metadata", *lines, ".end_amdgpu_metadata"])


def size_of(arguments: Sequence[Argument]) -> int:
    """Bytes of the argument segment."""
    return max((at + size for at, (size, _) in zip(layout(arguments), arguments, strict=True)), default=0)


def image(
    body: str,
    arch: str,
    lanes: int,
    arguments: Sequence[Argument] = (POINTER,),
    *,
    version: int = 5,
    more: str = "",
    **directives: int,
) -> bytes:
    """A code object with the kernel `k` of the code `body` (`s_endpgm` is added) and `more`. `directives`: of `.amdhsa_kernel`."""
    lines = [
        *(".text", ".globl k", ".p2align 8", ".type k,@function", "k:", body, "s_endpgm", ".Lend:", ".size k, .Lend-k", more),
        *(descriptor("k", arch, lanes, directives, size_of(arguments)), metadata("k", lanes, arguments), ""),
    ]
    return code_object("\n".join(lines), arch, lanes, version)


def kernel(body: str, arch: str, lanes: int, arguments: Sequence[Argument] = (POINTER,), **more: Any) -> Kernel:
    """The kernel of `image`, loaded."""
    return Module(image(body, arch, lanes, arguments, **more), arch).kernel("k")


def wait(arch: str) -> str:
    """Waits for all loads."""
    if arch.startswith("gfx12"):
        return "s_wait_kmcnt 0\ns_wait_loadcnt 0\ns_wait_dscnt 0"
    return "s_waitcnt vmcnt(0) lgkmcnt(0)"


def load_scalars(arch: str, destination: str, base: str, offset: int = 0) -> str:
    """A scalar load of as many registers as `destination` has (`s[4:5]`)."""
    first, _, last = destination.strip("s[]").partition(":")
    count = int(last) - int(first) + 1 if last else 1
    unit = ("b" + str(32 * count)) if arch >= "gfx11" and is_rdna(arch) else "dword" + (f"x{count}" if count > 1 else "")
    return f"s_load_{unit} {destination}, {base}, {offset:#x}\n{wait(arch)}"


def barrier(arch: str) -> str:
    """The workgroup's barrier, with waits for LDS before it."""
    return f"{wait(arch)}\n" + ("s_barrier_signal -1\ns_barrier_wait -1" if arch.startswith("gfx12") else "s_barrier")


def store(arch: str, address: str, data: str, base: str) -> str:
    """Each lane writes a register at `base` + its `address`."""
    return f"global_store_{'b32' if arch >= 'gfx11' and is_rdna(arch) else 'dword'} {address}, {data}, {base}"


def group_id(arch: str, axis: int, user_sgprs: int = 2) -> str:
    """Where the number of the workgroup is when all three are asked for; on gfx12 y and z share a register."""
    return ("ttmp9", "ttmp7", "ttmp7")[axis] if arch.startswith("gfx12") else f"s{user_sgprs + axis}"
