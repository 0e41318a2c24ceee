"""Which images a compilation makes: from `-arch`, `-code`, `-gencode`, `--targets` and the configuration.

nvcc's words name NVIDIA's architectures only. The rule that makes unmodified builds portable:

* no architecture named: the configured targets (CPU, a native AMD GPU if there is one, one PTX, the usual gfx targets);
* only NVIDIA names (`sm_90`, `compute_80`, `all`): a PTX image for each, and the configured targets of the other vendors;
* any other name (`gfx1100`, `cpu`, `x86-64-v3`, `native`): exactly what is named;
* `--targets=a,b` (or `CROSSWARP_TARGETS`) replaces the configured targets; `--targets=none` leaves NVIDIA's images alone;
* `-ptx` without any NVIDIA name is for the newest architecture that needs no hardware of one vendor;
* the word `only` among them (`--targets=cpu,only`): NVIDIA names make no image, they only say what `__CUDA_ARCH__` is.

`__CUDA_ARCH__`: an NVIDIA image sees its own value. The other vendors' targets see the configured value, else the largest value
named that is not above 800, else the smallest one named, else 800: the newest code path that needs no hardware of one vendor.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from crosswarp.driver import arch_names
from crosswarp.driver.option_words import CommandLineError
from crosswarp.driver.options import Parsed
from crosswarp.driver.settings import DEFAULT_CUDA_ARCH, Settings

_NVIDIA = re.compile(r"(sm|compute|lto)_(\d+)([af]?)")
_GROUPS = ("all", "all-major")
ONLY = "only"


class DevicePass(NamedTuple):
    """A compilation of the device side: the architecture it claims to be for, by number and suffix (`80`, `90a`)."""

    name: str

    @property
    def value(self) -> int:
        """`__CUDA_ARCH__`."""
        return int(self.name.rstrip("af")) * 10


@dataclass(frozen=True)
class DeviceTargets:
    """What to build. `archs` are image names in order; `passes[arch]` is the device pass whose portable IR an image is made from.

    `real` are NVIDIA's machine-code architectures that were named (a cubin needs one), by the image's name. They may be named and
    not built for, where the configuration says `only`.
    """

    archs: tuple[str, ...]
    passes: dict[str, DevicePass]
    primary: DevicePass
    real: dict[str, tuple[str, ...]]

    @property
    def cuda_arch_list(self) -> tuple[int, ...]:
        """What `__CUDA_ARCH_LIST__` shows: each value that `__CUDA_ARCH__` has in a device pass, ascending."""
        return tuple(sorted({self.passes[arch].value for arch in self.archs})) or (self.primary.value,)

    @property
    def nvidia(self) -> tuple[str, ...]:
        """NVIDIA's images among `archs`."""
        return tuple(arch for arch in self.archs if is_nvidia(arch))

    def assembled(self, arch: str) -> tuple[str, ...]:
        """The real architectures that the PTX of one NVIDIA image is assembled for: those named, else its own."""
        return self.real.get(arch) or (arch,)


def is_nvidia(arch: str) -> bool:
    """Whether a name is one of NVIDIA's architectures."""
    return _NVIDIA.fullmatch(arch) is not None


def cuda_value(arch: str) -> int:
    """`__CUDA_ARCH__` of an NVIDIA architecture: 800 for sm_80, compute_80 and sm_80a."""
    match = _NVIDIA.fullmatch(arch)
    assert match is not None
    return int(match[2]) * 10


def choose_targets(parsed: Parsed, settings: Settings) -> DeviceTargets:
    """The images that a command line asks for. Raises `CommandLineError` for a name that no target knows."""
    named = _named(parsed)
    virtual = [name for name, _ in named if is_nvidia(name)]
    exact = [name for name, _ in named if not is_nvidia(name)]
    words = parsed.all("targets") if parsed.has("targets") else list(settings.targets)
    configured = [name for name in words if name not in ("none", ONLY)]
    if not named:
        chosen = configured
    elif exact:
        chosen = [name for name, _ in named]
    elif ONLY in words and not parsed.has("ptx") and not (parsed.has("cubin") and any(map(is_nvidia, configured))):
        chosen = configured
    else:
        chosen = virtual + [name for name in configured if not is_nvidia(name)]
    archs = tuple(dict.fromkeys(arch for name in chosen for arch in resolve(name)))
    if parsed.has("ptx") and not named and not any(map(is_nvidia, archs)):
        archs += (f"sm_{_primary(settings, []).name}",)
    real: dict[str, tuple[str, ...]] = {}
    for name, codes in named:
        if is_nvidia(name):
            sm = _virtual_sm(name)
            real[sm] = tuple(dict.fromkeys((*real.get(sm, ()), *(c for c in codes if c.startswith("sm_")))))
    passes = {arch: DevicePass(arch.removeprefix("sm_")) for arch in archs if is_nvidia(arch)}
    primary = _primary(settings, [DevicePass(_virtual_sm(name).removeprefix("sm_")) for name in virtual] or list(passes.values()))
    return DeviceTargets(archs, {arch: passes.get(arch, primary) for arch in archs}, primary, real)


