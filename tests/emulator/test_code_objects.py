"""Loading code objects: versions, processors, relocations, variables, bundles, and what is refused."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.assemble import code_object
from crosswarp.targets.amdgpu.emulator.launch import Module

from tests.emulator.kernels import POINTER, descriptor, image, load_scalars

EI_ABIVERSION, E_FLAGS = 8, 48  # offsets in the ELF header


def writes(value: int, arch: str = "gfx1100", version: int = 5) -> bytes:
    """A code object whose kernel writes a number."""
    store = "global_store_dword" if arch in {"gfx942", "gfx90a", "gfx1030"} else "global_store_b32"
    body = f"{load_scalars(arch, 's[4:5]', 's[0:1]')}\nv_mov_b32 v0, 0\nv_mov_b32 v1, {value}\n{store} v0, v1, s[4:5]"
    return image(body, arch, 64 if arch.startswith("gfx9") else 32, version=version)


def written(code: bytes, arch: str | None = None) -> int:
    """What the kernel of `writes` writes."""
    out = np.zeros(1, np.uint32)
    Module(code, arch).kernel("k").launch(1, 1, [out])
    return int(out[0])


@pytest.mark.parametrize("version", [4, 5, 6])
@pytest.mark.parametrize("arch", ["gfx1100", "gfx90a"])
def test_code_object_versions(arch: str, version: int) -> None:
    """The ELF header tells them apart."""
    code = writes(11, arch, version)
    assert code[EI_ABIVERSION] == version - 2
    assert written(code) == 11


@pytest.mark.parametrize(
    ("image_arch", "device"),
    [("gfx11-generic", "gfx1151"), ("gfx10-3-generic", "gfx1030"), ("gfx12-generic", "gfx1201"), ("gfx9-4-generic", "gfx942")],
)
def test_generic_targets_run_on_their_members(image_arch: str, device: str) -> None:
    """And on nothing else."""
    body = (
        "s_load_dwordx2 s[4:5], s[0:1], 0x0"
        if image_arch[3] != "1" or image_arch.startswith("gfx10")
        else "s_load_b64 s[4:5], s[0:1], 0x0"
    )
    wait = "s_wait_kmcnt 0" if image_arch.startswith("gfx12") else "s_waitcnt lgkmcnt(0)"
    store = "global_store_b32" if image_arch.startswith(("gfx11", "gfx12")) else "global_store_dword"
    lanes = 64 if image_arch.startswith("gfx9") else 32
    code = image(f"{body}\n{wait}\nv_mov_b32 v0, 0\nv_mov_b32 v1, 5\n{store} v0, v1, s[4:5]", image_arch, lanes, version=6)
    assert written(code, device) == 5
    with pytest.raises(ValueError, match=f"code for {image_arch}, not for gfx90a"):
        Module(code, "gfx90a")


def test_features_of_the_processor_do_not_matter() -> None:
    """xnack and sramecc change nothing that is emulated; a device's name may carry them."""
    code = bytearray(writes(3, "gfx90a"))
    code[E_FLAGS + 1] = 0x0F  # both on
    assert written(bytes(code), "gfx90a:sramecc+:xnack-") == 3


RELOCATED = """
.text
.globl first
.type first,@function
first:
  v_mov_b32 v2, 41
  s_setpc_b64 s[30:31]
.size first, .-first
second:
  v_mov_b32 v2, 42
  s_setpc_b64 s[30:31]
.globl k
.p2align 8
.type k,@function
k:
  s_load_b64 s[4:5], s[0:1], 0x0
  s_getpc_b64 s[6:7]
  s_add_u32 s6, s6, table@rel32@lo+4
  s_addc_u32 s7, s7, table@rel32@hi+12
  s_waitcnt lgkmcnt(0)
  v_mov_b32 v0, 0
  s_load_b64 s[8:9], s[6:7], 0x0
  s_waitcnt lgkmcnt(0)
  s_swappc_b64 s[30:31], s[8:9]
  global_store_b32 v0, v2, s[4:5]
  s_load_b64 s[8:9], s[6:7], 0x8
  s_waitcnt lgkmcnt(0)
  s_swappc_b64 s[30:31], s[8:9]
  global_store_b32 v0, v2, s[4:5] offset:4
  s_load_b64 s[8:9], s[6:7], 0x10
  s_waitcnt lgkmcnt(0)
  s_load_b32 s10, s[8:9], 0x4
  s_waitcnt lgkmcnt(0)
  v_mov_b32 v2, s10
  global_store_b32 v0, v2, s[4:5] offset:8
  s_endpgm
.size k, .-k
.data
.globl table
.protected table
.type table,@object
.p2align 3
table: .quad first, second, numbers + 4
.size table, 24
.globl numbers
.type numbers,@object
numbers: .long 1, 2, 3, 4
.size numbers, 16
.bss
.globl room
.type room,@object
room: .zero 4096
.size room, 4096
"""


