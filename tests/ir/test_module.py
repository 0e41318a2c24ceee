"""Editing a module: renaming under unread bodies, adding arguments, splitting blocks, building instructions."""

import pytest
from compile import canonical, device_ir, reread
from crosswarp.ir.attributes import alignment, attribute_type
from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantFloat, ConstantInt, null, poison
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Alloca, Call
from crosswarp.ir.module import Module
from crosswarp.ir.reader import read_module
from crosswarp.ir.types import FLOAT, I32, I64, PTR, VOID, FunctionType, PointerType, StructType, VectorType
from crosswarp.ir.uses import UseMap
from crosswarp.ir.verifier import verify_module
from crosswarp.ir.writer import write_module

CALLS = """
@pointer = global ptr @old
define void @a() {
  call void @old(i32 1)   ; a comment about @old
  call void asm sideeffect "@old bra", ""()
  ret void
}
define void @b() {
  call void @older(i32 2)
  ret void
}
declare void @old(i32)
declare void @older(i32)
!named = !{!0}
!0 = !{ptr @old, !"@old"}
"""


def test_renaming_leaves_bodies_unread():
    module = read_module(CALLS)
    module.rename(module.functions["old"], "new name")
    text = write_module(module)
    assert not module.functions["a"].is_read
    assert 'call void @"new name"(i32 1)' in text and '"@old bra"' in text and "@older(i32 2)" in text
    assert '!0 = !{ptr @"new name", !"@old"}' in text and '@pointer = global ptr @"new name"' in text
    canonical(text)
    assert list(module.functions) == ["a", "b", "new name", "older"]


def test_body_read_after_renaming_means_the_same_function():
    module = read_module(CALLS)
    old = module.functions["old"]
    module.rename_many({"old": "older", "older": "old"})
    call = next(i for i in module.functions["a"].instructions() if isinstance(i, Call))
    assert call.callee is old and old.name == "older"
    assert "call void @older(i32 1)" in write_module(module) and "call void @old(i32 2)" in write_module(module)


def test_renaming_to_a_taken_name_is_refused():
    module = read_module(CALLS)
    with pytest.raises(ValueError, match="exists"):
        module.rename(module.functions["old"], "older")
    with pytest.raises(ValueError, match="same name"):
        module.rename_many({"old": "x", "older": "x"})
    assert module.fresh_name("old") == "old.0"


def test_bodies_that_mention_one_of_several_functions():
    module = read_module(CALLS)
    old, older = module.functions["old"], module.functions["older"]
    module.rename(old, "new")
    for wanted, names in (((old,), ["a"]), ((older,), ["b"]), ((old, older), ["a", "b"]), ((), [])):
        assert [function.name for function in module.functions_mentioning(*wanted)] == names
    module.replace_uses({old: older, older: old})
    assert "call void @older(i32 1)" in write_module(module) and "call void @new(i32 2)" in write_module(module)


def test_adding_an_argument_reads_only_the_callers():
    module = read_module(CALLS)
    old = module.functions["old"]
    calls = module.calls_to(old)
    old.add_argument(I64, "extra", ["noundef"])
    for call in calls:
        call.set_call(old, old.function_type, [*call.arguments, ConstantInt(I64, 7)], [*call.argument_attributes, ["noundef"]])
    assert "call void @old(i32 1, i64 noundef 7)" in write_module(module)
    assert not module.functions["b"].is_read
    verify_module(module)
    canonical(write_module(module))


def test_a_removed_declaration_may_be_replaced():
    module = read_module(CALLS)
    module.replace_all_uses(module.functions["old"], module.functions["older"])
    module.remove(module.functions["old"])
    module.declare("old", FunctionType(VOID, ()))
    verify_module(module)
    assert "call void @older(i32 1)" in write_module(module)


def test_replacing_allocas_as_targets_do():
    module = read_module(device_ir("constructs.cu"))
    count = 0
    for function in module.definitions():
        for instruction in function.instructions():
            if isinstance(instruction, Call) and (instruction.callee_name or "").startswith("llvm.lifetime"):
                instruction.erase()
            elif isinstance(instruction, Alloca):
                count += 1
                builder = Builder(instruction.parent, before=instruction)
                local = builder.alloca(instruction.allocated_type, "private", align=instruction.align, address_space=5)
                function.replace_all_uses(instruction, builder.cast("addrspacecast", local, PTR, instruction.name))
                instruction.erase()
    assert count > 40
    verify_module(module)
    canonical(write_module(module))


