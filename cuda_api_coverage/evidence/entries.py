"""What a process's calls of the libraries prove of the catalogue's functions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from crosswarp.cuda_api_coverage.calling.answers import ANSWERS
from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device
from crosswarp.cuda_api_coverage.derive.declarations import aliases
from crosswarp.cuda_api_coverage.derive.driver_api import forms
from crosswarp.cuda_api_coverage.evidence.logs import Place, Run

# Their result is no error code, or any code is what they are for.
_ANY_ANSWER = {
    *("cudaGetLastError", "cudaPeekAtLastError", "cudaGetErrorName", "cudaGetErrorString", "cudaCreateChannelDesc"),
    *("__cudaRegisterFatBinary", "nvrtcGetErrorString"),
}
# What they do concerns no device: a process that never asked for one has run them on the host.
_HOST_ONLY = re.compile(r"nvrtc\w+|cudaGetErrorName|cudaGetErrorString|cudaRuntimeGetVersion|cudaCreateChannelDesc|cuGetError\w+")
_SHARED = re.compile(r"lib([\w-]+)\.so[.\d]*")
_BUSY = {"cuStreamQuery": {600}, "cuEventQuery": {600}}


def proven(run: Run) -> Iterator[tuple[tuple[str, str], Place]]:
    """Family and name, and the place, of each function that answered as it should."""
    for symbol, code in run.answers:
        family, name = catalogued(symbol)
        place = run.place or (Place(Device.CPU) if _HOST_ONLY.fullmatch(name) else None)
        right = code == 0 or name in _ANY_ANSWER or code in ANSWERS.get(name, _BUSY.get(name, ()))
        if right and place is not None:
            yield (family, name), place


def libraries(run: Run) -> Iterator[tuple[str, str]]:
    """The libraries of ours that the process was linked with, by the names that `-l` takes."""
    names = {found[1] for name in run.files if (found := _SHARED.fullmatch(Path(name).name))}
    if "cudart" not in names and any(symbol.startswith("cuda") for symbol, _ in run.answers):
        names.add("cudart_static")
    yield from (("libraries", name) for name in names if ("libraries", name) in _known())


def catalogued(symbol: str) -> tuple[str, str]:
    """Family and name of what a program writes to call `symbol`; forms for the per-thread default stream are the same function."""
    plain = re.sub(r"_pt[sd][zs]$", "", symbol)
    if symbol.startswith("nvrtc"):
        return "nvrtc", symbol
    family = "runtime" if symbol.startswith(("cuda", "__cuda")) else "driver"
    name = (_runtime_names() if family == "runtime" else _driver_names()).get(plain, plain)
    return family, name if (family, name) in _known() else re.sub(r"_v\d$", "", name)


@lru_cache
def _known() -> frozenset[tuple[str, str]]:
    return frozenset(entry.key for entry in catalogue().entries)


@lru_cache
def _runtime_names() -> dict[str, str]:
    return aliases()


@lru_cache
def _driver_names() -> dict[str, str]:
    return {symbol: name for name, symbols in forms().items() for symbol in symbols}
