"""The emulator's decoder against the assembler: names, lengths, operands, modifiers of every instruction of the tables."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.assemble import assemble
from crosswarp.targets.amdgpu.emulator.wave import Fault, Wave, describe, disassemble

from tests.emulator.assembly_text import in_text_order, list_of, operand, same, split, written_operands
from tests.emulator.opcode_rows import CPUS, Row, assemble_what_can, rows, spell, tables_of

# The assembler takes these only with features that are not on by default, or only for graphics.
NOT_SPELLED = {"gfx12": ("v_mov_b16", "v_swap_b16"), "gfx10": ("v_interp_",)}
SCALAR_BRANCHES = ("s_branch", "s_cbranch")


def lanes_of(cpu: str) -> int:
    """gfx9 has waves of 64 lanes only."""
    return 32 if cpu.startswith("gfx1") else 64


def decode_one(line: str, cpu: str) -> dict[str, Any]:
    """The decoded form of a line of assembly; `assembled` is its length in dwords."""
    code = assemble(line, cpu, lanes_of(cpu))
    return {**describe(code, cpu, lanes_of(cpu)), "assembled": len(code) // 4}


def expected_and_found(line: str, fields: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Operands as written and as decoded."""
    name, operands, _ = split(line)
    if name == "s_version" or (name.startswith("s_") and fields["format"] == 5):  # immediates
        return [], []
    if name.startswith("s_setreg_imm32"):
        return operands[1:], fields["source"][:1]
    if name.startswith("s_sendmsg_rtn"):
        return [operand(operands[0])], [fields["destination"]]
    expected, found = written_operands(name, operands), in_text_order(fields, name)
    if name.startswith("v_cmpx") and found[0] == "s126":
        found = found[1:]
    if fields["format"] == 4:  # SOPK: the register is destination and source
        return expected[:1], found[:1]
    implied = found[len(expected) :]  # old values, VCC
    assert all(word in (fields["destination"], "s106") for word in implied), (line, fields)
    return expected, found[: len(expected)]


def check(line: str, name: str | None, fields: dict[str, Any]) -> None:
    """Name, operands and offsets."""
    written, _, modifiers = split(line)
    assert name == written
    if "prefetch" not in written and "atc_probe" not in written and "dcache_discard" not in written:
        expected, found = expected_and_found(line, fields)
        assert len(expected) == len(found) and all(map(same, expected, found)), (line, expected, found)
    if "offset0" in modifiers:
        assert [fields["offset"], fields["offset1"]] == [int(modifiers["offset0"]), int(modifiers["offset1"])]
    elif "offset" in modifiers:
        assert fields["offset"] == int(modifiers["offset"])


def spelled_rows(isa: str, choose: random.Random) -> list[str]:
    every = rows(isa)
    tables = tables_of(every)
    wanted = [row for row in every if not row.table.startswith("Vopd") and not row.name.startswith(NOT_SPELLED.get(isa, "-"))]
    return [spell(row, isa, tables, choose) for row in wanted]


@pytest.mark.parametrize("isa", CPUS)
def test_every_row(isa: str) -> None:
    cpu = "gfx1150" if isa == "gfx11" else CPUS[isa]  # has all that gfx1100 has
    lines = spelled_rows(isa, random.Random(isa))
    taken, refused, code = assemble_what_can(lines, cpu, lanes_of(cpu))
    assert refused == []
    decoded = list(disassemble(code, cpu, lanes_of(cpu)))
    assert len(decoded) == len(taken)
    for line, (offset, name, _) in zip(taken, decoded, strict=True):
        check(line, name, describe(code, cpu, lanes_of(cpu), offset))


def dual_rows(every: list[Row], table: str) -> list[Row]:
    return [row for row in every if row.table == table]


@pytest.mark.parametrize("isa", ["gfx11", "gfx12"])
def test_every_dual_pair(isa: str) -> None:
    every = rows(isa)
    registers = {"VopdX": ("v8", "v12", "v16"), "VopdY": ("v9", "v13", "v17")}

    def half(row: Row) -> str:
        rest = [
            "0x12345678" if spelled == "i" else register
            for spelled, register in zip(row.operands[1:], ("", *registers[row.table])[2:], strict=False)
        ]
        numbered = [registers[row.table][0], *rest]
        if "fmamk" in row.name:
            numbered = [*registers[row.table][:2], "0x12345678", registers[row.table][2]]
        return f"{row.name} {', '.join(numbered)}"

    lines = [f"{half(x)} :: {half(y)}" for x in dual_rows(every, "VopdX") for y in dual_rows(every, "VopdY")]
    taken, _, code = assemble_what_can(lines, CPUS[isa], 32)
    assert len(taken) > 150
    for line, (offset, name, _) in zip(taken, disassemble(code, CPUS[isa], 32), strict=True):
        halves = [describe(code, CPUS[isa], 32, offset, half) for half in (0, 1)]
        assert name is not None
        assert halves[0]["destination"] != halves[1]["destination"]
        for text, own_name in zip(line.split(" :: "), name.split(" :: "), strict=True):
            fields = next(one for one in halves if one["destination"] == split(text)[1][0])
            check(text, own_name, fields)