def _primary(settings: Settings, nvidia: list[DevicePass]) -> DevicePass:
    """The device pass of the other vendors' targets."""
    if settings.cuda_arch:
        return DevicePass(str(settings.cuda_arch // 10))
    low = [each for each in nvidia if each.value <= DEFAULT_CUDA_ARCH]
    usual = DevicePass(str(DEFAULT_CUDA_ARCH // 10))
    return max(low, key=lambda each: each.value) if low else min(nvidia, key=lambda each: each.value, default=usual)


def _named(parsed: Parsed) -> list[tuple[str, list[str]]]:
    """(architecture, its real architectures) in the order given."""
    named: list[tuple[str, list[str]]] = []
    arch, codes = parsed.last("gpu-architecture"), parsed.all("gpu-code")
    if codes and not arch:
        raise CommandLineError("-arch option not specified")
    if arch in _GROUPS:
        if codes:
            raise CommandLineError(f"Option '-code' cannot be used with '-arch={arch}'")
        named += [(f"compute_{_number(name)}", [name]) for name in _group(arch)]
    elif arch:
        named += _one(arch, codes)
    for text in parsed.all("generate-code"):
        named += _one(*_code_generation(text))
    return named


def _one(arch: str, codes: list[str]) -> list[tuple[str, list[str]]]:
    if not is_nvidia(arch):
        resolve(arch)  # a name that nothing knows is an error even where only its real architectures count
        return [(arch, [])] if not codes else [(code, []) for code in codes]
    if codes and arch.startswith("sm_"):
        raise CommandLineError(f"Value of -arch option ('{arch}') must be a virtual code architecture")
    _check_number(arch)
    for code in codes:
        if is_nvidia(code):
            _check_number(code)
            if cuda_value(code) < cuda_value(arch):
                raise CommandLineError(f"Incompatible code generation requested: arch='{arch}', code='{code}'")
    others = [(code, list[str]()) for code in codes if not is_nvidia(code)]
    if codes and len(others) == len(codes):
        return others
    return [(arch, codes or ([arch] if arch.startswith("sm_") else [])), *others]


def _code_generation(text: str) -> tuple[str, list[str]]:
    """`arch=compute_80,code=[sm_80,compute_80]` to its parts."""
    match = re.fullmatch(r"arch=([^,\s]+)(?:,code=\[?([^\[\]=]*)\]?)?", text.replace("\\", "").replace('"', "").strip())
    if match is None:
        raise CommandLineError(f"Option '--generate-code {text}': expected arch=...,code=...")
    if is_nvidia(match[1]) and not match[2]:
        raise CommandLineError(f"Option '--generate-code {text}', missing code")
    return match[1], [code.strip() for code in (match[2] or "").split(",") if code.strip()]


def _check_number(arch: str) -> None:
    if _virtual_sm(arch) not in arch_names.nvidia_archs():
        raise unknown_architecture(arch)


def _group(name: str) -> list[str]:
    """Architectures of `all` or `all-major`; those with a suffix run on one processor only and must be asked for."""
    plain = [arch for arch in arch_names.nvidia_archs() if _number(arch).isdigit()]
    return plain if name == "all" else [arch for arch in plain if arch.endswith("0")]


def _number(arch: str) -> str:
    return arch.partition("_")[2]


def _virtual_sm(name: str) -> str:
    """The image's name of a virtual architecture: PTX for compute_80 is filed under sm_80."""
    return "sm_" + _number(name)


def resolve(name: str) -> list[str]:
    """Image names of one word: most stand for themselves."""
    if is_nvidia(name):
        _check_number(name)
        return [_virtual_sm(name)]
    if name in _GROUPS:
        return _group(name)
    from crosswarp.driver.native import native_amd, native_gpus

    if name == "native-gpu":
        return [arch for arch in native_amd() if arch in arch_names.known_archs()]
    if name == "native":
        return [*native_gpus(), arch_names.canonical_arch("cpu")]
    try:
        return [arch_names.canonical_arch(name)]
    except KeyError:
        raise unknown_architecture(name) from None


def unknown_architecture(name: str) -> CommandLineError:
    """The error for a name no target knows, with near names."""
    import difflib

    nvidia = [kind + name for kind in ("sm_", "compute_") for name in map(_number, arch_names.nvidia_archs())]
    known = [*nvidia, "cpu", "native", *arch_names.known_archs()]
    near = difflib.get_close_matches(name, known, n=4, cutoff=0.5) or ["sm_80", "gfx1100", "cpu", "native"]
    return CommandLineError(f"Unsupported gpu architecture '{name}'\n  help: near names: {', '.join(near)}")
