"""Scans made by hand: each format is tested with all statuses, hostile names, nothing at all, and a great deal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import Catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind, Proof, State
from crosswarp.cuda_api_coverage.output.places import Paths
from crosswarp.cuda_api_coverage.output.verdict import Verdict, verdict
from crosswarp.cuda_api_coverage.scan.model import DeviceCode, FileResult, Method, Problem, ScanResult, Use

ENTRIES = (
    Entry("runtime", "cudaMalloc", Kind.FUNCTION, state=State.IMPLEMENTED, source="runtime_shim/api/memory/cudaMalloc.cpp"),
    Entry("runtime", "cudaMemset", Kind.FUNCTION, state=State.IMPLEMENTED, difference="returns after the fact"),
    Entry("runtime", "cudaThreadSynchronize", Kind.FUNCTION, state=State.IMPLEMENTED, removed="13.0"),
    Entry("runtime", "cudaGLGetDevices", Kind.FUNCTION, state=State.REFUSED),
    Entry("cublas", "cublasSgemm", Kind.FUNCTION),
    Entry("headers", "cublas_v2.h", Kind.HEADER),
    Entry("device_functions", "min", Kind.DEVICE_FUNCTION, state=State.IMPLEMENTED),
    Entry("libcudacxx", "min", Kind.TEMPLATE),
)
ON_AMD = (Proof(Device.AMD, ("tests/a.py::test",)),)
PROOFS = {
    ("runtime", "cudaMalloc"): ON_AMD,
    ("runtime", "cudaMemset"): ON_AMD,
    ("runtime", "cudaThreadSynchronize"): (Proof(Device.EMULATED, ("tests/b.py::test",)), Proof(Device.AMD, ("c",), recorded=True)),
    ("device_functions", "min"): ON_AMD,
}
HOSTILE = (
    "<script>alert(1)</script>.cu",
    "a|b`c`*d*_e_[f](http://g)@h#1.cu",
    "line\nbreak\r.cu",
    "esc\x1b[31m\x1b]8;;http://x\x1b\\.cu",
    "${{ github.token }} %41 ?q=1#f.cu",
    "\u202etxt.exe\u2028 \u00e4\u4e16.cu",
    b"not-\xff\xfe-utf8.cu".decode(errors="surrogateescape"),
    "'\"&amp;\\.cu",
)
Make = Callable[..., Verdict]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue(ENTRIES, PROOFS, {"cudaMalloc": 600})


@pytest.fixture(scope="session")
def make(catalogue: Catalogue) -> Make:
    """A verdict from names by file: `make({"a.cu": ["cudaMalloc", ...]}, problems=...)`; the n-th name is on line n."""

    def uses(names: list[str]) -> tuple[Use, ...]:
        return tuple(Use(name, catalogue.by_name.get(name, ()), line, 3) for line, name in enumerate(names, 1))

    def made(files: dict[str, list[str]], *more: FileResult, device: Device = Device.AMD, problems: tuple[Problem, ...] = (),
             skipped: dict[str, int] | None = None) -> Verdict:
        read = tuple(FileResult(Path(path), Method.TOKENS, 10, uses(names)) for path, names in files.items())
        result = ScanResult(Path(), device, (*read, *more), skipped or {}, problems, 0.25)
        return verdict(result, catalogue, Paths(result, Path("/work")))

    return made


@pytest.fixture(scope="session")
def small(make: Make) -> Verdict:
    """Every status, a name in no record, problems of both kinds, a binary."""
    names = ["cublas_v2.h", "cudaMalloc", "cublasSgemm", "cublasSgemm", "cudaGLGetDevices", "cudaMemset", "cudaThreadSynchronize"]
    images, notes = (DeviceCode("PTX", "sm_80", 100),), ("Needs libx.so.",)
    binary = FileResult(Path("build/app"), Method.SYMBOLS, 0, images=images, notes=notes)
    odd = FileResult(Path("odd.cu"), Method.TOKENS, 3, (), (Problem("not UTF-8", "byte 0xff", 2),))
    return make({"a.cu": [*names, "cudaMaloc"], "src/b.cu": ["cublasSgemm", "min"]}, binary, odd,
                problems=(Problem("bad compile database", "it is empty"),), skipped={".gitignore": 3})


@pytest.fixture(scope="session")
def hostile(make: Make, catalogue: Catalogue) -> Verdict:
    """Names of files that are markup, escape sequences or no text, and a name in no record that is markup."""
    unknown = Use("cuda<b>|x`\x1b", (), 1, 1)
    files = [FileResult(Path(name), Method.CLANG, 1, (Use("cublasSgemm", catalogue.by_name["cublasSgemm"], 1, 1), unknown),
                        (Problem("unreadable", f"<i>{name}</i>".encode("utf-8", "replace").decode()),)) for name in HOSTILE]
    return make({}, *files)


@pytest.fixture(scope="session")
def empty(make: Make) -> Verdict:
    return make({})


@pytest.fixture(scope="session")
def huge(make: Make) -> Verdict:
    """30,000 places in 3,000 files."""
    return make({f"src/file_{number}.cu": ["cublasSgemm"] * 9 + ["cudaNowhere"] for number in range(3000)})
