"""Whether the proofs that are kept hold in a run of all tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crosswarp.cuda_api_coverage.catalogue.model import Proof
from crosswarp.cuda_api_coverage.evidence.judge import Found, Key
from crosswarp.cuda_api_coverage.evidence.logs import Place
from crosswarp.cuda_api_coverage.evidence.session import Outcome


def complaints(kept: Iterable[tuple[Key, Proof]], tests: list[Outcome], found: Found) -> Iterator[str]:
    """One line for each proof that names a test that is gone, or that no passing test gives any more though a named one passed.

    What another passing test proves is still proven: a fixture's work may fall to any of those that share it.
    """
    passed = {test.test: test.passed for test in tests}
    files = {name.partition("::")[0] for name in passed}
    for (family, name), proof in kept:
        what = f"{family}/{name} on {proof.device.value}"
        gone = [test for test in proof.tests if test not in passed and test.partition("::")[0] in files]
        if gone:
            yield f"{what}: no test is called {' '.join(gone)}"
        elif any(passed.get(test) for test in proof.tests) and (family, name, Place(proof.device, proof.recorded)) not in found:
            yield f"{what}: passed without using it: {' '.join(proof.tests)}"
