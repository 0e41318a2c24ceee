"""Variables and functions of the module, by their names in asm statements."""

import pytest
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.support.diagnostics import CompileError
from harness import translated

TEXT = """
@g = addrspace(1) global [4 x i32] [i32 10, i32 20, i32 30, i32 40]
@c = addrspace(4) constant i32 50
@s = internal addrspace(3) global [4 x i32] undef, align 4

define i32 @f(i32 %x) {{
  ret i32 %x
}}

define ptx_kernel void @k(ptr %out) {{
  %v = call i32 asm sideeffect "{template}", "=r,~{{memory}}"()
  store i32 %v, ptr %out
  ret void
}}
"""


@pytest.mark.parametrize("template, expected", [
    ("ld.global.u32 $0, [g+8];", 30),
    ("ld.const.u32 $0, [c];", 50),
    ("{ .reg .b64 p; mov.u64 p, g+4; ld.global.u32 $0, [p]; }", 20),
    ("{ .reg .b64 p; cvta.global.u64 p, g; ld.u32 $0, [p+12]; }", 40),
    ("{ .reg .b32 p; st.shared.u32 [s+4], 7; mov.u32 p, s; ld.shared.u32 $0, [p+4]; }", 7),
    ("{ .reg .b32 g; mov.u32 g, 5; mov.u32 $0, g; }", 5),
])
def test_names_of_the_module(template, expected):
    machine, out = Interpreter(translated(TEXT.format(template=template))), Buffer(4)
    machine.launch("k", 1, 1, [out])
    assert out.values("I")[0] == expected


@pytest.mark.parametrize("template", ["ld.shared.u32 $0, [h];", "ld.u32 $0, [%g];"])
def test_other_names(template):
    with pytest.raises(CompileError, match="the name '"):
        translated(TEXT.format(template=template))
