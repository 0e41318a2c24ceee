"""Variables of PTX modules: layouts, initialisers and constant expressions."""

import struct

import pytest
from crosswarp.ir.constants import ConstantBytes, ConstantInt, Keyword
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.passes.cluster_dimensions import ClusterDimensions
from crosswarp.ir.passes.managed_variables import ManagedVariables
from crosswarp.ir.verifier import verify_module
from module_harness import launch, problems, read

FACTS = TargetFacts("test", "nvptx64-nvidia-cuda", "e-i64:64-i128:128")


def content(declaration, name="x"):
    """The bytes of a variable without addresses."""
    variable = read(declaration).globals[name]
    value = variable.initializer
    if isinstance(value, Keyword):
        return bytes(int(variable.value_type.count) * variable.value_type.element.bits // 8)
    if isinstance(value, ConstantInt):
        return value.unsigned.to_bytes(value.type.bits // 8, "little")
    assert isinstance(value, ConstantBytes)
    return value.data


@pytest.mark.parametrize("declaration, expected", [
    (".global .u32 x = 7;", struct.pack("<I", 7)),
    (".global .s16 x[3] = {-1, 2};", struct.pack("<3h", -1, 2, 0)),
    (".global .align 8 .b8 x[6] = {1, 0x10, 0b11, 017, 255};", bytes([1, 16, 3, 15, 255, 0])),
    (".global .f32 x[] = {1.5, 0f40000000, -2.0};", struct.pack("<3f", 1.5, 2, -2)),
    (".global .f64 x = 0d3FF8000000000000;", struct.pack("<d", 1.5)),
    (".const .f64 x[2] = {1.5e3, 0f40000000};", struct.pack("<2d", 1500, 2)),
    (".global .s32 x[2][3] = {{1, 2}, {4, 5, 6}};", struct.pack("<6i", 1, 2, 0, 4, 5, 6)),
    (".global .s32 x[][2] = {{-1, 0}, {0, -1}, {1}};", struct.pack("<6i", -1, 0, 0, -1, 1, 0)),
    (".global .v4 .u16 x = {1, 2, 3, 4};", struct.pack("<4H", 1, 2, 3, 4)),
    (".global .v2 .f32 x[2] = {{1.0, 2.0}};", struct.pack("<4f", 1, 2, 0, 0)),
    (".const[3] .b64 x = -1;", bytes([255] * 8)),
    (".visible .global .align 16 .b8 x[12];", bytes(12)),
    (".weak .global .b32 x[1] = {WARP_SZ};", struct.pack("<I", 32)),
])
def test_initialisers(declaration, expected):
    assert content(declaration) == expected


@pytest.mark.parametrize("text, value", [
    ("1+2*3", 7), ("(1+2)*3", 9), ("1<<4|2", 18), ("-7/2", -3), ("-7 % 4", 1), ("7-2-1", 4), ("10-2*3", 4), ("~0", -1), ("!5", 0),
    ("1 ? 2 : 3", 2), ("0 ? 2 : 1 ? 4 : 5", 4), ("5 > 3 && 2 != 2", 0), ("5 >= 5 || 0", 1), ("6 & 3 ^ 1", 3), ("-8 >> 1", -4),
    ("(.u64)-8 >> 60", 15), ("-1 / 2U", 0x7FFFFFFFFFFFFFFF), ("-1 < 1", 1), ("-1 < 1U", 0), ("0xFFFFFFFFFFFFFFFF >> 63", 1),
    ("4-2", 2), ("4 - -2", 6), ("1 << 65", 2), ("2 == 1+1", 1),
])  # fmt: skip
def test_expressions(text, value):
    assert content(f".global .s64 x = {text};") == struct.pack("<q", value)


def test_addresses():
    text = """
.visible .global .align 4 .u32 g[4] = {10, 20, 30, 40};
.const .u32 c = 50;
.global .align 8 .u64 pointers[3] = {generic(g)+4, g+8, generic(c)};
.global .align 8 .u8 s[24] = {1, 0, 0, 0, 0, 0, 0, 0, 0xFF(g), 0xFF00(g), 0xFF0000(g), 0xFF000000(g), 0xFF00000000(g),
  0xFF0000000000(g), 0xFF000000000000(g), 0xFF00000000000000(g), 7};
.visible .entry k(.param .u64 p) {
  .reg .b32 %r<6>;
  .reg .b64 %d<6>;
  ld.param.u64 %d1, [p];
  ld.global.u64 %d2, [pointers];
  ld.u32 %r1, [%d2];
  ld.global.u64 %d3, [pointers+8];
  ld.global.u32 %r2, [%d3];
  ld.global.u64 %d4, [pointers+16];
  ld.u32 %r3, [%d4];
  ld.global.u64 %d5, [s+8];
  ld.u32 %r4, [%d5+12];
  st.v4.u32 [%d1], {%r1, %r2, %r3, %r4};
}
"""
    assert launch(text)[0] == [20, 30, 50, 40]
    assert problems(".global .u32 g;\n.global .u8 s[2] = {0xFF(g), 0xFF00(g)};") == [(2, "PTX: a part of the address of 'g'")]


def test_names_in_blocks_and_functions():
    text = """
.shared .align 4 .u32 s;
.visible .entry k(.param .u64 p) {
  .shared .align 4 .u32 s;
  .reg .b32 %r;
  .reg .b64 %d;
  ld.param.u64 %d, [p];
  st.shared.u32 [s], 5;
  {
    .reg .b32 %r;
    .shared .u32 s;
    mov.u32 %r, 1;
    st.shared.u32 [s], %r;
    bra end;
  end:
  }
  ld.shared.u32 %r, [s];
  st.u32 [%d], %r;
  bra end;
end:
}
.visible .entry other() { .shared .align 4 .u32 s; ret; }
"""
    assert launch(text)[0][0] == 5
    assert [v.linkage for v in read(text).globals.values()] == ["internal"] * 4


def test_what_the_host_can_name():
    module = read(".global .u32 a; .visible .const .u32 b = 1; .extern .shared .align 16 .b8 d[]; .extern .global .u32 e;")
    a, b, d, e = (module.globals[name] for name in "abde")
    assert a.externally_initialized and b.externally_initialized and b.is_constant and (a.address_space, b.address_space) == (1, 4)
    assert d.is_declaration and d.align == 16 and d.address_space == 3 and e.is_declaration
    assert str(module.globals["llvm.compiler.used"].initializer).count("addrspacecast") == 2


def test_managed_variables_are_marked_as_the_front_end_marks_them():
    module = read(".global .attribute(.managed) .align 4 .b8 m[4] = {1};\n.global .u32 x;\n" + ".entry k() { ret; }")
    ClusterDimensions().apply(module, FACTS)
    ManagedVariables().apply(module, FACTS)
    verify_module(module)
    assert str(module.globals["__cw_managed_m"].initializer) == "@m" and "__cw_managed_x" not in module.globals
