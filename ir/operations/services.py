"""What a kernel asks of the host: output, failed assertions, the end of the launch; and compile-time queries."""

from __future__ import annotations

from crosswarp.ir.operations.record import GRID, NEVER, NORETURN, OPERANDS, PURE, READ, SERVICE, WRITE, operation

_PRINT = "printf with a format and packed arguments; returns how many were given"
OPERATIONS = [
    operation("vprintf", "i32 (ptr, ptr)", READ | SERVICE, NEVER, _PRINT, lambda t, f, a: t.print(f, a)),
    operation("__cw.printf", "i32 (ptr, ptr)", READ | SERVICE, NEVER, _PRINT, lambda t, f, a: t.print(f, a)),
    operation("__cw.assert", "void (ptr, ptr, i32, ptr)", NORETURN | READ, GRID, "assertion failed",
              lambda t, expression, file, line, function: t.assertion(expression, file, line, function)),
    operation("__assertfail", "void (ptr, ptr, i32, ptr, i64)", NORETURN | READ, GRID, "assertion failed",
              lambda t, expression, file, line, function, size: t.assertion(expression, file, line, function)),
    operation("__cw.trap", "void ()", NORETURN, GRID, "abnormal end of the launch", lambda t: t.trap()),
    operation("__cw.brkpt", "void ()", SERVICE, GRID, "breakpoint", lambda t: None),
    operation("malloc", "ptr (i64)", READ | WRITE | SERVICE, NEVER, "device heap", lambda t, size: t.allocate_heap(size)),
    operation("free", "void (ptr)", READ | WRITE | SERVICE, NEVER, "device heap", lambda t, address: t.free_heap(address)),
    operation("__nvvm_reflect", "i32 (ptr)", PURE, GRID, "a compile-time question of NVIDIA's library", lambda t, name: 0),
    operation("llvm.nvvm.reflect.*", "i32 (P)", PURE, GRID, "a compile-time question of NVIDIA's library", lambda t, name: 0),
    operation("llvm.donothing", "void ()", PURE, OPERANDS, "nothing", lambda t: None),
]
