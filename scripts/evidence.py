"""Writes which tests prove which entry of the catalogue on which device (`cuda_api_coverage/evidence/proofs/`).

    python -m pytest -n 2 --evidence FOLDER tests
    python scripts/evidence.py FOLDER
    python scripts/evidence.py --keep FOLDER     the same; proofs by tests that did not run stay
    python scripts/evidence.py --check FOLDER    each kept proof that this run of all tests does not give, on a line; exit status 1

Only tests that passed count.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.tables import read_proofs
from crosswarp.cuda_api_coverage.evidence.checking import complaints
from crosswarp.cuda_api_coverage.evidence.judge import Judge, with_kept, write_proofs
from crosswarp.cuda_api_coverage.evidence.logs import Command
from crosswarp.cuda_api_coverage.evidence.session import outcomes
from crosswarp.cuda_api_coverage.evidence.sources import Build
from crosswarp.driver.option_words import CommandLineError
from crosswarp.driver.options import Parsed, parse

# Of the checkout: the package may be installed from it.
PROOFS = Path(__file__).resolve().parents[1] / "cuda_api_coverage" / "evidence" / "proofs"
# What nvcc makes of one input without a name for the result, by option; else one file of all.
_PER_INPUT = {"compile": "o", "device-c": "o", "dc": "o", "device-w": "o", "dw": "o", "fatbin": "fatbin", "ptx": "ptx",
              "cubin": "cubin"}


def read_command(command: Command) -> Build | None:
    """What an nvcc command read and wrote; None where its words cannot be read any more (a file of options is gone)."""
    try:
        parsed = parse(list(command.words))
    except (CommandLineError, OSError):
        return None
    inputs = tuple(command.folder / source.path for source in parsed.inputs)
    folders = tuple(command.folder / name for option in ("include-path", "system-include") for name in parsed.all(option))
    return Build(inputs, tuple(_outputs(command.folder, parsed)), folders)


def _outputs(folder: Path, parsed: Parsed) -> Iterable[Path]:
    if parsed.has("output-file"):
        yield folder / parsed.last("output-file")
        return
    suffix = next((suffix for option, suffix in _PER_INPUT.items() if parsed.has(option)), None)
    below = folder / parsed.last("output-directory")
    yield from [below / f"{Path(each.path).stem}.{suffix}" for each in parsed.inputs] if suffix else [below / "a.out"]


def main(words: Iterable[str]) -> int:
    """Command line. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="+", help="what pytest --evidence wrote")
    parser.add_argument("--check", action="store_true", help="compare and write nothing")
    parser.add_argument("--keep", action="store_true", help="leave proofs by tests that did not run")
    asked = parser.parse_args(list(words))
    tests = [test for folder in asked.folder for test in outcomes(folder)]
    if not tests:
        parser.error(f"no outcomes of tests in {', '.join(map(str, asked.folder))}")
    found = Judge(tests, read_command).proven()
    kept = [record for path in sorted(PROOFS.glob("*.tsv")) for record in read_proofs(path)]
    if asked.check:
        failed = list(complaints(kept, tests, found))
        print(f"{len(kept)} proofs, {len(failed)} do not hold", *failed, sep="\n")
        return 1 if failed else 0
    found = with_kept(found, kept, tests) if asked.keep else found
    write_proofs(PROOFS, found, {entry.key for entry in catalogue().entries})
    counts = Counter((family, place.device.value + (" (recorded)" if place.recorded else "")) for family, _, place in found)
    print(f"{sum(test.passed for test in tests)} passing tests of {len(tests)}")
    print("\n".join(f"{family}, {place}: {count}" for (family, place), count in sorted(counts.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
