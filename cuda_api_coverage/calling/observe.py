"""What each entry of the API answers on a device, seen by calling it with valid arguments, each in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from crosswarp.cuda_api_coverage.calling import special_arguments  # noqa: F401  (fills the table)
from crosswarp.cuda_api_coverage.calling.arguments import arguments
from crosswarp.cuda_api_coverage.calling.records import constants, record_types
from crosswarp.cuda_api_coverage.calling.world import CallFailed, DeviceCode, World
from crosswarp.cuda_api_coverage.derive.declarations import Function, declared_functions

SECONDS = 20
NOT_SUPPORTED = 801
CRASHED, HUNG, UNREACHED = -1, -2, -3


@dataclass(frozen=True)
class Setting:
    """The runtime library, and device code for it."""

    library: Path
    code: DeviceCode

    def world(self, functions: list[Function]) -> World:
        """A fresh program; only in a process that has none yet."""
        return World(self.library, self.code, functions)


def forked(body: Callable[[int], None]) -> tuple[str, int]:
    """What `body` writes to a file descriptor in a forked process that has SECONDS, and how that process ended (`os.waitpid`)."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            signal.alarm(SECONDS)
            body(writing)
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as stream:
        text = stream.read()
    return text, os.waitpid(child, 0)[1]


def in_child(body: Callable[[], object]) -> object:
    """What `body` gives, as JSON carries it, from a forked process; CRASHED or HUNG where it did not come to its end."""

    def put(out: int) -> None:
        os.write(out, json.dumps(body()).encode())

    text, status = forked(put)
    if text:
        return json.loads(text)
    return HUNG if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM else CRASHED


def answer(setting: Setting, functions: list[Function], function: Function) -> int:
    """The error code of one valid call; UNREACHED where the device cannot make what it needs."""
    world = setting.world(functions)
    try:
        given = arguments(world, function)
    except CallFailed as failed:
        print(f"{function.name}: {failed}", file=sys.stderr)
        return UNREACHED
    return world.call(function.name, given)


def observe(setting: Setting, header: str = "cuda_runtime_api.h") -> dict[str, int]:
    """Every declared function and what a valid call of it answers. The device is that of the environment."""
    functions = declared_functions(header)
    record_types(), constants()  # read once, before the children
    found = {}
    for function in functions:
        code = in_child(partial(answer, setting, functions, function))
        found[function.name] = code if isinstance(code, int) else CRASHED
    return found
