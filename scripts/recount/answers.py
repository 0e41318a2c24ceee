"""What a library's functions answer to senseless arguments, each called in a process of its own."""

from __future__ import annotations

import ctypes
import os
import signal
import tempfile
from collections.abc import Mapping
from pathlib import Path

NOT_SUPPORTED = 801
SECONDS = 20
ARGUMENTS = 16  # more than any function has
BYTES = 1 << 16
_SAID = b"is not supported"
_BUFFER = ctypes.create_string_buffer(BYTES)


def refused_outright(library: Path, forms: Mapping[str, list[str]]) -> set[str]:
    """Functions all of whose forms say that they are not supported: to zeros, or to addresses of memory where they ask for some."""
    loaded = ctypes.CDLL(str(library))
    return {name for name, symbols in forms.items() if all(_refuses(loaded, symbol) for symbol in symbols)}


def _refuses(loaded: ctypes.CDLL, symbol: str) -> bool:
    """An answer counts only to zeros: addresses as numbers may be more than is supported."""
    return _said(loaded, symbol, memory=False) != b"" or _SAID in _said(loaded, symbol, memory=True)


def _said(loaded: ctypes.CDLL, symbol: str, *, memory: bool) -> bytes:
    """What the library says of not supporting, or that its answer is so; else nothing."""
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if child == 0:
            _call(loaded, symbol, said.fileno(), memory=memory)
        status = os.waitpid(child, 0)[1]
        said.seek(0)
        text = said.read()
    if _SAID in text:
        return _SAID
    return b"801" if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 1 else b""


def _call(loaded: ctypes.CDLL, symbol: str, output: int, *, memory: bool) -> None:
    """Ends the process, with 1 where the answer is "not supported". What the library says goes to `output`."""
    signal.alarm(SECONDS)
    os.environ["CROSSWARP_DEVICE"] = "cpu"
    os.dup2(output, 1)
    os.dup2(output, 2)
    argument = ctypes.c_void_p(_memory(loaded) if memory else 0)
    answer = getattr(loaded, symbol)(*(argument for _ in range(ARGUMENTS)))
    os._exit(int(answer == NOT_SUPPORTED))


def _memory(loaded: ctypes.CDLL) -> int:
    """The address of memory that the library knows, where it has such."""
    address = ctypes.c_void_p()
    if hasattr(loaded, "cudaMalloc"):
        loaded.cudaMalloc(ctypes.byref(address), ctypes.c_size_t(BYTES))
    elif hasattr(loaded, "cuMemAlloc_v2"):
        context = ctypes.c_void_p()
        loaded.cuInit(0)
        loaded.cuDevicePrimaryCtxRetain(ctypes.byref(context), 0)
        loaded.cuCtxSetCurrent(context)
        loaded.cuMemAlloc_v2(ctypes.byref(address), ctypes.c_size_t(BYTES))
    return address.value or ctypes.addressof(_BUFFER)
