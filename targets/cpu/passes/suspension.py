"""Inserting suspensions that the source does not ask for."""

from __future__ import annotations

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.instructions import Call, Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.types import I32, PTR, VOID, FunctionType
from crosswarp.targets.cpu.operations import CONTEXT, SET_EVENT, SUSPEND


def suspend_before(module: Module, instruction: Instruction, event: int) -> None:
    """Tell the scheduler `event` and suspend in front of `instruction`."""
    assert instruction.parent is not None
    context = module.declare(CONTEXT, FunctionType(PTR, ()))
    set_event = module.declare(SET_EVENT, FunctionType(VOID, (PTR, I32)))
    suspend = module.declare(SUSPEND, FunctionType(VOID, ()))
    thread = Call(context.function_type, context, [])
    tell = Call(set_event.function_type, set_event, [thread, ConstantInt(I32, event)])
    for call in (thread, tell, Call(suspend.function_type, suspend, [])):
        instruction.parent.insert_before(call, instruction)
