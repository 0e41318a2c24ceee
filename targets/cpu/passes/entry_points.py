"""The text behind a CPU code object's kernels: entry points and the table `__cw_cpu_module` (runtime_shim's `cpu_abi.h`).

A kernel `k` in the loop model becomes `k.run`: the block's facts, then loops over z, y and x around the inlined body.
In the coroutine model `k.run` hands the coroutine to the scheduler, and `k.arena` tells how much memory a block needs.
Where subnormal numbers are flushed, `k.flush` calls `k.run` in the processor's mode for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crosswarp.ir.names import encode_bytes, spell
from crosswarp.ir.values import Metadata
from crosswarp.targets.cpu.passes.kernel_parameters import KernelParameter

ABI_VERSION = 2
VARIABLE_DEVICE, VARIABLE_CONSTANT, VARIABLE_MANAGED = 0, 1, 2
MODEL_LOOP, MODEL_WARP, MODEL_COROUTINE, MODEL_FIBER = 1, 2, 3, 4
# Offsets in cw_cpu_launch, and sizes of Block and Thread of devicelib/state.h with room to grow.
_LAUNCH_BLOCK, _LAUNCH_PARAMS = 12, 32
_BLOCK_BYTES, _THREAD_BYTES = 128, 64

TYPES = """\
%cw.kernel = type { i32, i32, ptr, ptr, ptr, i32, i32, i32, i32, ptr, i32, i32, i32, i32 }
%cw.variable = type { ptr, ptr, i64, i32, i32 }
%cw.module = type { i32, i32, ptr, i32, i32, ptr }
"""
DECLARATIONS = """\
declare void @__cwcpu.begin_block(ptr, ptr, ptr, i64)
declare void @__cwcpu.begin_thread(ptr, ptr, i32, i32, i32)
declare i64 @__cwcpu.arena_bytes(ptr, i64, i64)
declare i32 @__cwcpu.run_coroutines(ptr, ptr, ptr, i64, i64, i64)
declare i64 @__cwcpu.fiber_arena_bytes(ptr, i64)
declare i32 @__cwcpu.run_fibers(ptr, ptr, ptr, i64, i64)
declare i64 @__cwcpu.flush_denormals()
declare void @__cwcpu.restore_denormals(i64)
"""


@dataclass(frozen=True)
class Kernel:
    """What the table says about a kernel. Sizes are bytes."""

    name: str
    model: int
    parameters: Sequence[KernelParameter]
    static_shared: int
    shared_align: int
    max_threads: int
    uses_grid_sync: bool
    cluster: tuple[int, int, int] | None = None
    access_group: Metadata | None = None
    flushes: bool = False
    warp_bytes: int = 0

    @property
    def body(self) -> str:
        """Name of the function that the entry point calls."""
        return self.name + ".thread"

    @property
    def entry(self) -> str:
        """Name of the function that the table holds."""
        return self.name + (".flush" if self.flushes else ".run")


@dataclass(frozen=True)
class Variable:
    """A variable the host may reach. `kind`: one of `VARIABLE_*`."""

    name: str
    reference: str
    size: int
    kind: int


def entry_text(kernels: Sequence[Kernel], variables: Sequence[Variable], attributes: str, first_metadata: int) -> str:
    """LLVM text to append to the module. `attributes` goes on every function, metadata starts at `first_metadata`."""
    parts = [TYPES, DECLARATIONS]
    for index, kernel in enumerate(kernels):
        if kernel.model == MODEL_LOOP:
            parts.append(_loop_entry(kernel, attributes, first_metadata + 3 * index))
        elif kernel.model == MODEL_FIBER:
            parts.append(_fiber_entry(kernel, attributes))
        else:
            parts.append(_coroutine_entry(kernel, attributes))
        parts += [_flushing_entry(kernel, attributes)] if kernel.flushes else []
        parts.append(_describe(kernel))
    return "\n".join([*parts, _table(kernels, variables)])


def _global(name: str) -> str:
    return f"@{spell(name)}"


def _pass_parameters(kernel: Kernel) -> tuple[str, str]:
    """LLVM text that loads the parameters from `%params`, and the arguments of the call of the body."""
    loads, arguments = [], ["ptr %thread"]
    for index, parameter in enumerate(kernel.parameters):
        address = f"%a{index}" if not parameter.by_value else f"%p{index}"
        loads.append(f"  {address} = getelementptr inbounds i8, ptr %params, i64 {parameter.offset}")
        if parameter.shared:
            arguments.append(f"ptr %p{index}")
        elif parameter.by_value:
            arguments.append(f"ptr byval({parameter.type}) align {parameter.align} %p{index}")
        else:
            loads.append(f"  %p{index} = load {parameter.type}, ptr {address}, align {parameter.align}")
            arguments.append(f"{parameter.type} %p{index}")
    return "".join(f"{line}\n" for line in loads), ", ".join(arguments)


def _loop_entry(kernel: Kernel, attributes: str, metadata: int) -> str:
    parameter_loads, arguments = _pass_parameters(kernel)
    # What is certainly readable may be read in front of the loops, even if only some threads ask for it.
    end, align = _parameter_bytes(kernel), max((p.align for p in kernel.parameters), default=1)
    readable = f", !dereferenceable !{{i64 {end}}}, !align !{{i64 {align}}}" if end else ""
    return f"""
