"""What `crosswarp coverage` does, by what its command line asks for."""

from __future__ import annotations

import json
from pathlib import Path

import click
from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES, catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device
from crosswarp.cuda_api_coverage.output.formats import FORMATS
from crosswarp.cuda_api_coverage.output.places import printable
from crosswarp.cuda_api_coverage.scan.ignoring import Ignoring
from crosswarp.driver.coverage import FAILED, GOOD, Request
from crosswarp.driver.coverage_results import put, write
from crosswarp.driver.coverage_scan import scan_paths

REPORT = "crosswarp-coverage.html"
SCAN, RECORD, PAGE, CATALOGUE = "a PATH", "--api", "--report", "no PATH"
_ONLY_FOR = {
    **dict.fromkeys(("baseline", "fail_on", "flags", "compile_commands", "exclude", "no_ignore", "tokens", "binaries"), (SCAN,)),
    "jobs": (SCAN,),
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
    actions = {SCAN: scan_paths, RECORD: _show_records, PAGE: _report, CATALOGUE: _show_catalogue}
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
        put(json.dumps(figures(found)) + "\n")
    elif request.listed:
        put("".join(f"{line}\n" for line in listing(found, request.family, device)))
    else:
        show(summary(found, request.family, device, by_version=request.counts))
    return GOOD


def _report(request: Request) -> int:
    from crosswarp.cuda_api_coverage.report.figures import figures
    from crosswarp.cuda_api_coverage.report.page import page

    if request.format == "json":
        write(request.output, json.dumps(figures(catalogue()), indent=1) + "\n")
        return GOOD
    output = request.output or Path(REPORT)
    write(output, page(catalogue(), request.repository))
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
        put(json.dumps([record.as_object(entry, catalogue()) for entry in entries]) + "\n")
    for entry in entries if request.format != "json" else ():
        console().print(record.as_text(entry, catalogue(), STATUS_STYLES))
    return GOOD
