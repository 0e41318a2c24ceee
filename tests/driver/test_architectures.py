"""Which images a command line asks for."""

from __future__ import annotations

import pytest
from crosswarp.driver.architectures import DeviceTargets, choose_targets
from crosswarp.driver.option_words import CommandLineError
from crosswarp.driver.options import parse
from crosswarp.driver.settings import Settings

pytestmark = pytest.mark.usefixtures("fake_targets")
SETTINGS = Settings(targets=("cpu", "sm_80", "gfx1100"))


def chosen(*words: str, settings: Settings = SETTINGS) -> DeviceTargets:
    return choose_targets(parse(list(words)), settings)


@pytest.mark.parametrize(("words", "archs"), [
    ([], ("x86-64-v3", "sm_80", "gfx1100")),
    (["-arch=sm_90"], ("sm_90", "x86-64-v3", "gfx1100")),
    (["-arch", "compute_75", "-code", "sm_75,sm_86"], ("sm_75", "x86-64-v3", "gfx1100")),
    (["-gencode", "arch=compute_70,code=sm_70", "--generate-code=arch=compute_80,code=[sm_80,compute_80]"],
     ("sm_70", "sm_80", "x86-64-v3", "gfx1100")),
    (["-arch=gfx942"], ("gfx942",)),
    (["-arch=cpu"], ("x86-64-v3",)),
    (["-gencode", "arch=compute_80,code=sm_80", "-gencode", "arch=gfx1201,code=gfx1201"], ("sm_80", "gfx1201")),
    (["-gencode", "arch=compute_80,code=[sm_80,gfx1100]"], ("sm_80", "gfx1100")),
    (["-arch=sm_90", "--targets=none"], ("sm_90",)),
    (["-arch=sm_90", "--targets=gfx1100,only"], ("gfx1100",)),
    (["-arch=sm_90", "--targets=gfx1100,only", "-ptx"], ("sm_90", "gfx1100")),
    (["--targets=gfx1100", "-ptx"], ("gfx1100", "sm_80")),
    (["-arch=sm_90", "--targets=gfx942,sm_70"], ("sm_90", "gfx942")),
    (["--targets=gfx942,cpu"], ("gfx942", "x86-64-v3")),
    (["-arch=all-major", "--targets=none"], ("sm_50", "sm_60", "sm_70", "sm_80", "sm_90", "sm_100", "sm_120")),
])
def test_images(words: list[str], archs: tuple[str, ...]):
    assert chosen(*words).archs == archs


@pytest.mark.parametrize(("words", "primary", "listed"), [
    ([], 800, (800,)),
    (["-arch=sm_90"], 900, (900,)),
    (["-arch=sm_60"], 600, (600,)),
    (["-arch=gfx1100"], 800, (800,)),
    (["-gencode=arch=compute_70,code=sm_70", "-gencode=arch=compute_90,code=sm_90"], 700, (700, 900)),
    (["-gencode=arch=compute_86,code=sm_86", "-gencode=arch=compute_90,code=sm_90"], 860, (860, 900)),
])
def test_cuda_arch_of_other_vendors(words: list[str], primary: int, listed: tuple[int, ...]):
    targets = chosen(*words)
    assert targets.primary.value == primary
    assert targets.cuda_arch_list == listed
    assert all(targets.passes[arch].value == primary for arch in targets.archs if not arch.startswith("sm_"))
    assert all(targets.passes[arch].value == int(arch[3:]) * 10 for arch in targets.nvidia)


def test_configured_cuda_arch_wins():
    targets = chosen("-arch=sm_90", settings=Settings(targets=("gfx1100",), cuda_arch=700))
    assert (targets.passes["gfx1100"].value, targets.passes["sm_90"].value) == (700, 900)


def test_architecture_with_a_suffix():
    targets = chosen("-gencode=arch=compute_90a,code=sm_90a", "-gencode=arch=compute_80,code=sm_80")
    assert targets.nvidia == ("sm_90a", "sm_80")
    assert (targets.passes["sm_90a"].name, targets.passes["sm_90a"].value) == ("90a", 900)
    with pytest.raises(CommandLineError, match="Unsupported gpu architecture 'sm_80a'"):
        chosen("-arch=sm_80a")


@pytest.mark.parametrize(("words", "message"), [
    (["-arch=sm_81"], "Unsupported gpu architecture 'sm_81'"),
    (["-arch=gfx1101x"], "Unsupported gpu architecture 'gfx1101x'"),
    (["-gencode", "arch=compute_xx,code=sm_80"], "Unsupported gpu architecture 'compute_xx'"),
    (["-arch=80"], "Unsupported gpu architecture '80'"),
    (["--targets=gpu"], "Unsupported gpu architecture 'gpu'"),
    (["-code=sm_80"], "-arch option not specified"),
    (["-arch=sm_80", "-code=sm_80"], "Value of -arch option ('sm_80') must be a virtual code architecture"),
    (["-arch=compute_80", "-code=sm_75"], "Incompatible code generation requested: arch='compute_80', code='sm_75'"),
    (["-gencode", "code=sm_80"], "Option '--generate-code code=sm_80': expected arch=...,code=..."),
    (["-arch=all", "-code=sm_80"], "Option '-code' cannot be used with '-arch=all'"),
])
def test_errors(words: list[str], message: str):
    with pytest.raises(CommandLineError) as caught:
        chosen(*words)
    assert str(caught.value).startswith(message)


def test_near_names_are_listed():
    with pytest.raises(CommandLineError, match=r"help: near names: .*gfx1100"):
        chosen("-arch=gfx1101")
