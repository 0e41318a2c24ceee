"""PTX modules in the interpreter."""

from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.ptx.module import read_ptx_module
from crosswarp.ir.verifier import verify_module
from crosswarp.support.diagnostics import CompileError

HEAD = ".version 8.8\n.target sm_90\n.address_size 64\n"


def read(text):
    """The verified module of a text, whose header is put in front."""
    module = read_ptx_module(HEAD + text, "test.ptx")
    verify_module(module, portable=True)
    return module


def launch(text, *arguments, threads=1, size=4, kind="i", kernel="k"):
    """What a kernel leaves in its first parameter, `size` elements of `kind`, and what it prints."""
    machine, out = Interpreter(read(text)), Buffer.of(kind, [0] * size)
    machine.launch(kernel, 1, threads, [out, *arguments])
    return list(out.values(kind)), machine.output


def problems(text):
    """Line in `text`, and message, of each diagnostic. Fails when there is none."""
    try:
        read_ptx_module(HEAD + text, "test.ptx")
    except CompileError as error:
        found = [(d.location.line - HEAD.count("\n"), d.message) for d in error.diagnostics]
        assert found and all(d.location.file == "test.ptx" and d.location.column > 0 for d in error.diagnostics)
        return found
    raise AssertionError("no problem was found")