define internal i32 {_global(kernel.name + ".run")}(ptr noalias %launch, ptr noalias %block) {attributes} {{
entry:
  %state = alloca [{_BLOCK_BYTES} x i8], align 64
  %thread = alloca [{_THREAD_BYTES} x i8], align 64
  call void @__cwcpu.begin_block(ptr %state, ptr %launch, ptr %block, i64 {kernel.static_shared})
  %params.slot = getelementptr inbounds i8, ptr %launch, i64 {_LAUNCH_PARAMS}
  %params = load ptr, ptr %params.slot, align 8{readable}
{parameter_loads}  %nx.slot = getelementptr inbounds i8, ptr %launch, i64 {_LAUNCH_BLOCK}
  %ny.slot = getelementptr inbounds i8, ptr %launch, i64 {_LAUNCH_BLOCK + 4}
  %nz.slot = getelementptr inbounds i8, ptr %launch, i64 {_LAUNCH_BLOCK + 8}
  %nx = load i32, ptr %nx.slot, align 4
  %ny = load i32, ptr %ny.slot, align 4
  %nz = load i32, ptr %nz.slot, align 4
  br label %loop.z

loop.z:
  %z = phi i32 [ 0, %entry ], [ %z.next, %next.z ]
  br label %loop.y

loop.y:
  %y = phi i32 [ 0, %loop.z ], [ %y.next, %next.y ]
  br label %loop.x

loop.x:
  %x = phi i32 [ 0, %loop.y ], [ %x.next, %loop.x ]
  call void @__cwcpu.begin_thread(ptr %thread, ptr %state, i32 %x, i32 %y, i32 %z)
  call void {_global(kernel.body)}({arguments})
  %x.next = add nuw nsw i32 %x, 1
  %x.more = icmp ult i32 %x.next, %nx
  br i1 %x.more, label %loop.x, label %next.y, !llvm.loop !{metadata}

next.y:
  %y.next = add nuw nsw i32 %y, 1
  %y.more = icmp ult i32 %y.next, %ny
  br i1 %y.more, label %loop.y, label %next.z

next.z:
  %z.next = add nuw nsw i32 %z, 1
  %z.more = icmp ult i32 %z.next, %nz
  br i1 %z.more, label %loop.z, label %done

done:
  ret i32 0
}}
!{metadata} = distinct !{{!{metadata}, !{metadata + 1}, !{metadata + 2}}}
!{metadata + 1} = !{{!"llvm.loop.vectorize.enable", i1 true}}
!{metadata + 2} = !{{!"llvm.loop.parallel_accesses", {kernel.access_group}}}
"""


def _coroutine_entry(kernel: Kernel, attributes: str) -> str:
    body, sizes = _global(kernel.body), f"{kernel.static_shared}, i64 {kernel.warp_bytes}"
    return f"""
define internal i64 {_global(kernel.name + ".arena")}(ptr %launch) {attributes} {{
  %frame = call ptr {body}(ptr null, ptr null)
  %frame.bytes = ptrtoint ptr %frame to i64
  %bytes = call i64 @__cwcpu.arena_bytes(ptr %launch, i64 %frame.bytes, i64 {kernel.warp_bytes})
  ret i64 %bytes
}}

