"""What the tokens found, corrected by what libclang knows."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from crosswarp.cuda_api_coverage.scan.candidates import Candidate, Need, Reading
from crosswarp.cuda_api_coverage.scan.clang import FileFacts, UnitFacts
from crosswarp.cuda_api_coverage.scan.model import Method, Problem
from crosswarp.cuda_api_coverage.scan.names import Keys, Names


def refined(readings: Iterable[Reading], units: Iterable[tuple[Path, UnitFacts]], names: Names) -> Iterator[Reading]:
    """The readings in their order. A source that libclang could not read keeps its tokens and gets the problem."""
    facts, problems = _merged(units)
    for reading in readings:
        real = Path(os.path.realpath(reading.path))
        if real in facts:  # a kernel's file may be read as part of another source only
            yield _refined(reading, facts[real], names)
        elif real in problems:
            yield replace(reading, problems=(*reading.problems, problems[real]))
        else:
            yield reading


def _merged(units: Iterable[tuple[Path, UnitFacts]]) -> tuple[dict[Path, FileFacts], dict[Path, Problem]]:
    """By file: a header is in several sources, and what one of them compiles is compiled."""
    files, problems = dict[Path, FileFacts](), dict[Path, Problem]()
    for source, unit in units:
        if unit.problem:
            problems[Path(os.path.realpath(source))] = unit.problem
        for path, facts in unit.files.items():
            known = files.setdefault(path, FileFacts(skipped=facts.skipped))
            known.skipped = [span for span in known.skipped if span in facts.skipped]
            for place, name in facts.names.items():
                known.names[place] = known.names.get(place) or name
    return files, problems


def _refined(reading: Reading, facts: FileFacts, names: Names) -> Reading:
    places, told = sorted(facts.names), set[tuple[int, int]]()
    found = []
    for candidate in reading.found:
        if any(begin < candidate.line < end for begin, end in facts.skipped):
            continue
        inside = list(_inside(candidate, places))
        told.update(inside)
        if inside and not _is_no_name(candidate):
            found += _resolved(candidate, [facts.names[place] for place in inside], names)
        else:
            found.append(candidate)
    found += _missed(facts, told, names)
    return replace(reading, method=Method.CLANG, found=tuple(sorted(found, key=lambda one: one[2:4])))


def _is_no_name(candidate: Candidate) -> bool:
    """A feature stands where the word does that shows it, and is not that word."""
    return any(family in {"language", "ptx", "headers"} for family, _ in candidate.keys)


def _inside(candidate: Candidate, places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The places that libclang knows in a candidate, which may be a name of several parts."""
    at = bisect_right(places, (candidate.line, candidate.column - 1))
    while at < len(places) and places[at] <= (candidate.line, candidate.column + candidate.length):
        yield places[at]
        at += 1


def _resolved(candidate: Candidate, whole: list[str], names: Names) -> list[Candidate]:
    """Nothing where all parts are the program's own."""
    known = [found for name in whole if name and (found := lookup(name, names))[1]]
    if not known:
        return [candidate._replace(need=Need.NOTHING, markers=frozenset())] if any(whole) and candidate.keys else []
    name, keys = max(known, key=lambda found: len(found[0]))
    return [candidate._replace(name=name, keys=keys, need=Need.NOTHING, markers=frozenset())]


def _missed(facts: FileFacts, told: set[tuple[int, int]], names: Names) -> Iterator[Candidate]:
    """What is CUDA's though it does not look so: members, and names that came through `using`."""
    for place in sorted(facts.names.keys() - told):
        name, keys = lookup(facts.names[place], names)
        if keys and name not in names.generic:  # `printf` of host code too has its declaration in CUDA's headers
            yield Candidate(name, keys, *place)


def lookup(whole: str, names: Names) -> tuple[str, Keys]:
    """The records of a declaration's whole name."""
    return (whole, names.words[whole]) if whole in names.words else names.longest(whole)
