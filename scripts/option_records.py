"""Records of the catalogue for nvcc's options, from the driver's table, and its short spellings. Run: writes `option_forms.tsv`.

Here, not in `cuda_api_coverage/derive/`: only scripts may import both the driver and the catalogue.
"""

from __future__ import annotations

from dataclasses import replace

from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind, State
from crosswarp.cuda_api_coverage.catalogue.options import FORMS, HEADINGS
from crosswarp.cuda_api_coverage.catalogue.tables import write_rows
from crosswarp.driver.option_table import OPTIONS, Option, Support

TABLE = "driver/option_table.py"
# Crosswarp's own: no record of CUDA's.
_OURS = frozenset({"targets"})
# Accepted, and nobody can tell: what the option asks for is so without it, or concerns Windows or 32-bit hosts.
_UNNOTICED = """
    objdir-as-tempdir allow-unsupported-compiler target-directory use-local-env force-cl-env-setup dlink-time-opt lto
    gen-opt-lto m64 split-compile split-compile-extended input-drive-prefix dependency-drive-prefix drive-prefix
    no-align-double extra-device-vectorization restrict Wno-deprecated-gpu-targets frandom-seed dont-use-profile cudadevrt
    libdevice-directory
"""
_COMMENT = """\
Short spellings of nvcc's options, and the record of each.
Written by scripts/option_records.py from driver/option_table.py."""


def entries(kept: list[Entry]) -> list[Entry]:
    """One record an option; facts that no table has (group, versions) are those kept.

    An option that is accepted and does nothing is implemented; its note is what a user must know who could notice.
    """
    known = {entry.name: entry for entry in kept}
    return [_entry(option, known.get(f"--{option.name}")) for option in OPTIONS if option.name not in _OURS]


def _entry(option: Option, kept: Entry | None) -> Entry:
    facts = kept or Entry("options", f"--{option.name}", Kind.OPTION)
    state = State.REFUSED if option.support is Support.REFUSED else State.IMPLEMENTED
    return replace(facts, kind=Kind.OPTION, state=state, refused_on=(), difference=_difference(option), source=TABLE)


def _difference(option: Option) -> str:
    if option.support is Support.REFUSED:
        return f"refused: {option.note}"
    noticed = option.support is Support.ACCEPTED and option.name not in _UNNOTICED.split()
    return f"accepted, without effect: {option.note}" if noticed else ""


def forms() -> list[tuple[str, str]]:
    """Every short spelling, with the name of its record."""
    return sorted((f"-{option.short}", f"--{option.name}") for option in OPTIONS if option.name not in _OURS)


def main() -> None:
    """Write the short spellings."""
    write_rows(FORMS, _COMMENT, HEADINGS, forms())


if __name__ == "__main__":
    main()
