"""Binds the statements of a function: those of asm texts, and variables, calls, returns and tables of targets."""

from __future__ import annotations

from dataclasses import replace

from crosswarp.ir.ptx.binding import Binder
from crosswarp.ir.ptx.body import Body
from crosswarp.ir.ptx.constraints import Operands
from crosswarp.ir.ptx.module.calls import Call, Passed, emit_call
from crosswarp.ir.ptx.module.frame import Frame
from crosswarp.ir.ptx.module.symbols import Symbols
from crosswarp.ir.ptx.operands import Action, Mark, Place, Step, Target
from crosswarp.ir.ptx.scope import Scope, Variable
from crosswarp.ir.ptx.syntax import (
    Block,
    FunctionText,
    Immediate,
    Instruction,
    Line,
    Listed,
    Name,
    Operand,
    Parameter,
    Prototype,
    PtxError,
    Signature,
    Statement,
    Targets,
    Variables,
)
from crosswarp.ir.ptx.types import PREDICATE, PtxType

_U32 = PtxType.parse("u32")
_ADDRESS = PtxType.parse("b64")