def test_relocations_and_variables() -> None:
    """Addresses of functions, a local one too, and of a variable with an addend; variables read and written by name."""
    module = Module(code_object(RELOCATED + descriptor("k", "gfx1100", 32, {}, 8) + "\n", "gfx1100", 32))
    assert sorted(module.symbols()) == ["numbers", "room", "table"]
    module.symbol("numbers").view(np.uint32)[2] = 77
    out = np.zeros(3, np.uint32)
    module.kernel("k").launch(1, 1, int(out.ctypes.data).to_bytes(8, "little"))  # a kernel without metadata
    assert out.tolist() == [41, 42, 77]
    assert module.symbol("room").size == 4096
    assert not module.symbol("room").any()
    with pytest.raises(KeyError):
        module.symbol("k")


def test_an_undefined_symbol_is_named() -> None:
    """As a program with a missing device function has it."""
    source = ".data\n.globl table\n.type table,@object\ntable: .quad elsewhere\n.size table, 8\n"
    with pytest.raises(ValueError, match="undefined symbol elsewhere"):
        Module(code_object(source, "gfx1100", 32))


def bundle(entries: list[tuple[str, bytes]]) -> bytes:
    """Clang's offload bundle."""
    ids = [name.encode() for name, _ in entries]
    at = 24 + 8 + sum(24 + len(name) for name in ids)
    head, data = b"__CLANG_OFFLOAD_BUNDLE__" + struct.pack("<Q", len(entries)), b""
    for name, (_, code) in zip(ids, entries, strict=True):
        at += (padding := -at % 4096)
        data += bytes(padding) + code
        head += struct.pack("<QQQ", at, len(code), len(name)) + name
        at += len(code)
    return head + data


def test_bundles() -> None:
    """The device's own code object, else a generic one, else the reason."""
    entries = [
        ("host-x86_64-unknown-linux-gnu-", b""),
        ("hipv4-amdgcn-amd-amdhsa--gfx1030", writes(1, "gfx1030")),
        ("hipv4-amdgcn-amd-amdhsa--gfx11-generic", writes(2, "gfx11-generic", 6)),
        ("hipv4-amdgcn-amd-amdhsa--gfx90a:xnack-", writes(3, "gfx90a")),
        ("hipv4-amdgcn-amd-amdhsa--gfx1100", writes(4, "gfx1100")),
    ]
    code = bundle(entries)
    assert [written(code, arch) for arch in ("gfx1030", "gfx1151", "gfx90a", "gfx1100")] == [1, 2, 3, 4]
    with pytest.raises(ValueError, match="no code object for gfx942 in an offload bundle"):
        Module(code, "gfx942")
    with pytest.raises(ValueError, match="damaged offload bundle"):
        Module(code[:100])


def changed(code: bytes, offset: int, value: bytes) -> bytes:
    """`code` with other bytes at an offset."""
    return code[:offset] + value + code[offset + len(value) :]


def test_what_is_no_code_object_is_refused() -> None:
    """Each with its reason."""
    code = writes(1)
    cases = {
        b"": "no ELF file",
        b"CCOB" + bytes(100): "compressed offload bundle",
        code[:40]: "no ELF file",
        code[: len(code) // 2]: "damaged code object",
        changed(code, 18, b"\x3e"): "machine 62",
        changed(code, 7, b"\0"): "not for amdhsa",
        changed(code, 16, b"\1"): "not linked",
        changed(code, EI_ABIVERSION, b"\1"): "code object version 3",
        changed(code, E_FLAGS, b"\xfe"): "unknown processor",
        changed(code, E_FLAGS, b"\x2f"): "gfx906, which is not emulated",
    }
    for damaged, reason in cases.items():
        with pytest.raises(ValueError, match=reason):
            Module(damaged)


def test_a_kernel_says_what_it_needs() -> None:
    """Of metadata and descriptor."""
    code = image("s_nop 0", "gfx90a", 64, [POINTER], next_free_vgpr=24, accum_offset=16, group_segment_fixed_size=512,
                 private_segment_fixed_size=40)  # fmt: skip
    kernel = Module(code).kernel("k")
    found = (kernel.lanes, kernel.lds_bytes, kernel.scratch_bytes, kernel.kernarg_bytes, kernel.max_threads, kernel.dynamic_stack)
    assert found == (64, 512, 40, 8, 1024, False)
    assert [k.name for k in Module(code).kernels()] == ["k"]
    with pytest.raises(KeyError):
        Module(code).kernel("other")
