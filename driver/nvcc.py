"""The drop-in `nvcc`: reads nvcc's command line and runs the pipeline.

Starts fast: `--version` and usage errors import nothing but the option table; clang, LLVM and the targets are imported when needed.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from crosswarp.driver.conflicts import check as check_conflicts
from crosswarp.driver.evidence import note_command
from crosswarp.driver.option_words import CommandLineError
from crosswarp.driver.options import Parsed, parse
from crosswarp.driver.outputs import Interrupted, catch_signals, end_by_signal
from crosswarp.driver.start import with_environment
from crosswarp.support.diagnostics import CrosswarpError, system_error

# The toolkit whose language and API version the headers claim; kept equal to the front end's by a test.
CUDA_RELEASE, CUDA_VERSION = "12.9", "12.9.86"
# Objects made between two searches for circular garbage: a compilation is over before there is any to speak of.
_GC_OBJECTS = 200_000
VERSION = "0.1.0"
# CMake, 4.0 and before, looks for the phrase on the first line; without it, it takes the folders of another nvcc.
# Scripts read the release from the fourth line.
VERSION_TEXT = f"""nvcc: NVIDIA (R) Cuda compiler driver's interface, by Crosswarp
One CUDA source for AMD GPUs, NVIDIA GPUs and CPUs
Built on LLVM
Cuda compilation tools, release {CUDA_RELEASE}, V{CUDA_VERSION}
Build crosswarp_{VERSION}"""


def main(arguments: list[str] | None = None, toolkit: Path | None = None) -> int:
    """Run nvcc. Returns the exit code: 0, 1 for an error of the user's, 3 for a bug of ours, the program's own with `-run`."""
    return run_process(with_environment(sys.argv[1:] if arguments is None else arguments), toolkit)


def run_process(words: list[str], toolkit: Path | None) -> int:
    """`run_nvcc` for a process that does nothing else: its signals and its memory are nvcc's to handle."""
    gc.set_threshold(_GC_OBJECTS)
    catch_signals()
    return run_nvcc(words, toolkit)


def run_nvcc(arguments: list[str], toolkit: Path | None = None) -> int:
    """`main` for a command line in hand: errors are printed, the exit code returned."""
    code = _run_told(arguments, toolkit)
    note_command(arguments, code)
    return code


def _run_told(arguments: list[str], toolkit: Path | None) -> int:
    try:
        return _run(arguments, toolkit)
    except CommandLineError as error:
        print(f"nvcc fatal   : {error}", file=sys.stderr)
        return error.exit_code
    except CrosswarpError as error:
        if str(error).strip():
            print(error, file=sys.stderr)
        return error.exit_code
    except Interrupted as interrupted:
        end_by_signal(interrupted.number)
        return 128 + interrupted.number
    except OSError as error:
        if not isinstance(error, BrokenPipeError):  # whoever read our output has seen enough
            print(system_error(error), file=sys.stderr)
        return 1
    except Exception:
        return internal_error()


def internal_error() -> int:
    """Tell of a bug of ours; the exit code for it."""
    import traceback

    print("crosswarp: internal error: this is a bug of Crosswarp, please report it [CW9001]", file=sys.stderr)
    traceback.print_exc()
    return 3


def _run(arguments: list[str], toolkit: Path | None) -> int:
    parsed = parse(arguments)
    try:
        check_conflicts(parsed)
    finally:
        for note in parsed.notes:
            print(f"nvcc warning : {note}", file=sys.stderr)
    if parsed.has("version"):
        print(VERSION_TEXT)
        return 0
    if parsed.has("help"):
        from crosswarp.driver.help import help_text

        print(help_text())
        return 0
    if parsed.has("list-gpu-code") or parsed.has("list-gpu-arch"):
        return _list_architectures(parsed)
    return _compile(parsed, toolkit, arguments)


def _list_architectures(parsed: Parsed) -> int:
    from crosswarp.driver.arch_names import nvidia_archs

    code, arch = parsed.has("list-gpu-code"), parsed.has("list-gpu-arch")
    for number in (name.removeprefix("sm_") for name in nvidia_archs()):
        if not number.isdigit():
            continue
        both = f"arch=compute_{number},code=sm_{number}"
        print(both if code and arch else f"sm_{number}" if code else f"compute_{number}")
    return 0


def _compile(parsed: Parsed, toolkit: Path | None, words: list[str]) -> int:
    from crosswarp.driver.request import configured_request
    from crosswarp.support.bare import use_writable_cache

    use_writable_cache()
    try:
        request = configured_request(parsed)
    except CrosswarpError:
        # CMake asks for the folders with `nvcc -v no_such_file` and reads them from the failure.
        if parsed.has("verbose") or parsed.has("dryrun"):
            from crosswarp.driver import trace

            trace.show(trace.environment_lines(toolkit))
        raise
    from crosswarp.driver.pipeline import compile_request
    from crosswarp.driver.recall.record import recording_of

    recording = recording_of(request, words, parsed)
    if recording is None:
        return compile_request(request, toolkit)
    with recording:
        return compile_request(recording.request, toolkit, recording)


if __name__ == "__main__":
    sys.exit(main())
