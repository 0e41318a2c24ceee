"""From portable IR to one target's image: the target's stages in order, with the cache in front.

Every stage is named by the file extension of its result, so that it can be kept, shown and resumed from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crosswarp.driver.cache import cache_key, object_cache
from crosswarp.driver.evidence import note_image
from crosswarp.support.diagnostics import user_error
from crosswarp.support.files import remove_tree
from crosswarp.support.paths import PACKAGE_ROOT, device_library_dir
from crosswarp.targets.base import Stage, StageContext, TargetOptions, has_remarks

PORTABLE_STAGE = "nvvm.ll"
_COMPILER_PARTS = ("ir", "targets", "support")


@dataclass(frozen=True)
class ImageJob:
    """One image to build: portable IR text in `source`, the image goes to `output`; `stem` names kept files.

    `skip_empty`: a source without kernels and device variables gets an empty file instead of an image.
    """

    arch: str
    source: Path
    output: Path
    stem: str
    workdir: Path
    options: TargetOptions
    cache_bytes: int
    keep: bool = False
    skip_empty: bool = True

    def run(self) -> None:
        """Build the image or take it from the cache. Raises what the target's stages raise."""
        portable = self.source.read_bytes()
        if self.skip_empty and not has_device_code(portable):
            self.output.write_bytes(b"")
            return
        cached = self.cache_bytes and not has_remarks(self.options)  # remarks are made while the image is
        image = self._cached(portable) if cached else self._build(portable)
        self.output.write_bytes(image)
        note_image(self.arch, portable, image)

    def _cached(self, portable: bytes) -> bytes:
        objects = object_cache(self.cache_bytes)
        key = cache_key([self.arch, repr(self.options), target_fingerprint(self.arch), compiler_fingerprint(), portable])
        image = None if self.keep else objects.get(key)
        if image is None:
            image = self._build(portable)
            objects.put(key, image)
        return image

    def _build(self, portable: bytes) -> bytes:
        folder = self.workdir / f"{self.stem}.{self.arch}.tmp"
        folder.mkdir(parents=True, exist_ok=True)
        try:
            data = portable
            for name, stage in stages_of(self.arch, self.options).items():
                data = stage(data, StageContext(self.arch, folder, self.options))
                if self.keep:
                    (self.workdir / f"{self.stem}.{name}").write_bytes(data)
            return data
        finally:
            remove_tree(folder)


def has_device_code(portable: bytes) -> bool:
    """Whether the host can refer to anything in a module: a kernel or a variable."""
    return b" ptx_kernel " in portable or re.search(rb"^@(?!llvm\.)", portable, re.M) is not None


def stages_of(arch: str, options: TargetOptions) -> dict[str, Stage]:
    """The stages of an architecture, from portable IR to the image."""
    from crosswarp.targets.registry import target_for

    return target_for(arch).stages(arch, options)


def image_suffix(arch: str, options: TargetOptions) -> str:
    """The file extension of an architecture's image."""
    return list(stages_of(arch, options))[-1]


def run_until(stage: str, data: bytes, arch: str, options: TargetOptions, workdir: Path, *,
              resume: str = PORTABLE_STAGE) -> bytes:
    """The result of `stage`, starting from the result of stage `resume`. Raises `CompileError` for a stage that does not exist."""
    stages = stages_of(arch, options)
    names = [PORTABLE_STAGE, *stages]
    if stage not in names or resume not in names or names.index(stage) < names.index(resume):
        raise user_error(f"no stage '{stage}' after '{resume}' for {arch}; there are: {', '.join(names)}", "CW2004")
    for name in names[names.index(resume) + 1 : names.index(stage) + 1]:
        data = stages[name](data, StageContext(arch, workdir, options))
    return data


@cache
def target_fingerprint(arch: str) -> str:
    """What an architecture's target says of its tools and libraries."""
    from crosswarp.targets.registry import target_for

    return target_for(arch).fingerprint()


@cache
def compiler_fingerprint() -> str:
    """Changes whenever the compiler's own files do: names, sizes and times of the sources and of the built device libraries."""
    parts: list[str] = []
    folders = [PACKAGE_ROOT / part for part in _COMPILER_PARTS]
    for folder in folders:
        parts += [_stamp(path) for path in sorted(folder.rglob("*.py"))]
    parts += [_stamp(path) for path in sorted(device_library_dir().glob("*"))]
    return cache_key(parts)


def _stamp(path: Path) -> str:
    status = path.stat()
    return f"{path.relative_to(PACKAGE_ROOT)} {status.st_size} {status.st_mtime_ns}"
