"""The checks `races` and `barriers`: LDS between the waves of a workgroup, and where waves and lanes meet."""

from __future__ import annotations

import pytest

from tests.emulator.checked import Case, findings
from tests.emulator.kernels import barrier, image, wait

MACHINES = (("gfx1100", 32), ("gfx1100", 64), ("gfx1201", 32), ("gfx90a", 64))
MACHINE_NAMES = [f"{arch}-{lanes}" for arch, lanes in MACHINES]

# Two waves. v1 is the address in LDS of the thread's own dword, v2 that of its lane in the other wave, s20 the wave's number.
# {b} is the barrier, {w} waits for loads. What is said of it, or "".
OWN, OTHER = "ds_{write} v1, v1; {w}", "ds_{read} v5, v2; {w}"
RACES = {
    "own bytes": (f"{OWN}; ds_{{read}} v5, v1; {{w}}", ""),
    "read of what the other wave wrote": (f"{OWN}; {OTHER}", "reads byte"),
    "read after a barrier": (f"{OWN}; {{b}}; {OTHER}", ""),
    "write of what the other wave read": (f"{OWN}; {{b}}; {OTHER}; ds_{{write}} v1, v0; {{w}}", "writes byte"),
    "write after a second barrier": (f"{OWN}; {{b}}; {OTHER}; {{b}}; ds_{{write}} v1, v0; {{w}}", ""),
    "both write": ("ds_{write} v3, v1; {w}", "writes byte"),
    "both write the same": ("ds_{write} v3, v3; {w}", ""),
    "neighbouring bytes": ("v_add_{u32} v4, s20, v3; ds_{byte} v4, v4; {w}", ""),
    "atomics": ("ds_add_u32 v3, v1; {w}; ds_add_u32 v3, v1; {w}", ""),
    "atomic and write": ("ds_add_u32 v3, v1; {w}; ds_{write} v3, v1; {w}", "byte"),
    "atomics and read at once": ("ds_add_u32 v3, v1; {w}; ds_{read} v5, v3; {w}", "updates byte"),
    "atomics and read of one counter": ("v_mov_b32 v6, 0; ds_add_u32 v6, v1; {w}; ds_{read} v5, v6; {w}", ""),
    "atomics of one wave and reads of the other": (
        "s_cmp_eq_u32 s20, 0; s_cbranch_scc0 .Lr; ds_add_u32 v3, v1; {w}; s_branch .Ld; "
        ".Lr: ds_{read} v5, v3; {w}; .Ld:", "reads byte",
    ),
    "compare and swap": ("ds_{read} v5, v3; {w}; {cas}; {w}", ""),
    "atomics and read after a barrier": ("ds_add_u32 v3, v1; {w}; {b}; ds_{read} v5, v3; {w}", ""),
    "the first of three barriers again": (f"{{b}}; {OWN}; {{b}}; {{b}}; {OTHER}; {{b}}; {OWN}", ""),
    # Wave 0 writes and raises a flag; wave 1 waits for it with atomics, then reads.
    "flag of atomics": (
        "v_mov_b32 v6, 0x800; v_mov_b32 v7, 1; v_mov_b32 v8, 0; s_cmp_eq_u32 s20, 0; s_cbranch_scc0 .Lwait; "
        f"{OWN}; ds_add_u32 v6, v7; {{w}}; s_branch .Ldone; "
        ".Lwait: ds_add_rtn_u32 v9, v6, v8; {w}; v_readfirstlane_b32 s8, v9; s_cmp_eq_u32 s8, 0; s_cbranch_scc1 .Lwait; "
        f"{OTHER}; .Ldone:", "",
    ),
}  # fmt: skip

