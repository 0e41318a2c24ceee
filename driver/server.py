"""`crosswarp serve`: the compiler as a helper of a program that compiles at run time (`runtime_shim/compiler/run.cpp`).

Python's start and the imports, half of a short compilation, are paid once for each program. Standard input is a socket of packets;
each is `VERB NUL FOLDER NUL WORKING-FOLDER NUL`, and carries the descriptor that the exit code goes to, one byte. Every request is
done by a process of its own, forked from this one: they may run side by side, and one that dies takes nothing with it. The
environment is the program's at that moment (FOLDER/environment), output goes to FOLDER/log.

The helper is nobody's child, so that it never comes up where the program waits for its own children. It ends when the program has
ended, or has asked for nothing for some minutes; the program then starts another one.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from crosswarp.driver.nvcc import internal_error
from crosswarp.support.diagnostics import CrosswarpError, system_error
from crosswarp.support.files import remove_tree

_BUG = 3
_MODULES = ("driver.pipeline", "driver.packing", "driver.precompiled", "driver.device_link", "frontend.device", "ir.reader",
            "ir.writer", "targets.registry", "targets.amdgpu.target", "targets.cpu.target", "targets.nvptx.target")
_IDLE_SECONDS = 300.0
_PACKET = 3 * 4096


def _verbs() -> dict[str, Callable[[Path], int]]:
    from crosswarp.driver import ptx_module, rtc

    return {"ptx": ptx_module.compile_module, "rtc": rtc.compile_program}


def serve() -> int:
    """Become the helper: the process that was started ends at once, another one serves. Returns the exit code."""
    connection = socket.socket(fileno=os.dup(0))
    if os.fork():
        return 0
    _leave_the_program(connection.fileno())
    _prepare()
    connection.settimeout(_IDLE_SECONDS)
    with contextlib.suppress(TimeoutError):
        while _serve_one(connection):
            pass
    return 0


def _leave_the_program(connection: int) -> None:
    """Nothing of the program's is held on to: its terminal, its working folder, its open files."""
    os.setsid()
    os.chdir("/")
    for number in map(int, os.listdir("/proc/self/fd")):  # noqa: PTH208  numbers, not paths
        if number > 2 and number != connection:
            with contextlib.suppress(OSError):
                os.close(number)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the workers' ends concern nobody
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _prepare() -> None:
    """Import what every compilation needs. Nothing here may look at the environment: each request has its own."""
    from crosswarp.driver.identity import compiler_listing
    from crosswarp.driver.images import compiler_fingerprint

    compiler_listing()  # first: what is imported is never newer than what is listed
    compiler_fingerprint()
    for name in _MODULES:
        import_module(f"crosswarp.{name}")
    _verbs()
    gc.freeze()  # workers share these pages as long as nobody counts what is in them


def _serve_one(connection: socket.socket) -> bool:
    """Start the worker for one request; false when the program has ended."""
    packet, descriptors, _, _ = socket.recv_fds(connection, _PACKET, 1)
    if not packet:
        return False
    if os.fork() == 0:
        connection.close()
        _work(packet, descriptors)
    for number in descriptors:
        os.close(number)
    return True


def _work(packet: bytes, descriptors: list[int]) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    verb, name, here = (os.fsdecode(word) for word in packet.split(b"\0")[:3])
    folder, code = Path(name), _BUG
    try:
        code = _run(verb, folder, here)
    finally:
        try:
            os.write(descriptors[0], bytes([code]))
        except BrokenPipeError:  # the program has ended meanwhile: nobody else removes its folder
            remove_tree(folder)
        os._exit(0)


def _run(verb: str, folder: Path, here: str) -> int:
    """Do one request in this process. Returns the exit code."""
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number in (1, 2):
        os.dup2(log, number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", errors="backslashreplace", closefd=False) for number in (1, 2))
    try:
        _take_over(folder / "environment", here)
        return _verbs()[verb](folder)
    except CrosswarpError as error:
        print(error)
        return int(error.exit_code)
    except OSError as error:
        print(system_error(error))
        return _BUG
    except Exception:
        return internal_error()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def _take_over(environment: Path, here: str) -> None:
    """The program's environment and working folder."""
    pairs = (item.partition(b"=") for item in environment.read_bytes().split(b"\0"))
    os.environ.clear()
    os.environb.update({name: value for name, _, value in pairs if name})
    with contextlib.suppress(OSError):  # a working folder that is gone matters only to relative paths
        os.chdir(here)
