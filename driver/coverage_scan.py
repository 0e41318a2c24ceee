"""`crosswarp coverage PATH`: from the command line's options to a scan, its verdict and the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device
from crosswarp.cuda_api_coverage.output.findings import BaselineError, FailOn, Finding, baseline, failing, findings
from crosswarp.cuda_api_coverage.output.formats import RENDER, TEXT, format_of
from crosswarp.cuda_api_coverage.output.places import printable
from crosswarp.cuda_api_coverage.output.verdict import Verdict, verdict
from crosswarp.cuda_api_coverage.output.words import counted
from crosswarp.cuda_api_coverage.scan.model import DeviceCode, FileResult, ScanOptions, ScanResult
from crosswarp.driver.coverage import FAILED, GOOD, NOTHING, Request
from crosswarp.driver.coverage_results import write

if TYPE_CHECKING:
    from crosswarp.driver.binaries.image import Image

_MOST_NEW = 20


def scan_paths(request: Request) -> int:
    """Scan, print or write the verdict; returns the exit code."""
    from crosswarp.cuda_api_coverage.scan.tree import scan
    from crosswarp.driver.coverage_progress import progress

    known = _baseline(request.baseline)
    with progress(quiet=request.quiet) as report:
        result = scan(request.paths, Device(request.device or "amd"), _options(request), report)
    found = verdict(_of_families(result, request.family), catalogue())
    write(request.output, _rendered(request, found))
    if not found.read:
        return NOTHING
    bad = failing(findings(found), [FailOn(word) for word in request.fail_on or ("refused",)])
    if request.baseline and not request.quiet:
        _tell_new(bad - known, len(bad))
    return FAILED if bad - known else GOOD


def _tell_new(new: set[Finding], total: int) -> None:
    """What the exit code is about."""
    click.echo(f"{len(new):,} of {counted(total, 'finding')} {'is' if len(new) == 1 else 'are'} not in the baseline.", err=True)
    for finding in sorted(new)[:_MOST_NEW]:
        click.echo(printable(f"  {finding.what}: {finding.name}" + (f" in {finding.file}" if finding.file else "")), err=True)
    if len(new) > _MOST_NEW:
        click.echo(f"  and {len(new) - _MOST_NEW:,} more", err=True)


def _baseline(path: Path | None) -> set[Finding]:
    try:
        return baseline(path) if path else set()
    except BaselineError as error:
        raise click.BadParameter(printable(str(error)), param_hint="--baseline") from error


def _options(request: Request) -> ScanOptions:
    options = ScanOptions(
        limit=request.max_size,
        gitignore=not request.no_ignore,
        clang=not request.tokens,
        database=request.compile_commands,
        flags=request.flags,
        exclude=request.exclude,
        binaries=request.binaries,
        device_code=_device_code,
        translate=_translate,
    )
    return replace(options, jobs=request.jobs) if request.jobs else options


def _device_code(data: bytes) -> Iterator[tuple[DeviceCode, str | None]]:
    from crosswarp.driver.binaries.contents import read_images

    for image in read_images(data):
        yield DeviceCode(image.kind.title, image.arch, image.size), _ptx(image)


def _ptx(image: Image) -> str | None:
    """The text of a PTX image; None where it cannot be unpacked, as without the package `zstandard`."""
    from crosswarp.driver.binaries.image import ContentError, Kind

    try:
        return image.text if image.kind is Kind.PTX else ""
    except ContentError:
        return None


def _translate(words: list[str], directory: Path) -> list[str]:
    from crosswarp.driver.coverage_commands import clang_words

    return clang_words(words, directory)


def _of_families(result: ScanResult, families: tuple[str, ...]) -> ScanResult:
    """Only what may be of these families; names in no record are of none."""
    return replace(result, files=tuple(_file_of(file, set(families)) for file in result.files)) if families else result


def _file_of(file: FileResult, families: set[str]) -> FileResult:
    uses = (replace(use, entries=tuple(entry for entry in use.entries if entry.family in families)) for use in file.uses)
    return replace(file, uses=tuple(use for use in uses if use.known))


def _rendered(request: Request, found: Verdict) -> str:
    kind = request.format or format_of(request.output)
    if kind != TEXT:
        return RENDER[kind](found)
    from crosswarp.cuda_api_coverage.output.text import render_text

    if request.quiet:
        return "".join(f"{printable(sentence)}\n" for sentence in found.sentences)
    colour = request.output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ and request.format is None
    return render_text(found, verbose=request.verbose, colour=colour)