def test_building_a_function_from_nothing():
    module = Module(triple="nvptx64-nvidia-cuda")
    pair = module.add_type("pair", StructType((I32, FLOAT)))
    function = module.add_function(Function("f", FunctionType(I32, (I32, PTR, PointerType(3)))))
    entry, loop, done = (function.add_block(n) for n in ("entry", "loop", "done"))
    n, pointer, shared = function.arguments
    b = Builder(entry)
    slot = b.alloca(pair, "slot", align=8)
    field = b.gep(pair, slot, [0, 1])
    b.store(ConstantFloat.from_float(FLOAT, 0.1), field, align=4)
    loaded = b.load(FLOAT, field, "loaded", volatile=True)
    whole = b.cast("fptosi", loaded, I32)
    both = b.insertvalue(poison(pair), whole, 0)
    b.cond_br(b.icmp("sgt", n, null(I32)), loop, done)
    b = Builder(loop)
    phi = b.phi(I32, [(n, entry)], "i")
    step = b.binary("sub", phi, ConstantInt(I32, 1), "next", ("nsw",))
    phi.incoming = [*phi.incoming, (step, loop)]
    old = b.atomicrmw("add", shared, step, "monotonic", "block", align=4)
    b.fence("seq_cst", "device")
    swapped = b.extractvalue(b.cmpxchg(pointer, old, step), 0)
    vector = b.insertelement(poison(VectorType(2, I32)), swapped, 1)
    b.switch(b.select(b.fcmp("olt", loaded, loaded), b.extractelement(vector, 1), step), done, [(1, loop), (-5, done)])
    b = Builder(done)
    result = b.phi(I32, [(n, entry), (step, loop), (step, loop)])
    b.call(module.declare("use", FunctionType(VOID, (I32,)), ["nounwind"]), [b.extractvalue(both, 0)])
    b.ret(result)
    phi.incoming = [(n, entry), (step, loop)]
    verify_module(module)
    canonical(write_module(module))


def test_splitting_a_block_moves_phi_edges():
    module = reread("define i32 @f(i1 %c) {\na:\n  %x = add i32 1, 2\n  %y = add i32 %x, 3\n  br i1 %c, label %b, label %d\n"
                    "b:\n  br label %d\nd:\n  %p = phi i32 [ %y, %a ], [ 0, %b ]\n  ret i32 %p\n}\n")
    function = module.functions["f"]
    entry = function.entry
    tail = entry.split_before(entry.instructions[1], "tail")
    Builder(entry).br(tail)
    verify_module(module)
    assert "%p = phi i32 [ %y, %tail ], [ 0, %b ]" in write_module(module)
    assert tail.predecessors() == [entry] and entry.successors() == [tail]


def test_instructions_are_found_wherever_the_last_change_was():
    sums = "".join(f"  %v{n} = add i32 %x, {n}\n" for n in range(9))
    module = read_module(f"define i32 @f(i32 %x) {{\n{sums}  ret i32 %x\n}}\n")
    block = module.functions["f"].entry
    order = list(block.instructions)
    for at, where in enumerate((8, 0, 0, 5, 9, 4, 4, 7, 1)):
        before, made = order[where], Builder(block, order[where]).binary("sub", order[0].operands[0], ConstantInt(I32, at))
        order.insert(order.index(before), made)
        assert block.instructions == order
        assert [block.index(each) for each in (order[-1], *order)] == [len(order) - 1, *range(len(order))]
    for gone in (order[3], order[4], order[2], order[-2], order[0]):
        gone.erase()
        order.remove(gone)
        assert block.instructions == order
    with pytest.raises(ValueError, match="not in list"):
        block.index(gone)


def test_uses_inside_constants():
    module = reread("@g = global i32 0\n@h = global i32 0\n"
                    "define ptr @f() {\n  %x = load i32, ptr getelementptr (i8, ptr @g, i64 4)\n"
                    "  call void @k(ptr @g)\n  ret ptr addrspacecast (ptr addrspace(3) null to ptr)\n}\ndeclare void @k(ptr)\n")
    function, g, h = module.functions["f"], module.globals["g"], module.globals["h"]
    uses = UseMap(function).of(g)
    assert [(u.user.opcode, u.nested) for u in uses] == [("load", True), ("call", False)]
    assert function.replace_all_uses(g, h) == 2
    assert not UseMap(function).is_used(g) and "getelementptr (i8, ptr @h, i64 4)" in write_module(module)


def test_attributes():
    module = read_module(device_ir("constructs.cu"))
    kernel = module.functions["constructs"]
    assert attribute_type(kernel.arguments[1].attributes, "byval") is module.types["struct.Plain"]
    assert alignment(kernel.arguments[1].attributes) == 8
    assert kernel.attribute("target-cpu") == "sm_80" and kernel.has_attribute("norecurse")
    kernel.remove_attribute("target-cpu", "target-features")
    kernel.set_attribute("amdgpu-flat-work-group-size", "1,256")
    text = write_module(module)
    assert kernel.attribute("target-cpu") is None and not kernel.has_attribute("target-features")
    assert '"amdgpu-flat-work-group-size"="1,256"' in text
    canonical(text)


def test_renaming_an_argument_before_the_body_is_read():
    module = read_module("define i32 @f(i32 %a, i32 %0) {\n  %x = add i32 %a, %0\n  ret i32 %x\n}\n")
    first, second = module.functions["f"].arguments
    first.name, second.name = "renamed", "named"
    assert "@f(i32 %renamed, i32 %named) {\n0:\n  %x = add i32 %renamed, %named" in write_module(module)
    canonical(write_module(module))


def test_replacing_many_values_in_one_walk():
    module = reread("declare void @llvm.fake(metadata)\ndefine i32 @f(i32 %a, i32 %b) {\n"
                    "  %x = add i32 %a, %b\n  %y = mul i32 %x, %a\n"
                    "  call void @llvm.fake(metadata i32 %a)\n  ret i32 %y\n}\n")
    function = module.functions["f"]
    a, b = function.arguments
    assert function.replace_uses({a: b, b: ConstantInt(I32, 5), function.entry.instructions[0]: a}) == 5
    assert [str(v) for v in function.entry.instructions[0].operands] == ["%b", "5"]
    text = write_module(module)
    assert "%y = mul i32 %a, %b" in text and "metadata i32 %b" in text
