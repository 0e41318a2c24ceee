"""What `crosswarp coverage` does, by what its command line asks for."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES, catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device
from crosswarp.cuda_api_coverage.output.findings import BaselineError, FailOn, baseline, failing, findings
from crosswarp.cuda_api_coverage.output.formats import FORMATS, RENDER, TEXT, format_of
from crosswarp.cuda_api_coverage.output.places import printable
from crosswarp.cuda_api_coverage.output.verdict import Verdict, verdict
from crosswarp.cuda_api_coverage.scan.ignoring import Ignoring
from crosswarp.cuda_api_coverage.scan.model import DeviceCode, FileResult, ScanOptions, ScanResult
from crosswarp.driver.coverage import Request
from crosswarp.support.files import write_atomically

REPORT = "crosswarp-coverage.html"
if TYPE_CHECKING:
    from crosswarp.driver.binaries.image import Image

GOOD, FAILED, NOTHING = 0, 1, 3  # 2 is click's, for a wrong command line
SCAN, RECORD, PAGE, CATALOGUE = "a PATH", "--api", "--report", "no PATH"
_ONLY_FOR = {
    **dict.fromkeys(("baseline", "fail_on", "flags", "compile_commands", "exclude", "no_ignore", "binaries", "jobs"), (SCAN,)),
    "output": (SCAN, PAGE),
    "repository": (PAGE,),
    **dict.fromkeys(("listed", "counts"), (CATALOGUE,)),
}
_SPELT = {"output": "-o", "flags": "-- FLAGS", "listed": "--list"}
_FORMATS = {SCAN: FORMATS, RECORD: ("text", "json"), PAGE: ("html", "json"), CATALOGUE: ("text", "json")}


def act(request: Request) -> int:
    """Do it; returns the exit code."""
    mode = _mode(request)
    _check(request, mode)
    actions = {SCAN: _scan, RECORD: _show_records, PAGE: _report, CATALOGUE: _show_catalogue}
    return actions[mode](request)


def _mode(request: Request) -> str:
    given = {SCAN: bool(request.paths), RECORD: request.api is not None, PAGE: request.report}
    modes = [mode for mode, is_given in given.items() if is_given]
    if len(modes) > 1:
        raise click.UsageError(f"{' and '.join(modes)} exclude each other")
    return modes[0] if modes else CATALOGUE


def _check(request: Request, mode: str) -> None:
    for option, modes in _ONLY_FOR.items():
        if getattr(request, option) and mode not in modes:
            raise click.UsageError(f"{_SPELT.get(option, '--' + option.replace('_', '-'))} goes with {' or '.join(modes)} only")
    if request.format and request.format not in _FORMATS[mode]:
        raise click.UsageError(f"--format {request.format}: {mode} gives {' or '.join(_FORMATS[mode])}")
    for family in request.family:
        if family not in FAMILIES:
            raise click.BadParameter(f"'{family}' is none of {', '.join(FAMILIES)}", param_hint="--family")
    try:
        Ignoring.of_patterns(request.exclude)
    except ValueError as error:
        raise click.BadParameter(printable(str(error)), param_hint="--exclude") from error


def _show_catalogue(request: Request) -> int:
    from crosswarp.cuda_api_coverage.output.summary import listing, summary
    from crosswarp.cuda_api_coverage.report.figures import figures
    from crosswarp.driver.tables import show

    found, device = catalogue(), Device(request.device) if request.device else None
    if request.format == "json":
        _print(json.dumps(figures(found)) + "\n")
    elif request.listed:
        _print("".join(f"{line}\n" for line in listing(found, request.family, device)))
    else:
        show(summary(found, request.family, by_version=request.counts))
    return GOOD


def _report(request: Request) -> int:
    from crosswarp.cuda_api_coverage.report.figures import figures
    from crosswarp.cuda_api_coverage.report.page import page

    if request.format == "json":
        _write(request, json.dumps(figures(catalogue()), indent=1) + "\n")
        return GOOD
    output = request.output or Path(REPORT)
    _write(replace(request, output=output), page(catalogue(), request.repository))
    if str(output) != "-" and not request.quiet:
        click.echo(f"wrote {printable(str(output))}", err=True)
    return GOOD


def _show_records(request: Request) -> int:
    from crosswarp.cuda_api_coverage.output import record
    from crosswarp.cuda_api_coverage.output.text import STATUS_STYLES
    from crosswarp.driver.tables import console

    name = request.api or ""
    entries = [entry for entry in record.records(name, catalogue()) if not request.family or entry.family in request.family]
    if not entries:
        click.echo(printable(record.not_found(name, catalogue())), err=True)
        return FAILED
    if request.format == "json":
        _print(json.dumps([record.as_object(entry, catalogue()) for entry in entries]) + "\n")
    for entry in entries if request.format != "json" else ():
        console().print(record.as_text(entry, catalogue(), STATUS_STYLES))
    return GOOD


def _scan(request: Request) -> int:
    from crosswarp.cuda_api_coverage.scan.tree import scan
    from crosswarp.driver.coverage_progress import progress

    known = _baseline(request.baseline)
    with progress(quiet=request.quiet) as report:
        result = scan(request.paths, Device(request.device or "amd"), _options(request), report)
    found = verdict(_of_families(result, request.family), catalogue())
    _write(request, _rendered(request, found))
    if not found.read:
        return NOTHING
    bad = failing(findings(found), [FailOn(word) for word in request.fail_on or ("refused",)])
    if request.baseline and not request.quiet:
        click.echo(f"{len(bad - known):,} of {len(bad):,} findings are not in the baseline.", err=True)
    return FAILED if bad - known else GOOD


def _baseline(path: Path | None) -> set[tuple[str, str, str]]:
    try:
        return set(baseline(path)) if path else set()
    except BaselineError as error:
        raise click.BadParameter(printable(str(error)), param_hint="--baseline") from error


def _options(request: Request) -> ScanOptions:
    options = ScanOptions(
        limit=request.max_size,
        gitignore=not request.no_ignore,
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


def _write(request: Request, text: str) -> None:
    if request.output is None or str(request.output) == "-":
        _print(text)
        return
    try:
        write_atomically(request.output, text.encode())
    except OSError as error:
        raise click.BadParameter(f"{request.output}: {error.strerror}", param_hint="-o") from error


def _print(text: str) -> None:
    """As UTF-8 wherever it goes. A reader that has seen enough (`| head`) is no error."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

