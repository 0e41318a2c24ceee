"""Sources of a project, unmodified: from a folder of repositories, from GitHub, or a source distribution from PyPI."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

from project_suite.description import Project, Source

GITHUB = "https://github.com"


class SourcesError(Exception):
    """Sources cannot be had: the message says which and why."""


def unpack_sdist(package: str, version: str, folder: Path) -> Path:
    """Download a source distribution once into `folder` and unpack it; where it lies. Nothing of it is built or run."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{package.replace('-', '_')}-{version}"
    unpacked = folder / stem
    if unpacked.is_dir():
        return unpacked
    archive = folder / f"{stem}.tar.gz"
    if not archive.exists():
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-binary", package,
                        "--no-deps", "--dest", str(folder), f"{package}=={version}"], check=True)
    partial = folder / f"{stem}.partial"
    with tarfile.open(archive) as packed:
        packed.extractall(partial, filter="data")
    (partial / stem).rename(unpacked)
    partial.rmdir()
    return unpacked


def repositories(folder: Path | None) -> dict[str, Path]:
    """Repositories in a folder by `owner/name`. They lie as `owner+name/repo`, `owner+name` or `owner/name`."""
    found: dict[str, Path] = {}
    if folder is None:
        return found
    for path in sorted(folder.iterdir()):
        if "+" in path.name:
            found[path.name.replace("+", "/", 1)] = path / "repo" if (path / "repo").is_dir() else path
        elif path.is_dir():
            found.update({f"{path.name}/{inner.name}": inner for inner in sorted(path.iterdir()) if is_repository(inner)})
    return {name: path for name, path in found.items() if is_repository(path)}


def is_repository(path: Path) -> bool:
    """Whether git can clone from here."""
    return (path / ".git").exists() or (path / "HEAD").is_file()


def git_environment(known: dict[str, Path]) -> dict[str, str]:
    """Environment in which git, also one that a build system calls, takes the known repositories instead of GitHub's."""
    settings = [("protocol.file.allow", "always"), ("advice.detachedHead", "false"), ("safe.directory", "*")]
    for name, path in known.items():
        settings += [(f"url.{path}.insteadOf", f"{GITHUB}/{name}{end}") for end in (".git", "")]
    keys = {f"GIT_CONFIG_KEY_{at}": key for at, (key, _) in enumerate(settings)}
    values = {f"GIT_CONFIG_VALUE_{at}": value for at, (_, value) in enumerate(settings)}
    return {"GIT_CONFIG_COUNT": str(len(settings)), **keys, **values}


def fetch(project: Project, folder: Path, known: dict[str, Path]) -> None:
    """Put the project's sources into `folder`, which is made anew, and those it needs besides into their places below it."""
    shutil.rmtree(folder, ignore_errors=True)
    for source in (project.source, *project.others):
        where = folder / source.path if source.path else folder
        try:
            place(source, where, known, folder.parents[1] / "downloads")
        except (subprocess.CalledProcessError, OSError, tarfile.TarError) as error:
            said = getattr(error, "stderr", "") or str(error)
            raise SourcesError(f"{source.title}: {said.strip().splitlines()[-1] if said.strip() else error}") from error


def place(source: Source, where: Path, known: dict[str, Path], downloads: Path) -> None:
    """Put one source into `where`. Raises `subprocess.CalledProcessError`, `OSError`, `tarfile.TarError`."""
    if source.pypi:
        shutil.copytree(unpack_sdist(source.pypi, source.version, downloads), where, symlinks=True, dirs_exist_ok=True)
        return
    if where.is_dir() and not any(where.iterdir()):
        where.rmdir()
    environment = git_environment(known)
    _git(["clone", "--quiet", "--no-checkout", f"{GITHUB}/{source.github}", str(where)], environment)
    if source.folders:
        _git(["-C", str(where), "sparse-checkout", "set", *source.folders], environment)
    _git(["-C", str(where), "checkout", "--quiet", source.commit], environment)
    if source.submodules:
        _git(["-C", str(where), "submodule", "--quiet", "update", "--init", "--recursive", *source.submodules], environment)


def _git(words: Sequence[str], environment: dict[str, str]) -> None:
    subprocess.run(["git", *words], check=True, capture_output=True, text=True, env={**os.environ, **environment})
