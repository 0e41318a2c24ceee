"""Dominators against a brute-force definition on random graphs; pipelines check their passes' requirements."""

from dataclasses import dataclass

import pytest
from crosswarp.ir.builder import Builder
from crosswarp.ir.cfg import ControlFlow
from crosswarp.ir.constants import ConstantInt, null
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass, Pipeline
from crosswarp.ir.reader import read_module
from crosswarp.ir.types import I32, VOID, FunctionType
from crosswarp.ir.verifier import VerifyError
from hypothesis import given, settings
from hypothesis import strategies as st

FACTS = TargetFacts("a", "b", "")


def reachable(blocks, successors, without=None):
    seen, work = set(), [b for b in blocks[:1] if b is not without]
    while work:
        block = work.pop()
        if block not in seen:
            seen.add(block)
            work += [s for s in successors[block] if s is not without]
    return seen


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(st.lists(st.integers(1, 7), max_size=3), min_size=8, max_size=8))
def test_dominators_by_definition(edges):
    function = Function("f", FunctionType(VOID, ()))
    blocks = [function.add_block(f"b{n}") for n in range(8)]
    for block, targets in zip(blocks, edges, strict=True):
        builder = Builder(block)
        if targets:
            builder.switch(ConstantInt(I32, 0), blocks[targets[0]], list(enumerate(blocks[t] for t in targets[1:])))
        else:
            builder.ret()
    flow = ControlFlow(function)
    alive = reachable(blocks, flow.successors)
    assert set(flow.order) == alive and flow.order[0] is blocks[0]
    for a in alive:
        beyond = alive - reachable(blocks, flow.successors, without=a)
        for b in alive:
            assert flow.block_dominates(a, b) == (b in beyond)


@dataclass(frozen=True)
class Clean(Pass):
    name = "clean"
    establishes = frozenset({"clean"})

    def apply(self, module, facts):
        module.source_filename = facts.arch


@dataclass(frozen=True)
class NeedsClean(Pass):
    name = "needs-clean"
    requires = frozenset({"clean"})
    destroys = frozenset({"clean"})

    def apply(self, module, facts):
        pass


@dataclass(frozen=True)
class Breaks(Pass):
    name = "breaks"

    def apply(self, module, facts):
        module.functions["f"].entry.instructions[0].operands[0] = null(I32)


def test_requirements_are_checked_when_a_pipeline_is_built():
    Pipeline([Clean(), NeedsClean()])
    Pipeline([NeedsClean()], given=frozenset({"clean"}))
    with pytest.raises(ValueError, match="needs-clean requires clean"):
        Pipeline([NeedsClean(), Clean()])
    with pytest.raises(ValueError, match="needs-clean requires clean"):
        Pipeline([Clean(), NeedsClean(), NeedsClean()])


def test_passes_run_in_order_and_the_verifier_names_the_culprit():
    module = Module()
    Pipeline([Clean()]).run(module, FACTS, verify=True)
    assert module.source_filename == "a"
    module = read_module("define i64 @f() {\n  ret i64 1\n}\n")
    with pytest.raises(VerifyError, match="after pass breaks"):
        Pipeline([Clean(), Breaks()]).run(module, FACTS, verify=True)
