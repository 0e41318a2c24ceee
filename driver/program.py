"""`crosswarp run`: compile a program for the devices of this machine and start it.

A program built from one source is kept with the list of the files it was made from (their sizes and times); while none of them
changes, the next run starts it at once.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from crosswarp.driver.cache import cache_key, trim_folder
from crosswarp.driver.images import compiler_fingerprint
from crosswarp.driver.native import native_amd, native_nvidia
from crosswarp.driver.nvcc import run_nvcc
from crosswarp.driver.options import parse
from crosswarp.driver.outputs import work_folder
from crosswarp.support.files import prerequisites, stamp, write_atomically
from crosswarp.support.paths import cache_dir, library_dir

# Kept programs, all together.
PROGRAM_BYTES = 500 << 20


def run_program(words: list[str], arguments: list[str]) -> int:
    """Compile what nvcc's `words` name and run it with `arguments`. Returns the program's exit code, 128 + N after signal N."""
    words = default_words(words)
    parsed = parse(words)
    if parsed.has("output-file"):
        return run_nvcc(words) or _start(Path(parsed.last("output-file")).absolute(), arguments)
    folder = cache_dir() / "programs"
    if [source.kind for source in parsed.inputs] == ["cu"] and _can_write(folder):
        return _run_kept(folder, words, arguments)
    with work_folder(None) as scratch:
        return run_nvcc([*words, "-o", str(scratch / "program")]) or _start(scratch / "program", arguments)


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _run_kept(folder: Path, words: list[str], arguments: list[str]) -> int:
    """Run a program of one source; compile it unless the one that is kept is current."""
    program = folder / cache_key([str(Path.cwd()), repr(words), compiler_fingerprint(), _library_stamp()])[:32]
    if not _is_current(program):
        rule = program.with_name(f"{program.name}.{os.getpid()}.d")
        try:
            code = run_nvcc([*words, "-o", str(program), "-MD", "-MT", "x", "-MF", str(rule)])
            if code:
                return code
            _remember(program, rule)
            trim_folder(folder, PROGRAM_BYTES)
        finally:
            rule.unlink(missing_ok=True)
    return _start(program, arguments)


def default_words(words: list[str]) -> list[str]:
    """Options for running here and now: optimised host code, images for this machine's devices only, unless said otherwise."""
    parsed = parse(words)
    extra = [] if parsed.has("optimize") or parsed.has("debug") else ["-O2"]
    if any(parsed.has(name) for name in ("gpu-architecture", "generate-code", "targets")) or os.environ.get("CROSSWARP_TARGETS"):
        return [*extra, *words]
    wanted = os.environ.get("CROSSWARP_DEVICE", "")
    if wanted.startswith("emu:"):
        targets = [wanted.removeprefix("emu:")]
    elif wanted == "cpu":
        targets = ["cpu"]
    else:
        targets = ["cpu", *native_amd(), *native_nvidia()]
    return [*extra, f"--targets={','.join(targets)}", *words]


def _library_stamp() -> str:
    static = library_dir() / "libcudart_static.a"
    return str(static.stat().st_mtime_ns) if static.exists() else ""


def _manifest(program: Path) -> Path:
    return program.with_name(program.name + ".json")


def _is_current(program: Path) -> bool:
    try:
        files = json.loads(_manifest(program).read_text())
        return program.exists() and all(stamp(name) == kept for name, kept in files.items())
    except (OSError, ValueError):
        return False


def _remember(program: Path, rule: Path) -> None:
    files = {name: stamp(name) for name in prerequisites(rule)}
    write_atomically(_manifest(program), json.dumps(files).encode())


def _start(program: Path, arguments: list[str]) -> int:
    environment = dict(os.environ)
    folders = [str(library_dir()), environment.get("LD_LIBRARY_PATH", "")]
    environment["LD_LIBRARY_PATH"] = ":".join(folder for folder in folders if folder)
    code = subprocess.run([str(program), *arguments], env=environment).returncode
    return 128 - code if code < 0 else code
