"""What can go wrong in a kernel. The launch adds the kernel, the block, the thread and the instruction."""

from __future__ import annotations


class KernelError(Exception):
    """A kernel did something wrong. `kernel`, `block`, `thread` and `instruction` say where, once known."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.kernel = ""
        self.block: tuple[int, int, int] | None = None
        self.thread: tuple[int, int, int] | None = None
        self.instruction = ""

    def __str__(self) -> str:
        where = f"kernel {self.kernel}, block {self.block}, thread {self.thread}" if self.kernel else "kernel"
        return f"{where}: {self.reason}" + (f"\n  {self.instruction}" if self.instruction else "")


class OutOfBounds(KernelError):
    """An access outside every allocation, or past the end of one."""


class Misaligned(KernelError):
    """An access at an address that is not a multiple of its alignment."""


class Deadlock(KernelError):
    """Threads wait for each other and none can go on."""


class Trap(KernelError):
    """The kernel ended the launch itself: `__trap()`, a failed assertion."""


class PoisonUse(KernelError):
    """Behaviour depends on poison or uninitialised memory."""


class Undefined(KernelError):
    """Undefined behaviour: division by zero, `unreachable`."""


class StepLimit(KernelError):
    """The launch ran longer than the interpreter was told to wait."""


class NotInterpreted(KernelError):
    """The interpreter does not know an operation or instruction; the reason names it."""


class ThreadExit(Exception):
    """The thread ends (PTX `exit`)."""
