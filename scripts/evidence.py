"""Writes which tests prove which entry of the catalogue on which device (`cuda_api_coverage/evidence/proofs/`).

    python -m pytest -n 2 --evidence FOLDER tests
    python scripts/evidence.py FOLDER

Only tests that passed count.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.load import PROOFS, catalogue
from crosswarp.cuda_api_coverage.evidence.proofs import proven, write_proofs
from crosswarp.cuda_api_coverage.evidence.session import outcomes


def main(words: Iterable[str]) -> int:
    """Command line. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="what pytest --evidence wrote")
    folder = parser.parse_args(list(words)).folder
    tests = list(outcomes(folder))
    if not tests:
        parser.error(f"{folder} has no outcomes of tests")
    found = proven(tests)
    write_proofs(PROOFS, found, {entry.key for entry in catalogue().entries})
    counts = Counter((family, place.device.value + (" (recorded)" if place.recorded else "")) for family, _, place in found)
    print(f"{sum(test.passed for test in tests)} passing tests of {len(tests)}")
    print("\n".join(f"{family}, {place}: {count}" for (family, place), count in sorted(counts.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