BARRIERS = {
    "the same": ("s_nop 0; {b}; s_nop 0; {b}", ""),
    "different ones": ("s_cmp_eq_u32 s20, 0; s_cbranch_scc1 .La; {b}; s_branch .Lb; .La: {b}; .Lb:", "another barrier"),
    "one wave has ended": ("s_cmp_eq_u32 s20, 0; s_cbranch_scc1 .La; {b}; .La:", ""),
    "some lanes have ended": ("s_mov_b32 exec_lo, 15; {b}; {store}; {b}", ""),
    "some lanes are not there": ("s_mov_b32 exec_lo, 15; {b}; s_mov_b32 exec_lo, -1; {b}", "not at an earlier barrier"),
    "lanes go on after they have left": ("s_mov_b32 exec_lo, 15; {b}; s_mov_b32 exec_lo, -1; {store}", ""),
}


def prologue(arch: str, lanes: int) -> str:
    """The registers that the code above uses; memory is at s[8:9]."""
    rdna = arch.startswith("gfx1")
    plus = "v_add_nc_u32" if rdna else "v_add_u32"
    lines = [
        "s_load_b64 s[8:9], s[0:1], 0" if rdna and arch >= "gfx11" else "s_load_dwordx2 s[8:9], s[0:1], 0",
        wait(arch),
        "v_and_b32 v0, 0x3ff, v0",
        f"v_lshrrev_b32 v1, {lanes.bit_length() - 1}, v0",
        "v_readfirstlane_b32 s20, v1",
        f"v_mbcnt_lo_u32_b32 v3, -1, 0\nv_mbcnt_hi_u32_b32 v3, {-1 if lanes == 64 else 0}, v3",
        "v_lshlrev_b32 v3, 2, v3",
        "v_lshlrev_b32 v1, 2, v0",
        f"{plus} v2, {4 * lanes}, v1",
        f"v_and_b32 v2, {8 * lanes - 1:#x}, v2",
        "s_mov_b32 m0, -1" if not rdna else "",
    ]
    return "\n".join(lines)


def spelled(text: str, arch: str) -> str:
    """The code for an architecture."""
    rdna, new = arch.startswith("gfx1"), arch.startswith("gfx1") and arch >= "gfx11"
    store = f"global_store_{'b32' if new else 'dword'} v1, v1, s[8:9]"
    words = {"w": wait(arch), "b": barrier(arch), "store": store, "u32": "nc_u32" if rdna else "u32"}
    words |= (
        {"write": "store_b32", "read": "load_b32", "byte": "store_b8"}
        if new
        else {"write": "write_b32", "read": "read_b32", "byte": "write_b8"}
    )
    words["cas"] = "ds_cmpstore_rtn_b32 v6, v3, v1, v5" if new else "ds_cmpst_rtn_b32 v6, v3, v5, v1"
    for key, word in words.items():
        text = text.replace(f"{{{key}}}", word)
    return "\n".join(part.strip() for part in text.split(";"))


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    """Findings of every kernel on every machine, of one process."""
    cases = {}
    for arch, lanes in MACHINES:
        for name, (code, _) in (RACES | BARRIERS).items():
            body = f"{prologue(arch, lanes)}\n{spelled(code, arch)}"
            cases[f"{arch}-{lanes} {name}"] = Case(arch, lanes, image(body, arch, lanes, group_segment_fixed_size=4096), 2 * lanes)
    return findings(cases, "races,barriers")


@pytest.mark.parametrize("machine", MACHINE_NAMES)
@pytest.mark.parametrize("name", RACES | BARRIERS)
def test_found_and_silent(found: dict[str, list[str]], name: str, machine: str) -> None:
    lines, expected = found[f"{machine} {name}"], (RACES | BARRIERS)[name][1]
    if not expected:
        assert lines == []
        return
    assert any(expected in line for line in lines)  # a race shows on one side or on both
    assert len({line.partition(" code+")[2].partition(":")[0] for line in lines}) == len(lines)  # once for each place


def test_threads_of_a_race(found: dict[str, list[str]]) -> None:
    """The reader, the byte and the wave that wrote it."""
    (line,) = [line for line in found["gfx1100-32 read of what the other wave wrote"] if "reads" in line]
    assert "kernel k, block (0,0,0), thread (32,0,0), code+" in line
    assert "reads byte 0 of shared memory, which wave 0 touches at code+" in line
    assert line.endswith("(ds_load_b32)")