MODIFIED = [
    ("gfx1100", "v_add_f32_e64 v1, -|v2|, s3 clamp mul:2", {"source": ["-|v2|", "s3", "", ""], "clamp": 1, "output_modifier": 1}),
    ("gfx1100", "v_add_f32_e64 v1, v2, |v3| div:2", {"source": ["v2", "|v3|", "", ""], "output_modifier": 3}),
    ("gfx1100", "v_fma_f16 v1, v2, -v3, v4 op_sel:[0,1,0,1]", {"source": ["v2", "-v3.h", "v4", ""], "destination": "v1.h"}),
    ("gfx1100", "v_add_f16 v1.h, v2.l, v3.h", {"source": ["v2", "v3.h", "", ""], "destination": "v1.h"}),
    ("gfx1100", "v_add_f16_e32 v127.h, s5, v100.l", {"source": ["s5", "v100", "", ""], "destination": "v127.h"}),
    ("gfx1100", "v_cvt_f32_f16_e32 v200, v100.h", {"source": ["v100.h", "", "", ""], "destination": "v200"}),
    ("gfx1100", "v_mov_b32_dpp v1, v2 row_shr:3 row_mask:0x5 bank_mask:0xa bound_ctrl:1",
     {"exchange": 1, "lanes": 0x113, "row_mask": 5, "bank_mask": 10, "bound_control": 1}),
    ("gfx1100", "v_add_f32_dpp v1, -v2, |v3| quad_perm:[3,2,1,0] row_mask:0xf bank_mask:0xf",
     {"exchange": 1, "lanes": 0x1B, "source": ["-v2", "|v3|", "", ""], "bound_control": 0}),
    ("gfx1100", "v_add_f32_dpp v1, v2, v3 dpp8:[7,6,5,4,3,2,1,0] fi:1", {"exchange": 2, "lanes": 0x053977, "fetch_inactive": 1}),
    ("gfx1100", "v_add_f32_e64_dpp v1, -v2, v3 row_ror:2 row_mask:0xf bank_mask:0xf",
     {"exchange": 1, "lanes": 0x122, "assembled": 3}),
    ("gfx1100", "v_pk_fma_f16 v1, v2, s3, 1.0 op_sel:[1,0,0] op_sel_hi:[0,1,0] neg_lo:[0,1,0] neg_hi:[1,0,0]",
     {"op_sel": 1, "op_sel_hi": 2, "neg_low": 2, "neg_high": 1, "source": ["v2", "s3", "0x3c00", ""]}),
    ("gfx1030", "v_add_f32_sdwa v1, -v2, v3 clamp dst_sel:BYTE_1 dst_unused:UNUSED_PRESERVE src0_sel:WORD_1 src1_sel:DWORD",
     {"select": 1, "unused": 2, "clamp": 1, "source": ["-v2.sel5", "v3", "", ""]}),
    ("gfx90a", "v_add_u32_sdwa v1, sext(v2), s3 dst_sel:DWORD dst_unused:UNUSED_PAD src0_sel:BYTE_3 src1_sel:WORD_0",
     {"select": 6, "source": ["v2.sel3.sext", "s3.sel4", "", ""]}),
    ("gfx90a", "v_cmp_lt_f32_sdwa s[4:5], v2, v3 src0_sel:WORD_1 src1_sel:DWORD", {"scalar_destination": "s4", "clamp": 0}),
    ("gfx942", "v_mfma_f32_32x32x8_f16 a[0:15], v[2:3], a[4:5], a[0:15] cbsz:1 abid:2 blgp:3",
     {"destination": "a0", "source": ["v2", "a4", "a0", ""], "cbsz": 1, "abid": 2, "blgp": 3}),
    ("gfx90a", "global_load_dwordx2 a[2:3], v4, s[6:7] offset:-16 glc", {"destination": "a2", "offset": -16, "cache": 1}),
    ("gfx942", "ds_write_b64 v1, a[2:3] offset:24", {"source": ["v1", "a2", "", ""], "offset": 24}),
    ("gfx942", "global_load_dword v1, v[2:3], off sc0 sc1 nt", {"cache": 7, "source": ["v2", "", "", ""]}),
    ("gfx1201", "global_load_b32 v1, v[2:3], off offset:-8388608 th:TH_LOAD_HT scope:SCOPE_SYS",
     {"offset": -8388608, "cache": 0b01011}),
    ("gfx1201", "global_atomic_add_u32 v1, v2, v3, s[4:5] th:TH_ATOMIC_RETURN", {"destination": "v1", "returns": 1}),
    ("gfx1100", "global_atomic_add_u32 v2, v3, s[4:5]", {"destination": "", "returns": 0}),
    ("gfx1100", "buffer_load_b32 v1, v[2:3], s[4:7], s8 idxen offen offset:4095 glc slc dlc",
     {"idxen": 1, "offen": 1, "offset": 4095, "cache": 7, "source": ["v2", "s4", "", "s8"]}),
    ("gfx1100", "scratch_load_b32 v1, v2, s3 offset:-4", {"source": ["v2", "s3", "", ""], "offset": -4}),
    ("gfx1100", "scratch_store_b32 off, v2, off offset:8", {"source": ["", "", "v2", ""], "offset": 8}),
    ("gfx942", "s_load_dwordx4 s[4:7], s[8:9], s10 offset:0x20",
     {"source": ["s8", "s10", "", ""], "offset": 32, "destination": "s4"}),
    ("gfx1100", "s_load_b64 s[4:5], s[8:9], -0x10", {"source": ["s8", "", "", ""], "offset": -16}),
    ("gfx942", "v_cmp_gt_u32_e64 s[4:5], flat_scratch_lo, v1", {"source": ["s128", "v1", "", ""]}),
    ("gfx1100", "s_mov_b32 m0, null", {"destination": "s124", "source": ["s125", "", "", ""]}),
    ("gfx1030", "s_mov_b32 m0, null", {"destination": "s124", "source": ["s125", "", "", ""]}),
    ("gfx942", "s_mov_b32 m0, ttmp5", {"destination": "s124", "source": ["s113", "", "", ""]}),
    ("gfx1100", "s_mov_b64 s[4:5], src_shared_base", {"source": ["shared_base", "", "", ""]}),
    ("gfx1100", "s_getreg_b32 s4, hwreg(2, 8, 12)", {"immediate": 2 | 8 << 6 | 11 << 11, "destination": "s4"}),
    ("gfx1100", "s_cmpk_eq_i32 s4, 0xfffe", {"immediate": -2, "source": ["s4", "", "", ""]}),
]  # fmt: skip


