"""`cudafe++`: the host side of one source, as text, becomes a host object with room for the device code.

NVIDIA's tool writes C++ for the host compiler; here clang compiles the host side itself, and `fatbinary` puts the device code in.
A change in device code alone leaves this step as it is.
"""

from __future__ import annotations

from pathlib import Path

from crosswarp.driver.binaries.tool import Tool, single
from crosswarp.driver.cuda_unit import finish_host_object, with_module_id
from crosswarp.driver.input_files import read
from crosswarp.driver.option_table import Option
from crosswarp.driver.options import Parsed
from crosswarp.driver.packing import EMPTY_FATBIN
from crosswarp.driver.steps.rule import RULE, lay_out_rule
from crosswarp.driver.steps.shared import ACCEPTED, DONE, LANGUAGE, M64, SOURCE, VERSION, F, V, output_of, scratch, write_all
from crosswarp.driver.steps.text import compile_text
from crosswarp.driver.steps.words import language_options
from crosswarp.frontend.host import host_pass
from crosswarp.support.files import digest

OBJECT, MODULE_ID = "gen_c_file_name", "module_id_file_name"
_OPTIONS = (
    Option(OBJECT, OBJECT, V, DONE, "the host object"),
    Option(MODULE_ID, MODULE_ID, V, DONE, "file for the identity of this source's device code"),
    Option("gen_module_id_file", "gen_module_id_file", F, ACCEPTED, "the identity is always written where a file for it is named"),
    M64, SOURCE, LANGUAGE, VERSION, *RULE,
)


def run(parsed: Parsed, files: list[str]) -> int:
    """Write the object and the identity."""
    text, options = single(files), language_options(parsed)
    content = read(text)
    original = Path(parsed.last("orig_src_file_name") or text)
    with scratch() as folder:
        compiled, fatbin = Path(folder, "host.o"), Path(folder, "empty.fatbin")
        fatbin.write_bytes(EMPTY_FATBIN)
        compile_text(options, original, text, lambda chosen: host_pass(original, chosen, compiled, fatbin))
        finish_host_object(text, options, compiled)
        results = {output_of(parsed, OBJECT): with_module_id(compiled.read_bytes(), options.cuid)}
    if parsed.has(MODULE_ID):
        results[output_of(parsed, MODULE_ID)] = (options.cuid or digest(content).hex()[:16]).encode() + b"\n"
    write_all(results)
    lay_out_rule(parsed, original)
    return 0


main = Tool("cudafe++", "Compiles the host side of a CUDA source", _OPTIONS, run).main
