"""Makes a kernel a coroutine, one per CUDA thread, that LLVM splits at each suspension.

Before: define void @k(ptr %cw.thread, ptr %p) {           After: define ptr @k(ptr %cw.thread, ptr %cw.frame) presplitcoroutine {
          ...                                                      a null thread asks for the size of the frame
          call void @__cwcpu.suspend()                             begin in the thread's frame, load the parameters
          ...                                                      %s = call i8 @llvm.coro.suspend(token none, i1 false)
          ret void                                                 switch i8 %s, label %return [i8 0, label %next]
        }                                                          ret: tell the scheduler, go to %return
"""

from __future__ import annotations

from collections.abc import Sequence

from crosswarp.ir.constants import ConstantInt, Keyword, null
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Branch, Call, Compare, Instruction, Switch
from crosswarp.ir.module import Module
from crosswarp.ir.types import I1, I8, I32, I64, PTR, TOKEN, VOID, FunctionType, Type
from crosswarp.ir.values import Argument, Value
from crosswarp.targets.cpu.operations import EVENT_EXITED, PARAMS, SET_EVENT, SUSPEND
from crosswarp.targets.cpu.passes.kernel_parameters import KernelParameter, load_parameters

FRAME_ALIGN = 64
_NO_TOKEN = Keyword(TOKEN, "none")


def make_coroutine(module: Module, function: Function, parameters: Sequence[KernelParameter]) -> None:
    """Turn the kernel `function` (context argument first) into a coroutine `ptr (ptr thread, ptr frame)`."""
    _Coroutine(module, function).build(parameters)


class _Coroutine:
    def __init__(self, module: Module, function: Function) -> None:
        self.module, self.function = module, function
        self.thread = function.arguments[0]
        self.frame = Argument(PTR, "cw.frame")

    def build(self, parameters: Sequence[KernelParameter]) -> None:
        """See the module's docstring."""
        body = self.function.entry
        values = self.function.arguments[1:]
        start = self._prologue(body)
        buffer = self._call(start, PARAMS, PTR, [self.thread])
        load_parameters(self.module, start, buffer, list(zip(parameters, values, strict=True)))
        start.append(Branch([body]))
        self.function.arguments = [self.thread, self.frame]
        self.function.return_type = PTR
        self.function.return_attributes = []
        self.function.set_attribute("presplitcoroutine")
        self.thread.attributes = []
        self._rewrite_body(body)

    def _call(self, block: Block, name: str, result: Type, arguments: list[Value]) -> Call:
        kind = FunctionType(result, [a.type for a in arguments])
        call = Call(kind, self.module.declare(name, kind), arguments)
        block.append(call)
        return call

    def _prologue(self, body: Block) -> Block:
        """Blocks in front of `body`: entry (with the allocas), size query, start. Returns start, without a terminator."""
        entry, size, start = (self.function.add_block(f"cw.{name}", before=body) for name in ("entry", "size", "start"))
        for alloca in [i for i in body.instructions if i.opcode == "alloca"]:
            body.instructions.remove(alloca)
            entry.append(alloca)
        nothing = null(PTR)
        self.token = self._call(entry, "llvm.coro.id", TOKEN, [ConstantInt(I32, FRAME_ALIGN), nothing, nothing, nothing])
        query = entry.append(Compare("icmp", I1, "eq", self.thread, nothing))
        entry.append(Branch([query, size, start]))
        bytes_ = self._call(size, "llvm.coro.size.i64", I64, [])
        size.append(Instruction("ret", VOID, [size.append(Instruction("inttoptr", PTR, [bytes_]))]))
        self.handle = self._call(start, "llvm.coro.begin", PTR, [self.token, self.frame])
        return start

    def _rewrite_body(self, body: Block) -> None:
        leave = self.function.add_block("cw.return")
        for block in list(self.function.blocks):
            if block.name in ("cw.size", "cw.return"):
                continue
            last = block.terminator
            if last is not None and last.opcode == "ret":
                last.erase()
                self._call(block, SET_EVENT, VOID, [self.thread, ConstantInt(I32, EVENT_EXITED)])
                block.append(Branch([leave]))
            self._split_at_suspensions(block, leave)
        self._call(leave, "llvm.coro.end", VOID, [self.handle, ConstantInt(I1, 0), _NO_TOKEN])
        leave.append(Instruction("ret", VOID, [self.handle]))

    def _split_at_suspensions(self, block: Block, leave: Block) -> None:
        """At the last one first: each instruction moves once, however many there are."""
        markers = [i for i in block.instructions if isinstance(i, Call) and i.callee_name == SUSPEND]
        for marker in reversed(markers):
            after = block.split_before(marker)
            marker.erase()
            state = self._call(block, "llvm.coro.suspend", I8, [_NO_TOKEN, ConstantInt(I1, 0)])
            block.append(Switch(state, leave, [(ConstantInt(I8, 0), after), (ConstantInt(I8, 1), leave)]))