@pytest.mark.parametrize(("cpu", "line", "expected"), MODIFIED, ids=[f"{cpu} {line}" for cpu, line, _ in MODIFIED])
def test_fields(cpu: str, line: str, expected: dict[str, Any]) -> None:
    fields = decode_one(line, cpu)
    assert {key: fields[key] for key in expected} == expected
    assert fields["dwords"] == fields["assembled"]


@pytest.mark.parametrize(
    "line", ["v_add_f32 v1, v2, v3", "v_add_f32_e64 v1, s2, s2", "v_fma_f32 v1, v2, 1.0, v3", "v_add_f32 v1, 0x12345678, v3"]
)
def test_plain(line: str) -> None:
    assert decode_one(line, "gfx1100")["plain"] == 1


@pytest.mark.parametrize(
    "line",
    ["v_add_f32_e64 v1, -v2, v3", "v_add_f32_e64 v1, v2, |v3|", "v_add_f32_e64 v1, v2, v3 clamp", "v_add_f32_e64 v1, v2, v3 mul:4",
     "v_add_f16 v1.h, v2.l, v3.l", "v_add_f16 v1.l, v2.h, v3.l", "v_add_f16_e64 v1.l, v2.l, v3.h",
     "v_pk_add_f16 v1, v2, v3 neg_lo:[1,0]", "v_pk_add_f16 v1, v2, v3 op_sel_hi:[0,1]",
     "v_mov_b32_dpp v1, v2 row_shl:1 row_mask:0xf bank_mask:0xf", "v_mov_b32_dpp v1, v2 dpp8:[0,1,2,3,4,5,6,7]"],
)  # fmt: skip
def test_not_plain(line: str) -> None:
    assert decode_one(line, "gfx1100")["plain"] == 0


def test_sdwa_is_not_plain() -> None:
    line = "v_add_f32_sdwa v1, v2, v3 dst_sel:DWORD dst_unused:UNUSED_PAD src0_sel:WORD_0 src1_sel:DWORD"
    assert decode_one(line, "gfx942")["plain"] == 0


