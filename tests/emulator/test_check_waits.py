"""The check `waits`: registers that are used before a load into them is complete."""

from __future__ import annotations

import pytest
from crosswarp.targets.amdgpu.emulator.assemble import assemble

from tests.emulator.checked import Case, findings
from tests.emulator.memory_forms import MACHINES, machines

# {load} loads a dword of global memory, {ds} one of LDS, {s2} two scalars; {vm N}, {lgkm N} and {sm N} wait for counters.
# The register that is found, or "" where nothing is wrong.
CODE = {
    "global load read at once": ("{load} v3, v[0:1], off; v_mov_b32 v4, v3", "reads v3"),
    "global load waited for": ("{load} v3, v[0:1], off; {vm 0}; v_mov_b32 v4, v3", ""),
    "the first of two loads": ("{load} v3, v[0:1], off; {load} v5, v[0:1], off; {vm 1}; v_mov_b32 v4, v3", ""),
    "the second of two loads": ("{load} v3, v[0:1], off; {load} v5, v[0:1], off; {vm 1}; v_mov_b32 v4, v5", "reads v5"),
    "the upper half of a pair": ("{load2} v[4:5], v[0:1], off; v_mov_b32 v6, v5", "reads v5"),
    "the register behind a pair": ("{load2} v[4:5], v[0:1], off; v_mov_b32 v7, v6", ""),
    "a pair of which the upper half is loaded": ("{load} v5, v[0:1], off; v_lshlrev_b64 v[6:7], 1, v[4:5]", "reads v5"),
    "overwritten": ("{load} v3, v[0:1], off; v_mov_b32 v3, 0", "writes v3"),
    "loaded again": ("{load} v3, v[0:1], off; {load} v3, v[0:1], off; {vm 0}; v_mov_b32 v4, v3", ""),
    "as an address": ("{load2} v[4:5], v[0:1], off; {load} v3, v[4:5], off", "reads v4"),
    "as data": ("{load} v3, v[0:1], off; {store} v[0:1], v3, off", "reads v3"),
    "the wrong counter": ("{load} v3, v[0:1], off; {lgkm 0}; v_mov_b32 v4, v3", "reads v3"),
    "LDS read at once": ("{ds} v3, v2; v_mov_b32 v4, v3", "reads v3"),
    "LDS waited for": ("{ds} v3, v2; {lgkm 0}; v_mov_b32 v4, v3", ""),
    "LDS in order": ("{ds} v3, v2; {ds} v5, v2; {lgkm 1}; v_mov_b32 v4, v3", ""),
    "LDS with the wrong counter": ("{ds} v3, v2; {vm 0}; v_mov_b32 v4, v3", "reads v3"),
    "LDS into a register of a global load": ("{load} v3, v[0:1], off; {ds} v3, v2", "writes v3"),
    "lane exchange": ("ds_bpermute_b32 v3, v2, v2; v_mov_b32 v4, v3", "reads v3"),
    "scalar load read at once": ("{s2} s[4:5], s[0:1], 0x0; s_mov_b32 s6, s5", "reads s5"),
    "scalar load waited for": ("{s2} s[4:5], s[0:1], 0x0; {sm 0}; s_mov_b32 s6, s5", ""),
    "scalar loads in any order": ("{s2} s[4:5], s[0:1], 0x0; {s2} s[8:9], s[0:1], 0x8; {sm 1}; s_mov_b32 s6, s5", "reads s5"),
    "scalar load as a vector operand": ("{s2} s[4:5], s[0:1], 0x0; v_mov_b32 v4, s4", "reads s4"),
    "a store after the load": ("{load} v3, v[0:1], off; {store} v[0:1], v2, off; {vm 1}; v_mov_b32 v4, v3", "gfx1: reads v3"),
    "flat load from global memory": ("{flat} v3, v[0:1]; v_mov_b32 v4, v3", "reads v3"),
    "flat load from global memory waited for": ("{flat} v3, v[0:1]; {vm 0}; {lgkm 0}; v_mov_b32 v4, v3", ""),
    "flat load from LDS": ("v_mov_b32 v3, 0x10000; {flat} v4, v[2:3]; {vm 0}; v_mov_b32 v5, v4", "reads v4"),
    "atomic with a result": ("{atomic}; v_mov_b32 v4, v3", "reads v3"),
    "atomic with a result waited for": ("{atomic}; {vm 0}; v_mov_b32 v4, v3", ""),
}  # fmt: skip


def spelled(text: str, arch: str) -> str:
    """The code for an architecture."""
    new, gfx12 = arch >= "gfx11" and arch.startswith("gfx1"), arch.startswith("gfx12")
    for n in (0, 1):
        text = text.replace(f"{{vm {n}}}", f"s_wait_loadcnt {n}" if gfx12 else f"s_waitcnt vmcnt({n})")
        text = text.replace(f"{{lgkm {n}}}", f"s_wait_dscnt {n}" if gfx12 else f"s_waitcnt lgkmcnt({n})")
        text = text.replace(f"{{sm {n}}}", f"s_wait_kmcnt {n}" if gfx12 else f"s_waitcnt lgkmcnt({n})")
    names = {
        "load2": "global_load_b64" if new else "global_load_dwordx2", "load": "global_load_b32" if new else "global_load_dword",
        "store": "global_store_b32" if new else "global_store_dword", "ds": "ds_load_b32" if new else "ds_read_b32",
        "s2": "s_load_b64" if new else "s_load_dwordx2", "flat": "flat_load_b32" if new else "flat_load_dword",
        "atomic": f"global_atomic_add{'_u32' if new else ''} v3, v[0:1], v2, off {'th:TH_ATOMIC_RETURN' if gfx12 else 'glc'}",
    }  # fmt: skip
    if arch == "gfx942":
        names["atomic"] = names["atomic"].replace("glc", "sc0")
    for key, name in names.items():
        text = text.replace(f"{{{key}}}", name)
    return "\n".join(text.split(";")) + "\ns_endpgm"


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    """Findings of every piece of code on every machine, of one process."""
    cases = {}
    for arch, lanes in MACHINES:
        for name, (code, _) in CODE.items():
            cases[f"{arch}-{lanes} {name}"] = Case(arch, lanes, assemble(spelled(code, arch), arch, lanes))
    return findings(cases, "waits,races,barriers")


@machines
@pytest.mark.parametrize("name", CODE)
def test_waits(found: dict[str, list[str]], name: str, arch: str, lanes: int) -> None:
    expected = CODE[name][1]
    lines = found[f"{arch}-{lanes} {name}"]
    if expected.startswith("gfx1: "):  # only where stores have a counter of their own
        expected = expected.removeprefix("gfx1: ") if arch.startswith("gfx1") else ""
    if expected:
        assert len(lines) == 1
        assert f": {expected} before its load at code+" in lines[0]
    else:
        assert lines == []


def test_where_it_is(found: dict[str, list[str]]) -> None:
    """Lane, place and instruction; kernel and block of code on its own have no names."""
    line = found["gfx1100-32 global load read at once"][0]
    assert line == (
        "crosswarp emu: kernel code on its own, block (0,0,0), thread (0,0,0), code+0x8: "
        "reads v3 before its load at code+0x0 is complete (v_mov_b32)"
    )
