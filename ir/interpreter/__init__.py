"""The reference interpreter: the meaning of portable IR. See `machine` for the interface."""

from crosswarp.ir.interpreter.errors import KernelError
from crosswarp.ir.interpreter.machine import Interpreter
from crosswarp.ir.interpreter.memory import Buffer

__all__ = ["Buffer", "Interpreter", "KernelError"]
