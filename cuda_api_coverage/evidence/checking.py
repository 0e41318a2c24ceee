"""Whether the proofs that are kept hold in a run of all tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crosswarp.cuda_api_coverage.catalogue.model import Proof
from crosswarp.cuda_api_coverage.evidence.judge import Found, Key
from crosswarp.cuda_api_coverage.evidence.logs import Place
from crosswarp.cuda_api_coverage.evidence.session import Outcome


def complaints(kept: Iterable[tuple[Key, Proof]], tests: list[Outcome], found: Found) -> Iterator[str]:
    """One line for each proof that names a test that is gone, or that no passing test gives any more though a named one passed.

    A name with `@` is of a test that ran on another device than usual (`tests/evidence_plugin.py`). What another passing test
    proves is still proven: a fixture's work may fall to any of those that share it.
    """
    there, passed = {test.test for test in tests}, {test.test for test in tests if test.passed}
    files = {name.partition("::")[0] for name in there}
    for (family, name), proof in kept:
        what = f"{family}/{name} on {proof.device.value}"
        gone = [test for test in proof.tests if test not in there and test.partition("::")[0] in files and "@" not in test]
        if gone:
            yield f"{what}: no test is called {' '.join(gone)}"
        elif passed & set(proof.tests) and (family, name, Place(proof.device, proof.recorded)) not in found:
            yield f"{what}: passed without using it: {' '.join(proof.tests)}"
