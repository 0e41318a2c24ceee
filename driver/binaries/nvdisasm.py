"""`nvdisasm`: machine code as text, for an AMD code object, CPU code, or a cubin (by NVIDIA's own nvdisasm)."""

from __future__ import annotations

from crosswarp.driver.binaries import disassembly
from crosswarp.driver.binaries.contents import images_in
from crosswarp.driver.binaries.image import Kind
from crosswarp.driver.binaries.tool import Tool, single
from crosswarp.driver.input_files import reading
from crosswarp.driver.option_table import Form, Option, Support
from crosswarp.driver.options import Parsed
from crosswarp.support.diagnostics import user_error

F, V = Form.FLAG, Form.VALUE
_GRAPH = "control flow is not drawn"
_OPTIONS = (
    Option("print-code", "c", F, Support.DONE, "only code: as without it"),
    Option("separate-functions", "sf", F, Support.DONE, "an empty line between functions: as without it"),
    Option("cuda-function-index", "fun", Form.LIST, Support.REFUSED, "name the function: cuobjdump -sass -fun"),
    Option("binary", "b", V, Support.REFUSED, "raw code without an ELF file is not read"),
    Option("base-address", "base", V, Support.REFUSED, "addresses are those of the ELF file"),
    Option("annotate", "annotate", F, Support.ACCEPTED, "nothing is added to the code"),
    Option("no-dataflow", "ndf", F, Support.ACCEPTED, "there is no analysis of data flow"),
    Option("no-vliw", "novliw", F, Support.ACCEPTED, "instructions are shown one a line"),
    Option("print-instruction-encoding", "hex", F, Support.ACCEPTED, "AMD code is shown with it"),
    Option("print-raw", "raw", F, Support.ACCEPTED, "code is shown as it is"),
    Option("sort-sections", "sort", F, Support.ACCEPTED, "functions are shown by address"),
    Option("output-control-flow-graph", "cfg", F, Support.REFUSED, _GRAPH),
    Option("output-control-flow-graph-with-basic-blocks", "bbcfg", F, Support.REFUSED, _GRAPH),
    Option("print-instr-offsets-cfg", "poff", F, Support.REFUSED, _GRAPH),
    Option("print-life-ranges", "plr", F, Support.REFUSED, "register life ranges are not computed"),
    Option("life-range-mode", "lrm", V, Support.REFUSED, "register life ranges are not computed", ("count", "narrow", "wide")),
    Option("print-line-info", "g", F, Support.REFUSED, "line numbers are not shown"),
    Option("print-line-info-inline", "gi", F, Support.REFUSED, "line numbers are not shown"),
    Option("print-line-info-ptx", "gp", F, Support.REFUSED, "line numbers are not shown"),
    Option("emit-json", "json", F, Support.REFUSED, "the output is text"),
)


def run(parsed: Parsed, files: list[str]) -> int:
    """Print the code of the one image. Raises `CompileError` where the file is no single image."""
    path = single(files)
    images = images_in(path)
    if len(images) != 1 or not images[0].kind.is_elf or images[0].producer:
        held = f"holds {len(images)} images" if images and images[0].kind is not Kind.PTX else "is no machine code"
        raise user_error(f"'{path}' {held}: nvdisasm reads one cubin, AMD code object or CPU image", "CW2006",
                         hint="take them out first: cuobjdump -xelf all FILE")
    with reading(path):
        functions = disassembly.disassemble(images[0])
    print(f"\t.target\t{images[0].arch}")
    for name, lines in functions:
        print(f"\n.text.{name}:", *(f"        {line}" for line in lines), sep="\n")
    return 0


main = Tool("nvdisasm", "Shows the machine code of one image", _OPTIONS, run).main
