"""Which blocks all threads of a wave reach together, which values they share: by examples, and against threads run one by one."""

from __future__ import annotations

import random
from collections.abc import Iterator

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Compare, Instruction, Phi
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.uniform import Sources, Uniformity
from crosswarp.ir.values import Argument, Value
from hypothesis import given, settings
from hypothesis import strategies as st

SOURCES = Sources(frozenset({"amdgpu_kernel"}), frozenset({"llvm.amdgcn.workgroup.id.x"}), frozenset({1, 3, 4}),
                  votes=frozenset({"votes"}))  # fmt: skip
HEAD = """
declare i32 @llvm.amdgcn.workitem.id.x() memory(none)
declare i32 @llvm.amdgcn.workgroup.id.x() memory(none)
declare i32 @llvm.umin.i32(i32, i32) memory(none)
declare i32 @unknown()
declare i64 @votes(i1)
define amdgpu_kernel void @k(i32 %n, ptr addrspace(1) %p, ptr %flat) {
entry:
  %t = call i32 @llvm.amdgcn.workitem.id.x()
  %g = call i32 @llvm.amdgcn.workgroup.id.x()
  %own = icmp ult i32 %t, %n
  %all = icmp ult i32 %g, %n
"""


def analysed(body: str, head: str = HEAD) -> tuple[set[str], set[str]]:
    """The names of the blocks that are together, and of the values that are the same."""
    function = read_module(head + body + "\n}\n").functions["k"]
    found = Uniformity(function, SOURCES)
    together = {block.name or "" for block in function.blocks if found.is_together(block)}
    values = [*function.arguments, *function.instructions()]
    return together, {value.name for value in values if value.name and found.is_same(value)}


def test_values() -> None:
    _, same = analysed("""
  %from_all = load i32, ptr addrspace(1) %p
  %place = getelementptr i32, ptr addrspace(1) %p, i32 %t
  %from_own = load i32, ptr addrspace(1) %place
  %changing = load volatile i32, ptr addrspace(1) %p
  %somewhere = load i32, ptr %flat
  %private = alloca i32, addrspace(5)
  %mine = load i32, ptr addrspace(5) %private
  %old = atomicrmw add ptr addrspace(1) %p, i32 1 seq_cst
  %least = call i32 @llvm.umin.i32(i32 %g, i32 %n)
  %mixed = call i32 @llvm.umin.i32(i32 %t, i32 %n)
  %who = call i32 @unknown()
  %said = call i64 @votes(i1 %own)
  %nothing = add i32 undef, 1
  %chosen = select i1 %all, i32 1, i32 %least
  ret void""")
    assert same == {"n", "p", "flat", "g", "all", "from_all", "least", "chosen", "said"}


def test_branches() -> None:
    together, same = analysed("""
  br i1 %all, label %a, label %b
a:
  %x = add i32 %n, 1
  br label %join
b:
  br i1 %own, label %c, label %d
c:
  %y = add i32 %n, 2
  br label %d
d:
  %z = phi i32 [1, %b], [2, %c]
  %w = phi i32 [%n, %b], [%n, %c]
  br label %join
join:
  %v = phi i32 [%x, %a], [%w, %d]
  %u = phi i32 [%x, %a], [%z, %d]
  ret void""")
    assert together == {"entry", "a", "b", "d", "join"}
    assert same >= {"x", "w", "v"} and not same & {"y", "z", "u"}


def test_early_return() -> None:
    together, _ = analysed("""
  br i1 %own, label %rest, label %out
rest:
  br label %out
out:
  ret void""")
    assert together == {"entry", "out"}
    together, _ = analysed("""
  br i1 %own, label %rest, label %out
rest:
  br label %more
more:
  ret void
out:
  ret void""")
    assert together == {"entry"}


LOOP = """
  br label %head
head:
  %i = phi i32 [0, %entry], [%next, %latch]
  %more = icmp ult i32 %i, %n
  br i1 %{first}, label %body, label %end
body:
  %next = add i32 %i, 1
  %same = icmp ult i32 %next, 7
  br i1 %{second}, label %inner, label %latch
inner:
  br label %latch
latch:
  %last = phi i32 [0, %body], [1, %inner]
  br label %head
end:
  ret void"""


def test_loops() -> None:
    together, same = analysed(LOOP.format(first="more", second="same"))
    assert together == {"entry", "head", "body", "inner", "latch", "end"}
    assert {"i", "last"} <= same
    together, same = analysed(LOOP.format(first="more", second="own"))
    assert together == {"entry", "head", "body", "latch", "end"}
    assert "i" in same
    assert "last" not in same


