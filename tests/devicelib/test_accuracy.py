"""Every function against mpmath, within CUDA's documented maximum error."""

from __future__ import annotations

import pytest
from crosswarp.targets.devicelib.tools.accuracy import PROMISES, Promise, measure
from crosswarp.targets.devicelib.tools.host_library import HostLibrary

POINTS = 2000


@pytest.mark.parametrize("kind", ["f32", "f64"])
@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.name)
def test_error_is_within_cudas_bound(library: HostLibrary, promise: Promise, kind: str) -> None:
    found = measure(library, promise, kind, POINTS)
    bound = promise.f32 if kind == "f32" else promise.f64
    assert found.points >= POINTS // promise.cost // 2
    assert found.ulp <= bound + 0.5, f"{promise.name}.{kind}{found.at} = {found.got!r}: {found.ulp} ulp"
    if promise.absolute:
        assert found.absolute <= promise.absolute[kind == "f64"]
