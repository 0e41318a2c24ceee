"""The table of operations agrees with the device library."""

import pytest
from crosswarp.support.paths import device_library_dir
from crosswarp.targets.cpu.operations import is_scheduled


@pytest.mark.parametrize("family", ["x86-64", "aarch64"])
def test_every_operation_that_suspends_is_known(family: str) -> None:
    import llvmlite.binding as llvm

    library = llvm.parse_bitcode((device_library_dir() / f"cpu-threads-{family}.bc").read_bytes())
    defined = [f for f in library.functions if not f.is_declaration and f.name.startswith(("__nvvm.", "__cw."))]
    suspending = {f.name for f in defined if "@__cwcpu.suspend" in str(f)}
    arriving = {f.name for f in defined if ".arrive" in f.name}
    assert len(suspending) > 40
    assert {f.name for f in defined if is_scheduled(f.name)} == suspending | arriving