def test_a_loop_that_threads_leave_at_different_times() -> None:
    together, same = analysed(LOOP.format(first="own", second="same"))
    assert together == {"entry", "end"}
    assert not same & {"i", "next", "more"}


def test_endless_loops_and_traps_are_ends() -> None:
    for away in ("br label %away", "unreachable"):
        together, _ = analysed(f"""
  br i1 %own, label %away, label %rest
away:
  {away}
rest:
  ret void""")
        assert together == {"entry"}


def test_nothing_is_known_of_functions() -> None:
    together, same = analysed("  br label %next\nnext:\n  ret void", HEAD.replace("define amdgpu_kernel", "define"))
    assert not together
    assert not same


def _random_kernel(choose: random.Random) -> str:
    """Blocks with phis of numbers, sums of them, and branches that look at one."""
    count = choose.randint(3, 7)
    targets = [choose.sample(range(1, count), choose.choice([1, 2, 2])) if n < count - 1 else [] for n in range(count)]
    before = [[n for n, to in enumerate(targets) if block in to] for block in range(count)]
    lines = []
    for n in range(count):
        lines.append(f"b{n}:")
        if before[n]:
            lines.append(f"  %p{n} = phi i32 " + ", ".join(f"[{_operand(choose, way)}, %b{way}]" for way in before[n]))
        lines.append(f"  %s{n} = add i32 {f'%p{n}' if before[n] else '%n'}, {choose.choice(['1', '%n', '%t'] if n else ['1'])}")
        if len(targets[n]) == 2:
            lines += [f"  %m{n} = and i32 {choose.choice([f'%s{n}', '%n', '%t'])}, 1", f"  %c{n} = icmp eq i32 %m{n}, 0"]
            lines.append(f"  br i1 %c{n}, label %b{targets[n][0]}, label %b{targets[n][1]}")
        else:
            lines.append(f"  br label %b{targets[n][0]}" if targets[n] else "  ret void")
    return "define amdgpu_kernel void @k(i32 %n, i32 %t) {\n" + "\n".join(lines) + "\n}\n"


def _operand(choose: random.Random, way: int) -> str:
    return choose.choice([f"%s{way}", "%n", "3"])


def _run(function: Function, known: dict[Value, int], steps: int) -> Iterator[tuple[Block, dict[Value, int]]]:
    """The blocks that a thread goes through, with the values that it has at their ends."""
    block, before = function.entry, None
    for _ in range(steps):
        fresh = {phi: _value(known, next(v for v, way in phi.incoming if way is before)) for phi in block.phis()}
        known = {**known, **fresh}
        for one in block.instructions:
            if not isinstance(one, Phi) and not one.is_terminator:
                known[one] = _computed(one, [_value(known, operand) for operand in one.operands])
        yield block, known
        end = block.instructions[-1]
        ways = end.successors()
        if not ways:
            return
        before, block = block, ways[0 if len(ways) == 1 or _value(known, end.operands[0]) else 1]


def _value(known: dict[Value, int], value: Value) -> int:
    return value.value if isinstance(value, ConstantInt) else known[value]


def _computed(one: Instruction, operands: list[int]) -> int:
    left, right = operands
    if isinstance(one, Compare):
        return int(left == right)
    return left + right if one.opcode == "add" else left & right


class _FromThread(Uniformity):
    """`%t` stands for the thread's number."""

    def is_same(self, value: Value) -> bool:
        """Of all but that."""
        return not (isinstance(value, Argument) and value.name == "t") and super().is_same(value)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 1 << 30))
def test_threads_run_one_by_one(seed: int) -> None:
    """Blocks that are together are reached by all threads in the same order, and values that are the same are so each time."""
    function = read_module(_random_kernel(random.Random(seed))).functions["k"]
    found = _FromThread(function, SOURCES)
    n, t = function.arguments
    seen = []
    for thread in range(4):
        path = _run(function, {n: seed & 3, t: thread}, 60)
        seen.append([(block.name, _shared(found, block, known)) for block, known in path if found.is_together(block)])
    shortest = min(map(len, seen))
    assert all(path[:shortest] == seen[0][:shortest] for path in seen)


def _shared(found: Uniformity, block: Block, known: dict[Value, int]) -> dict[str, int]:
    return {one.name or "": known[one] for one in block.instructions if one in known and found.is_same(one)}
