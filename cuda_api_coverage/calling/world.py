"""A CUDA program in a child process: the runtime library loaded with ctypes, one registered fat binary, and objects to call with.

Objects are made when first asked for, so that a device that lacks some can still be asked about the rest.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crosswarp.cuda_api_coverage.calling.records import constants, number, record_types
from crosswarp.cuda_api_coverage.derive.declarations import Function

BYTES = 4096  # of every memory
_WRAPPER_MAGIC = 0x466243B1


class CallFailed(Exception):
    """A call that had to succeed answered `code`."""

    def __init__(self, name: str, code: int) -> None:
        super().__init__(f"{name} is {code}")
        self.code = code


@dataclass(frozen=True)
class DeviceCode:
    """A fat binary; names in it: a kernel `(int*, int)`, a variable of 16 bytes, a managed variable."""

    file: Path
    kernel: str
    variable: str
    managed: str


class World:
    """`code` names a kernel and variables of the fat binary."""

    def __init__(self, library: Path, code: DeviceCode, functions: list[Function]) -> None:
        self.library = ctypes.CDLL(str(library))
        self.file, self.kernel, self.variable, self.managed_variable = code.file, code.kernel, code.variable, code.managed
        self.functions = {function.name: function for function in functions}
        self.types = record_types()
        self.values = constants()
        self._kept: dict[str, Any] = {}
        self._alive: list[Any] = []  # memory that calls point to
        self.stub = ctypes.create_string_buffer(16)
        self.shadow = ctypes.create_string_buffer(16)
        self._register(code.file.read_bytes(), code.kernel.encode(), code.variable.encode())

    def _register(self, image: bytes, kernel: bytes, variable: bytes) -> None:
        raw = ctypes.create_string_buffer(len(image) + 64)
        start = (ctypes.addressof(raw) + 63) // 64 * 64
        ctypes.memmove(start, image, len(image))
        wrapper = (ctypes.c_uint64 * 3)(_WRAPPER_MAGIC | 1 << 32, start, 0)
        self._alive += [raw, wrapper, kernel, variable]
        self.image = start
        register = self.library["__cudaRegisterFatBinary"]
        register.restype = ctypes.c_void_p
        handle = ctypes.c_void_p(register(wrapper))
        self.library["__cudaRegisterFunction"](handle, self.stub, kernel, kernel, -1, None, None, None, None, None)
        self.library["__cudaRegisterVar"](handle, self.shadow, None, variable, 0, ctypes.c_size_t(16), 0, 0)
        self.library["__cudaRegisterFatBinaryEnd"](handle)

    def call(self, name: str, arguments: list[Any]) -> int:
        """Calls an entry with converted arguments. Entries that give no error code answer 0."""
        function = self.functions[name]
        entry = getattr(self.library, function.symbol)
        entry.restype = {"cudaError_t": ctypes.c_int, "const char *": ctypes.c_char_p}.get(function.result)
        if function.result == "cudaChannelFormatDesc":
            entry.restype = self.types["cudaChannelFormatDesc"]
        entry.argtypes = [self._class_of(p) for p in function.parameters]
        answer = entry(*arguments)
        return answer if function.result == "cudaError_t" else 0

    def _class_of(self, parameter: Any) -> Any:
        if parameter.shape == "pointer":
            return ctypes.c_void_p
        if parameter.shape == "record":
            return self.types[parameter.type]
        return ctypes.c_int if parameter.shape == "enum" else number(parameter.shape)

    def need(self, name: str, *arguments: Any) -> None:
        """A call that prepares something. Raises `CallFailed`."""
        code = self.call(name, list(arguments))
        if code != 0:
            raise CallFailed(name, code)

    def make(self, name: str, *rest: Any) -> int:
        """What an entry writes through its first parameter, a pointer to a handle. Raises `CallFailed`."""
        out = ctypes.c_void_p()
        self.need(name, ctypes.addressof(out), *rest)
        return out.value or 0

    def make_last(self, name: str, *front: Any) -> int:
        """What an entry writes through its last parameter, a pointer to a handle. Raises `CallFailed`."""
        out = ctypes.c_void_p()
        self.need(name, *front, ctypes.addressof(out))
        return out.value or 0

    def keep(self, name: str, maker: Callable[[], Any]) -> Any:
        """The object of this name, made once."""
        if name not in self._kept:
            self._kept[name] = maker()
        return self._kept[name]

    def forget(self) -> None:
        """The device was reset: objects are made anew."""
        self._kept.clear()

    def buffer(self, size: int = BYTES) -> int:
        """Address of zeroed host memory that stays."""
        made = ctypes.create_string_buffer(size)
        self._alive.append(made)
        return ctypes.addressof(made)

    def record(self, type_name: str, **fields: Any) -> Any:
        """A structure with some fields set; `a__b=1` sets a field of a field."""
        made = self.types[type_name]()
        for path, value in fields.items():
            *outer, last = path.split("__")
            target = made
            for field in outer:
                target = getattr(target, field)
            setattr(target, last, value)
        return made

    def address(self, thing: Any) -> int:
        """Where a ctypes object lies; it stays there."""
        self._alive.append(thing)
        return ctypes.addressof(thing)

    def text(self, value: str) -> int:
        """Address of a string."""
        return self.address(ctypes.create_string_buffer(value.encode()))

    def pointers(self, *values: int) -> int:
        """Address of an array of pointers."""
        return self.address((ctypes.c_void_p * max(len(values), 1))(*values))

    def enum(self, name: str) -> int:
        """Value of an enumerator."""
        return self.values[name]
