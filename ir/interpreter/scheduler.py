"""Runs the threads of a grid one after another and lets them meet.

A thread runs until it needs others or its time slice ends. When none of a block can go on, the waiting threads are
looked at: barriers that are full, warp operations whose lanes are all there, then (CUDA leaves this open) `activemask`
among the lanes that stand at the same place. If nothing helps and no other block can, the launch is deadlocked.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crosswarp.ir.globals import GlobalVariable
from crosswarp.ir.interpreter.code import run
from crosswarp.ir.interpreter.errors import Deadlock, KernelError, OutOfBounds, ThreadExit, Undefined
from crosswarp.ir.interpreter.memory import SHARED_BASE, Allocation, check
from crosswarp.ir.interpreter.threads import Thread
from crosswarp.ir.operations.requests import ActiveMask, BlockBarrier, GridBarrier, WarpMeeting

if TYPE_CHECKING:
    from crosswarp.ir.function import Function
    from crosswarp.ir.interpreter.machine import Interpreter

Triple = tuple[int, int, int]


@dataclass
class Launch:
    """One launch of a kernel."""

    machine: Interpreter
    kernel: Function
    grid_dim: Triple
    block_dim: Triple
    arguments: list[Any]
    dynamic_shared: int

    def run(self) -> None:
        """Run all blocks. Blocks start in order; one that only spins or waits for the grid lets the next ones run."""
        width, height, depth = self.grid_dim
        ready = deque(BlockRun(self, (n % width, n // width % height, n // (width * height)))
                      for n in range(width * height * depth))
        waiting: list[BlockRun] = []
        while ready or waiting:
            if not ready:
                self._release(waiting)
                ready.extend(waiting)
                waiting = []
            block = ready.popleft()
            state = block.advance()
            if state == "grid":
                waiting.append(block)
            elif state == "paused":
                ready.append(block)

    @staticmethod
    def _release(blocks: list[BlockRun]) -> None:
        """All threads that are left wait for the grid: let them go on."""
        for block in blocks:
            for thread in block.threads:
                block.answer(thread, None)


@dataclass(eq=False)
class BlockRun:
    """One block. Threads are made when it first runs."""

    launch: Launch
    index: Triple
    threads: list[Thread] = field(default_factory=list)
    ready: deque[tuple[Thread, Any]] = field(default_factory=deque)
    shared: list[Allocation] = field(default_factory=list)
    arrived: dict[int, list[int]] = field(default_factory=dict)
    started: bool = False

    def _start(self) -> None:
        launch = self.launch
        self.started = True
        self.shared = make_shared(launch.machine, launch.dynamic_shared)
        code = launch.machine.code(launch.kernel)
        width, height, depth = launch.block_dim
        for linear in range(width * height * depth):
            thread = Thread(self, linear)
            thread.running = run(code, launch.arguments, thread)
            self.threads.append(thread)
            self.ready.append((thread, None))

    def locate_shared(self, address: int, size: int) -> tuple[Allocation, int]:
        """The shared variable at a generic address."""
        for allocation in self.shared:
            if allocation.base <= address < allocation.base + max(len(allocation.data), 1):
                return check(allocation, address, size)
        raise OutOfBounds(f"access of {size} bytes at offset {address - SHARED_BASE} of shared memory, where no variable is")

    def answer(self, thread: Thread, result: Any) -> None:
        """Let a waiting thread go on."""
        thread.waiting = None
        self.ready.append((thread, result))

    def advance(self) -> str:
        """Run until all threads are done ("done"), wait for the grid ("grid"), or only spin ("paused")."""
        if not self.started:
            self._start()
        while True:
            paused = self._run_ready()
            if not self.threads:
                return "done"
            if self._meet():
                continue
            if paused:
                self.ready.extend((thread, None) for thread in paused)
                return "paused"
            if self._guess_active_masks():
                continue
            if all(isinstance(t.waiting, GridBarrier) for t in self.threads):
                return "grid"
            raise self._deadlock()

    def _run_ready(self) -> list[Thread]:
        """Run each ready thread until it waits, ends or its time is up; returns the latter."""
        paused = []
        for _ in range(len(self.ready)):
            thread, result = self.ready.popleft()
            assert thread.running is not None
            try:
                thread.waiting = thread.running.send(result)
            except (StopIteration, ThreadExit):
                self.threads.remove(thread)
                continue
            except KernelError as problem:
                raise self._located(problem, thread)  # noqa: B904 - the same error, with the place added
            if thread.waiting is None:
                paused.append(thread)
        return paused

    def _located(self, problem: KernelError, thread: Thread) -> KernelError:
        problem.kernel, problem.block, problem.thread = self.launch.kernel.name, self.index, thread.thread_index
        return problem

    def _meet(self) -> bool:
        """Answer every request that is met. Whether there was one."""
        return any([self._barriers(), self._warp_meetings()])

    def _barriers(self) -> bool:
        groups: dict[int, list[Thread]] = {}
        progress = False
        for thread in self.threads:
            request = thread.waiting
            if isinstance(request, BlockBarrier):
                if request.arrive:
                    self.arrived.setdefault(request.number, []).append(request.predicate)
                    self.answer(thread, None)
                    progress = True
                else:
                    groups.setdefault(request.number, []).append(thread)
        for number, threads in groups.items():
            progress |= self._barrier(number, threads)
        return progress

    def _barrier(self, number: int, threads: list[Thread]) -> bool:
        requests = [t.waiting for t in threads if isinstance(t.waiting, BlockBarrier)]
        counts = {r.count for r in requests}
        if len(counts) > 1:
            raise self._located(Undefined(f"barrier {number} is waited for with different counts: {counts}"), threads[0])
        expected = requests[0].count if requests[0].count is not None else len(self.threads)
        if len(threads) + len(self.arrived.get(number, ())) < expected:
            return False
        self.arrived.pop(number, None)
        predicates = [r.predicate for r in requests]
        for thread, request in zip(threads, requests, strict=True):
            self.answer(thread, request.combine(predicates) if request.combine else None)
        return True

    def _warp_meetings(self) -> bool:
        lanes = {(t.warp, t.lane): t for t in self.threads}
        progress = False
        for thread in list(self.threads):
            request = thread.waiting
            if isinstance(request, WarpMeeting):
                if not request.mask >> thread.lane & 1:
                    raise self._located(Undefined(f"{request.name}: the mask 0x{request.mask:08x} does not name this lane"), thread)
                partners = {lane: lanes[thread.warp, lane] for lane in range(32)
                            if request.mask >> lane & 1 and (thread.warp, lane) in lanes}
                progress |= self._warp_meeting(request, partners)
        return progress

    def _warp_meeting(self, request: WarpMeeting, partners: dict[int, Thread]) -> bool:
        operands = {}
        for lane, thread in partners.items():
            other = thread.waiting
            if not isinstance(other, WarpMeeting) or other.name != request.name or other.mask != request.mask:
                return False
            operands[lane] = other.operands
        results = request.combine(operands)
        for lane, thread in partners.items():
            self.answer(thread, results[lane])
        return True

    def _guess_active_masks(self) -> bool:
        groups: dict[tuple[int, Any], list[Thread]] = {}
        for thread in self.threads:
            if isinstance(thread.waiting, ActiveMask):
                groups.setdefault((thread.warp, thread.at), []).append(thread)
        for threads in groups.values():
            mask = sum(1 << t.lane for t in threads)
            for thread in threads:
                self.answer(thread, mask)
        return bool(groups)

    def _deadlock(self) -> KernelError:
        lines = [f"thread {t.thread_index} waits at {_described(t)}" for t in self.threads[:8]]
        more = [f"and {len(self.threads) - 8} more"] if len(self.threads) > 8 else []
        return self._located(Deadlock("no thread of the block can go on:\n    " + "\n    ".join(lines + more)), self.threads[0])


def _described(thread: Thread) -> str:
    request = thread.waiting
    if isinstance(request, BlockBarrier):
        return f"barrier {request.number}" + (f" for {request.count} threads" if request.count is not None else "")
    if isinstance(request, WarpMeeting):
        return f"{request.name} with mask 0x{request.mask:08x}"
    return "the barrier of the grid" if isinstance(request, GridBarrier) else "activemask"


def make_shared(machine: Interpreter, dynamic: int) -> list[Allocation]:
    """Shared variables of one block, uninitialised. All `extern __shared__` arrays are the same memory."""
    made = []
    for variable, offset in machine.shared_offsets.items():
        size = machine.layout.size(variable.value_type) if not is_dynamic(variable) else dynamic
        made.append(Allocation(SHARED_BASE + offset, bytearray(size), bytearray(size), variable.name, "shared"))
        if is_dynamic(variable):
            break
    return made


def is_dynamic(variable: GlobalVariable) -> bool:
    """Whether it is an `extern __shared__` array."""
    return variable.is_declaration
