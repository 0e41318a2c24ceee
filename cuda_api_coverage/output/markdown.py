"""A scan as Markdown: the size of a comment or of a CI job's summary, whatever the size of the project."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES
from crosswarp.cuda_api_coverage.catalogue.model import Status
from crosswarp.cuda_api_coverage.output.advice import advice
from crosswarp.cuda_api_coverage.output.places import Place, printable
from crosswarp.cuda_api_coverage.output.verdict import Verdict
from crosswarp.cuda_api_coverage.output.words import DEVICES, ORDER, WORDS, counted
from crosswarp.cuda_api_coverage.scan.model import PROBLEMS

_ROWS, _FILES, _PLACES, _NAMES = 100, 30, 3, 8
_SIMPLE = re.compile(r"[\w./:,+() -]+", re.ASCII)
_ESCAPED = re.compile(r"[\\`*_\[\]<>#|&~$@]|https?:")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;", "http:": "http&#58;", "https:": "https&#58;"}


def render_markdown(verdict: Verdict) -> str:
    """GitHub's flavour. A name from the scanned files is text in it, whatever characters it has."""
    return "\n".join(_lines(verdict)) + "\n"


def _lines(verdict: Verdict) -> Iterator[str]:
    yield f"## CUDA APIs on {DEVICES[verdict.device]}"
    yield ""
    for sentence in verdict.sentences:
        yield f"- {plain(sentence)}"
    yield from _families(verdict)
    yield from _apis(verdict)
    yield from _unknown(verdict)
    yield from _files(verdict)
    yield from _binaries(verdict)
    yield from _problems(verdict)
    yield from _tail(verdict)


def _families(verdict: Verdict) -> Iterator[str]:
    words = [WORDS[status] for status in ORDER]
    rows = [*verdict.families.items(), ("all", verdict.counts)] if verdict.apis else []
    yield from _table(["family", "used", *words], (
        [FAMILIES.get(family, f"**{family}**"), f"{counts.total():,}", *(f"{counts[status]:,}" for status in ORDER)]
        for family, counts in rows), "-" + "r" * (len(words) + 1))


def _apis(verdict: Verdict) -> Iterator[str]:
    apis = verdict.of(*ORDER[:2])
    if apis:
        yield from _heading("Missing or refused", len(apis))
        yield from _table(["API", "family", "status", "places", "what to do"], (
            [code(api.name), FAMILIES[api.entry.family], WORDS[api.status], _places(api.places),
             plain(advice(api.entry, api.status, verdict.device))] for api in apis[:_ROWS]))
        yield from _more(len(apis) - _ROWS)
    yield from _untested(verdict)


def _untested(verdict: Verdict) -> Iterator[str]:
    for status in (Status.DIFFERS, Status.UNTESTED):
        if apis := verdict.of(status):
            names = ", ".join(code(api.name) for api in apis[:_ROWS])
            more = f" and {len(apis) - _ROWS:,} more" if len(apis) > _ROWS else ""
            yield ""
            yield f"<details><summary>{counted(len(apis), 'entry', 'entries')}: {status.value}</summary>"
            yield ""
            yield f"{names}{more}"
            yield ""
            yield "</details>"


def _unknown(verdict: Verdict) -> Iterator[str]:
    if verdict.unknown:
        yield from _heading("Names in no record", len(verdict.unknown))
        yield from _table(["name", "close", "places"], (
            [code(each.name), ", ".join(map(code, each.close)), _places(each.places)]
            for each in verdict.unknown[:_ROWS]))
        yield from _more(len(verdict.unknown) - _ROWS)


def _files(verdict: Verdict) -> Iterator[str]:
    affected = sorted((file for file in verdict.files if file.worst), key=lambda each: (-len(each.worst), each.path))
    if affected:
        yield from _heading("Files that use what is missing or refused", len(affected))
        yield from _table(["file", "missing or refused", "of", "names"], (
            [code(file.path), f"{len(file.worst):,}", f"{len(file.apis):,}", ", ".join(map(code, file.worst[:_NAMES]))]
            for file in affected[:_FILES]), "-rr-")
        yield from _more(len(affected) - _FILES)


def _binaries(verdict: Verdict) -> Iterator[str]:
    built = [file for file in verdict.files if file.file.notes or file.file.images]
    for file in built[:_FILES]:
        yield from ("", f"### {code(file.path)}", "")
        kinds = Counter(" for ".join(word for word in (image.kind, image.arch) if word) for image in file.file.images)
        yield from (f"- {plain(kind)} ({count:,})" for kind, count in kinds.items())
        yield from (f"- {plain(note)}" for note in file.file.notes)
    yield from _more(len(built) - _FILES)


def _problems(verdict: Verdict) -> Iterator[str]:
    problems = verdict.problems
    if problems:
        yield from _heading("Problems", len(problems))
        counts = Counter(problem.what for _, problem in problems)
        first = {problem.what: Place(file.path, problem.line) for file, problem in reversed(problems) if file}
        yield from _table(["problem", "times", "meaning", "first"], (
            [plain(what), f"{count:,}", plain(PROBLEMS.get(what, what)), code(str(first[what])) if what in first else ""]
            for what, count in counts.most_common()), "-r--")


def _tail(verdict: Verdict) -> Iterator[str]:
    result = verdict.result
    skipped = ", ".join(f"{count:,} {plain(reason)}" for reason, count in sorted(result.skipped.items()))
    yield ""
    yield (f"Read {counted(len(result.files), 'file')}, {counted(result.lines, 'line')} in {result.seconds:.1f} s."
           + (f" Left out: {skipped}." if skipped else ""))


def _heading(title: str, count: int) -> Iterator[str]:
    yield from ("", f"### {title}: {count:,}")


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield from ("", f"And {count:,} more.")


def _table(headings: list[str], rows: Iterable[list[str]], align: str = "") -> Iterator[str]:
    """`align`: one letter a column, `r` for the right."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    if lines:
        marks = ["---:" if align[at : at + 1] == "r" else "---" for at in range(len(headings))]
        yield from ("", "| " + " | ".join(headings) + " |", "| " + " | ".join(marks) + " |", *lines)


def _places(places: tuple[Place, ...]) -> str:
    shown = "<br>".join(code(str(place)) for place in places[:_PLACES])
    return shown + (f"<br>and {len(places) - _PLACES:,} more" if len(places) > _PLACES else "")


def plain(text: str) -> str:
    """Text in which nothing is markup, a mention or a link."""
    return _ESCAPED.sub(lambda match: _ENTITIES.get(match[0], "\\" + match[0]), printable(text))


def code(text: str) -> str:
    """A name; one with characters that could end a code span or a cell is written without a span's rules."""
    if _SIMPLE.fullmatch(text):
        return f"`{text}`"
    return f"<code>{''.join(c if c.isalnum() or c in ' ./-' else f'&#{ord(c)};' for c in printable(text))}</code>"