CONSTANTS = [
    ("v_add_f32 v1, 1.0, v2", 0x3F800000),
    ("v_add_f32 v1, -4.0, v2", 0xC0800000),
    ("v_add_f32 v1, 0.15915494, v2", 0x3E22F983),
    ("v_add_f32 v1, 7, v2", 7),
    ("v_add_f16 v1.l, 0.5, v2.l", 0x3800),
    ("v_add_f16 v1.l, 0x1234, v2.l", 0x1234),
    ("v_add_f64 v[2:3], 1.0, v[4:5]", 0x3FF0000000000000),
    ("v_add_f64 v[2:3], -2, v[4:5]", 0xFFFFFFFFFFFFFFFE),
    ("v_add_f64 v[2:3], 0x40590000, v[4:5]", 0x4059000000000000),
    ("v_pk_add_f16 v1, 2.0, v2", 0x4000),
    ("v_pk_add_u16 v1, -3, v2", 0xFFFFFFFD),
    ("v_add_nc_u32 v1, -16, v2", 0xFFFFFFF0),
    ("v_add_nc_u32 v1, 64, v2", 64),
    ("s_and_b64 s[2:3], s[4:5], s[6:7]", None),
    ("s_and_b64 s[2:3], 0x80000001, s[6:7]", 0x80000001),
    ("s_and_b64 s[2:3], -1, s[6:7]", 0xFFFFFFFFFFFFFFFF),
    ("v_cmp_lt_i64_e64 s4, 0x80000001, v[6:7]", 0xFFFFFFFF80000001),
    ("v_cmp_lt_u64_e64 s4, 0x80000001, v[6:7]", 0x80000001),
    ("v_cmp_lt_f16_e32 vcc_lo, 1.0, v2.l", 0x3C00),
]


@pytest.mark.parametrize(("line", "value"), CONSTANTS)
def test_constants(line: str, value: int | None) -> None:
    first = decode_one(line, "gfx1100")["source"][0]
    assert first == ("s4" if value is None else hex(value))


def test_literal_positions() -> None:
    assert decode_one("v_fmamk_f32 v1, v2, 0x11111111, v3", "gfx1100")["source"] == ["v2", "0x11111111", "v3", ""]
    assert decode_one("v_fmaak_f32 v1, v2, v3, 0x11111111", "gfx1100")["source"] == ["v2", "v3", "0x11111111", ""]
    assert decode_one("v_fmac_f32 v1, v2, v3", "gfx1100")["source"] == ["v2", "v3", "v1", ""]
    assert decode_one("v_cndmask_b32 v1, v2, v3, vcc_lo", "gfx1100")["source"] == ["v2", "v3", "s106", ""]


def test_packed_modifier_lists() -> None:
    assert list_of("[1,0,1]", 3, 0) == 0b101


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("v_dual_mov_b32 v1, v2 :: v_dual_mov_b32 v2, v1", {1: 20, 2: 10}),  # crossed
        ("v_dual_mov_b32 v1, v2 :: v_dual_mov_b32 v4, v1", {1: 20, 4: 10}),  # the second reads what the first writes
        ("v_dual_mov_b32 v4, v1 :: v_dual_mov_b32 v1, v2", {1: 20, 4: 10}),
        ("v_dual_mov_b32 v4, v2 :: v_dual_add_nc_u32 v3, v1, v2", {3: 30, 4: 20}),
    ],
)
def test_dual_halves_read_first(line: str, expected: dict[int, int]) -> None:
    wave = Wave("gfx1100", 32)
    wave.vgpr[1], wave.vgpr[2] = 10, 20
    wave.run(line)
    for register, value in expected.items():
        assert np.all(wave.vgpr[register] == value)
    assert wave.executed == 2  # with s_endpgm


@pytest.mark.parametrize("arch", CPUS.values())
def test_unknown_bytes(arch: str) -> None:
    wave = Wave(arch, lanes_of(arch))
    code = assemble("s_nop 0", arch) + (0xFFFFFFFF).to_bytes(4, "little")
    with pytest.raises(Fault, match=r"unknown encoding 0xffffffff \(at 0x4\)"):
        wave.run(code)


def test_no_record() -> None:
    with pytest.raises(Fault, match=r"s_rfe_b64 is not emulated \(at 0x4\)"):
        Wave("gfx1100", 32).run("s_nop 0\ns_rfe_b64 s[4:5]")


def test_truncated_instruction() -> None:
    code = assemble("v_add_f32 v1, 0x12345678, v2", "gfx1100")[:4]
    with pytest.raises(Fault, match="unknown encoding"):
        Wave("gfx1100", 32).run(code)
