"""Counts the runtime's, the driver API's and NVRTC's functions anew and compares with what `crosswarp coverage` says of them.

    python scripts/recount_coverage.py [FOLDER ...]      folders that `pytest --evidence FOLDER tests` wrote

None of the catalogue's code or data is read, only:

- the symbols that the built libraries export: a function without one is absent;
- what each exported function says to zeros and to addresses of zeros, in a process of its own: one that says that it is not
  supported is refused;
- the tests' logs: a function that answered a passing test as it should works on that device; one that has answered "not supported"
  there and has never succeeded is refused on it. What the report calls refused on a device and no test called there cannot be told
  from the logs: that is printed, and only a success of such a function is a disagreement.

Without FOLDER only the first two are compared. Printed: both counts, side by side, and each function on which they disagree. Exit
status 1 where there is one.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from recount.answers import refused_outright
from recount.logs import Answered, read
from recount.symbols import exported
from rich.console import Console
from rich.table import Table

COMMAND = [sys.executable, "-c", "import sys; from crosswarp.driver.cli import main; sys.exit(main())"]
LIBRARIES = {"runtime": "libcudart.so.12", "driver": "stubs/libcuda.so.1", "nvrtc": "libnvrtc.so.12"}
DEVICES = ("cpu", "emulated", "amd", "nvidia")
STATUSES = ("works", "untested", "not supported", "absent")
_FUNCTION = re.compile(r"cu\w+|nvrtc(?!Result$|Program$)[A-Z]\w*")  # NVRTC's family has types, enumerators and macros too
SAME = {"works with a stated difference": "works"}


@dataclass(frozen=True)
class Counted:
    """One family on one device: name to status, by the report and by this count."""

    family: str
    device: str
    report: dict[str, str]
    here: dict[str, str]
    unseen: int = 0

    def disagreements(self) -> list[str]:
        """A line for each function of which the two differ."""
        names = sorted(self.report.keys() | self.here.keys())
        return [f"{self.family}, {self.device}: {name}: {self.report.get(name, 'not listed')} by the report, {self.here[name]} here"
                for name in names if self.report.get(name) != self.here[name]]


def main(words: Sequence[str]) -> int:
    """Exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="*", help="what pytest --evidence wrote")
    folders = parser.parse_args(list(words)).folder
    answered = read(folders)
    devices = DEVICES if folders else DEVICES[:1]
    counted = [each for family in LIBRARIES for each in count(family, devices, answered, proofs=bool(folders))]
    Console(highlight=False).print(table(counted))
    for each in counted if folders else ():
        if each.unseen:
            print(f"{each.family}, {each.device}: {each.unseen} refused by the report alone: no log shows a success there.")
    different = [line for each in counted for line in each.disagreements()]
    print("\n".join(different) or "Both agree on every function.")
    return 1 if different else 0


def count(family: str, devices: Sequence[str], answered: Answered, *, proofs: bool) -> list[Counted]:
    """A family on each device. Without `proofs` what works and what is untested is the same."""
    library = toolkit() / "lib64" / LIBRARIES[family]
    forms = exported(library, family)
    refused = refused_outright(library, forms)
    found = []
    for device in devices:
        report = listed(family, device)
        here = {name: _status(name, device, forms, refused, answered) for name in report.keys() | forms.keys()}
        unseen = {name for name, status in here.items() if status == "untested" and report.get(name) == "not supported"
                  and not answered.succeeded(name, device)}
        here |= dict.fromkeys(unseen, "not supported")
        if not proofs:
            report, here = ({name: "works" if status == "untested" else status for name, status in each.items()}
                            for each in (report, here))
        found.append(Counted(family, device, report, here, len(unseen)))
    return found


def _status(name: str, device: str, forms: dict[str, list[str]], refused: set[str], answered: Answered) -> str:
    if name not in forms:
        return "absent"
    if name in refused or answered.only_refused(name, device):
        return "not supported"
    return "works" if answered.proven(name, device) else "untested"


def toolkit() -> Path:
    """Where the libraries are."""
    return Path(subprocess.run([*COMMAND, "toolkit"], check=True, capture_output=True, text=True).stdout.strip())


def listed(family: str, device: str) -> dict[str, str]:
    """What the command line says of each function of a family on a device."""
    words = [*COMMAND, "coverage", "--list", "--family", family, "--device", device]
    lines = subprocess.run(words, check=True, capture_output=True, text=True).stdout.splitlines()
    pairs = (line.split(": ", 1) for line in lines)
    return {name: SAME.get(status, status) for name, status in pairs if _FUNCTION.fullmatch(name)}


def table(counted: Sequence[Counted]) -> Table:
    """Both counts, side by side."""
    result = Table(title="Functions by status: the report's count, and this one", title_justify="left")
    for heading in ("family", "device", *STATUSES):
        result.add_column(heading, justify="left" if heading in {"family", "device"} else "right")
    for each in counted:
        report, here = Counter(each.report.values()), Counter(each.here.values())
        result.add_row(each.family, each.device, *(f"{report[status]} {here[status]}" for status in STATUSES))
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
