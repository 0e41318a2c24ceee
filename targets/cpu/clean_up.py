"""Links the thread operations into portable IR, inlines what must be inlined, and brings it into SSA form.

Runs llvmlite in a process of its own: LLVM ends the process on some errors, and that must not be the compiler's.
As a script: `python clean_up.py library.bc`, LLVM text on stdin, LLVM text on stdout; an error message on stderr and
status 1 when LLVM rejects the text. Without a library it optimises: what matrix operations need before they are arranged.

Before: `%t = call i32 @__nvvm.read.ptx.sreg.tid.x()`, variables in allocas, device functions marked `alwaysinline`.
After:  `%c = call ptr @__cwcpu.context()`, `%t = load i32, ptr %c`, variables in SSA values, those functions inlined.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

_UNROLLED = 4000  # instructions: loops over fragments, whose operations have many operands


def clean_up(text: str, library: Path) -> str:
    """The module `text` with the operations of the bitcode file `library` inlined. Runs in a worker process."""
    from crosswarp.support.toolchain import run_tool

    return run_tool([sys.executable, "-P", __file__, str(library)], stdin=text.encode()).stdout.decode()


def optimise(text: str) -> str:
    """The module `text` with loops unrolled and fragments of matrices as values, their operations still calls."""
    from crosswarp.support.toolchain import run_tool

    return run_tool([sys.executable, "-P", __file__], stdin=text.encode()).stdout.decode()


def _optimised(text: str) -> str:
    llvm, module = _parsed(text)
    llvm.set_option("", f"-unroll-threshold={_UNROLLED}")
    options = llvm.create_pipeline_tuning_options(speed_level=2)
    options.loop_vectorization = options.slp_vectorization = options.loop_interleaving = False
    options.loop_unrolling = True
    machine = llvm.Target.from_triple(module.triple).create_target_machine()
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)
    module.verify()
    return str(module)


def _parsed(text: str) -> tuple[Any, Any]:
    import llvmlite.binding as llvm

    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    module = llvm.parse_assembly(text)
    module.verify()
    return llvm, module


def _run_llvm(text: str, library: bytes) -> str:
    llvm, module = _parsed(text)
    operations = llvm.parse_bitcode(library)
    operations.triple, operations.data_layout = module.triple, module.data_layout
    names = [function.name for function in operations.functions if not function.is_declaration]
    module.link_in(operations)
    for name in names:
        module.get_function(name).linkage = "internal"
    manager = llvm.create_new_module_pass_manager()
    manager.add_always_inliner_pass()
    manager.add_global_dead_code_eliminate_pass()
    manager.add_sroa_pass()
    manager.add_simplify_cfg_pass()
    machine = llvm.Target.from_triple(module.triple).create_target_machine()
    manager.run(module, llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options()))
    module.verify()
    return str(module)


def _main() -> int:
    text = sys.stdin.read()
    try:
        sys.stdout.write(_run_llvm(text, Path(sys.argv[1]).read_bytes()) if len(sys.argv) > 1 else _optimised(text))
    except RuntimeError as error:
        sys.stderr.write(f"crosswarp: internal error: LLVM rejects the module: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main())
