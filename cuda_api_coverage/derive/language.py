"""The language features of CUDA C++, each with a source that uses it (`language.toml`), and the records that follow.

What the compiler made of each source stands in `language_results.tsv`, which `scripts/language_results.py` writes.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind, State
from crosswarp.cuda_api_coverage.catalogue.tables import rows

NAMESPACE = "language_feature"
_LAUNCH = """\
template <class T>
void launch(const char *name, void (*kernel)(T *)) {
  int numbers[64], *memory;
  for (int i = 0; i < 64; ++i) numbers[i] = i + 1;
  cudaMalloc(&memory, sizeof(numbers));
  cudaMemcpy(memory, numbers, sizeof(numbers), cudaMemcpyHostToDevice);
  kernel<<<1, 1, 256>>>((T *)memory);
  const cudaError_t launched = cudaGetLastError(), ended = cudaMemcpy(numbers, memory, sizeof(numbers), cudaMemcpyDeviceToHost);
  printf("%s %d %d %d\\n", name, numbers[0], (int)launched, (int)ended);
  cudaFree(memory);
}
"""
TABLE = Path(__file__).with_name("language.toml")
RESULTS = Path(__file__).with_name("language_results.tsv")
HEADINGS = ("name", "target", "says")
TARGETS = {"cpu": (Device.CPU,), "gfx1100": (Device.EMULATED, Device.AMD), "sm": (Device.NVIDIA,)}
"""The targets that a source is compiled for, and the devices that each stands for; `sm` is what the feature's flags ask for."""
_SOURCE = "cuda_api_coverage/derive/language.toml"
_NAMES_IT = re.compile(r"support", re.I)
"""In what is said of a feature that the compiler knows and refuses; other errors are those of a name that nothing declares."""


@dataclass(frozen=True)
class Feature:
    """One feature: `code` uses it; `flags` are words for nvcc. `result` is what a launch of its `kernel`, of one thread, leaves in
    the first of 64 numbers 1, 2, ...; None: it is only compiled.
    """

    entry: Entry
    code: str
    flags: tuple[str, ...]
    headers: tuple[str, ...]
    result: int | None
    kernel: str

    @property
    def arch(self) -> str:
        """The NVIDIA architecture that the source is for."""
        return next((flag.removeprefix("-arch=") for flag in self.flags if flag.startswith("-arch=")), "sm_80")


def features() -> list[Feature]:
    """The table in its order. Raises `KeyError` for a feature without a name or source."""
    groups = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return [_feature(group, record) for group, records in groups.items() for record in records]


def source(chosen: Iterable[Feature]) -> str:
    """A translation unit of these features, each in a namespace of its own."""
    chosen = list(chosen)
    headers = dict.fromkeys(header for feature in chosen for header in feature.headers)
    included = "".join(f"#include <{header}>\n" for header in headers)
    scopes = "".join(f"namespace {namespace(f.entry)} {{\n{f.code}\n}}\n" for f in chosen)
    return f"{included}namespace {NAMESPACE} {{\n{scopes}}}\n"


def namespace(entry: Entry) -> str:
    """A feature's own: `template <auto>` is `C_17_template_auto`. What is launched out of it tells which feature ran."""
    return re.sub(r"\W+", "_", f"{entry.group} {entry.name.replace('<<<>>>', 'launch')}").strip("_")


def program(chosen: Iterable[Feature]) -> str:
    """A program that launches the features' kernels, those with a result, and prints what each leaves; macros are in it too: one
    that is not there is an error.
    """
    chosen = [feature for feature in chosen if feature.result is not None or feature.entry.kind is Kind.MACRO]
    names = [(namespace(feature.entry), feature.kernel) for feature in chosen if feature.result is not None]
    lines = "".join(f'  launch("{name}", {NAMESPACE}::{name}::{kernel});\n' for name, kernel in names)
    return f"#include <cstdio>\n{source(chosen)}{_LAUNCH}int main() {{\n{lines}}}\n"


def entries(kept: list[Entry]) -> list[Entry]:
    """A record a feature; nothing of the kept ones is needed."""
    refusals: dict[str, dict[str, str]] = defaultdict(dict)
    for name, target, says in rows(RESULTS):
        refusals[name][target] = says
    return [_entry(feature.entry, refusals.get(feature.entry.name, {})) for feature in features()]


def _entry(entry: Entry, refusals: dict[str, str]) -> Entry:
    if len(refusals) == len(TARGETS):
        says = next(iter(refusals.values()))
        known = _NAMES_IT.search(says) is not None
        return replace(entry, state=State.REFUSED, difference=says, source=_SOURCE) if known else replace(entry, state=State.ABSENT)
    devices = tuple(device for target in refusals for device in TARGETS[target])
    return replace(entry, state=State.IMPLEMENTED, refused_on=devices, source=_SOURCE)


def _feature(group: str, record: dict[str, object]) -> Feature:
    since, deprecated, removed = (str(record.get(key, "")) for key in ("since", "deprecated", "removed"))
    headers = record.get("headers", [])
    assert isinstance(headers, list)
    entry = Entry("language", str(record["name"]), Kind(record.get("kind", "language feature")), group,
                  headers[0] if headers else "", since, deprecated, removed)
    result = record.get("result")
    assert result is None or isinstance(result, int)
    return Feature(entry, str(record["code"]), tuple(str(record.get("flags", "")).split()), tuple(headers), result,
                   str(record.get("kernel", "k")))