define internal i32 {_global(kernel.name + ".run")}(ptr %launch, ptr %block) {attributes} {{
  %frame = call ptr {body}(ptr null, ptr null)
  %frame.bytes = ptrtoint ptr %frame to i64
  %status = call i32 @__cwcpu.run_coroutines(ptr %launch, ptr %block, ptr {body}, i64 %frame.bytes, i64 {sizes})
  ret i32 %status
}}
"""


def _fiber_entry(kernel: Kernel, attributes: str) -> str:
    body, sizes = _global(kernel.body), f"{kernel.static_shared}, i64 {kernel.warp_bytes}"
    return f"""
define internal i64 {_global(kernel.name + ".arena")}(ptr %launch) {attributes} {{
  %bytes = call i64 @__cwcpu.fiber_arena_bytes(ptr %launch, i64 {kernel.warp_bytes})
  ret i64 %bytes
}}

define internal i32 {_global(kernel.name + ".run")}(ptr %launch, ptr %block) {attributes} {{
  %status = call i32 @__cwcpu.run_fibers(ptr %launch, ptr %block, ptr {body}, i64 {sizes})
  ret i32 %status
}}
"""


def _flushing_entry(kernel: Kernel, attributes: str) -> str:
    # The call stays a call: LLVM knows nothing of the mode and could move arithmetic out of it.
    return f"""
define internal i32 {_global(kernel.entry)}(ptr %launch, ptr %block) {attributes} {{
  %mode = call i64 @__cwcpu.flush_denormals()
  %status = call i32 {_global(kernel.name + ".run")}(ptr %launch, ptr %block) noinline
  call void @__cwcpu.restore_denormals(i64 %mode)
  ret i32 %status
}}
"""


def _string(name: str, text: str) -> str:
    data = text.encode() + b"\0"
    return f'{name} = private unnamed_addr constant [{len(data)} x i8] c"{encode_bytes(data)}"'


def _parameter_bytes(kernel: Kernel) -> int:
    return max((p.offset + p.size for p in kernel.parameters), default=0)


def _describe(kernel: Kernel) -> str:
    parameters = ", ".join(f"{{ i32, i32 }} {{ i32 {p.offset}, i32 {p.size} }}" for p in kernel.parameters)
    count = len(kernel.parameters)
    end = _parameter_bytes(kernel)
    arena = "ptr null" if kernel.model == MODEL_LOOP else f"ptr {_global(kernel.name + '.arena')}"
    offsets, name = _global(kernel.name + ".params"), _global(kernel.name + ".name")
    fields = ", ".join((
        f"i32 {ABI_VERSION}", f"i32 {kernel.model}", f"ptr {name}", f"ptr {_global(kernel.entry)}", arena,
        f"i32 {kernel.static_shared}", f"i32 {kernel.shared_align}", f"i32 {count}", f"i32 {end}", f"ptr {offsets}",
        f"i32 {kernel.max_threads}", "i32 0", f"i32 {int(kernel.uses_grid_sync)}", f"i32 {_packed(kernel.cluster)}",
    ))  # fmt: skip
    return "\n".join((
        _string(name, kernel.name),
        f"{offsets} = private constant [{count} x {{ i32, i32 }}] [{parameters}]",
        f"{_global(kernel.name + '.kernel')} = private constant %cw.kernel {{ {fields} }}",
    ))


def _packed(cluster: tuple[int, int, int] | None) -> int:
    x, y, z = cluster or (0, 0, 0)
    return x | y << 10 | z << 20


def _variable(variable: Variable) -> str:
    name = _global(variable.name + ".name")
    return f"%cw.variable {{ ptr {name}, ptr {variable.reference}, i64 {variable.size}, i32 {variable.kind}, i32 0 }}"


def _table(kernels: Sequence[Kernel], variables: Sequence[Variable]) -> str:
    lines = [_string(_global(f"{v.name}.name"), v.name) for v in variables]
    entries = ", ".join(map(_variable, variables))
    pointers = ", ".join(f"ptr {_global(k.name + '.kernel')}" for k in kernels)
    return "\n".join((
        *lines,
        f"@__cw_cpu.kernels = private constant [{len(kernels)} x ptr] [{pointers}]",
        f"@__cw_cpu.variables = private constant [{len(variables)} x %cw.variable] [{entries}]",
        f"@__cw_cpu_module = constant %cw.module {{ i32 {ABI_VERSION}, i32 {len(kernels)}, ptr @__cw_cpu.kernels, "
        f"i32 {len(variables)}, i32 0, ptr @__cw_cpu.variables }}\n",
    ))
