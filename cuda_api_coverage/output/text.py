"""A scan for people at a terminal, or in a file: the verdict, the families, then each thing to look at with its places."""

from __future__ import annotations

import io
import shutil
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES
from crosswarp.cuda_api_coverage.catalogue.model import Kind, Status
from crosswarp.cuda_api_coverage.output.advice import advice, page
from crosswarp.cuda_api_coverage.output.places import Place, printable
from crosswarp.cuda_api_coverage.output.verdict import Api, Verdict
from crosswarp.cuda_api_coverage.output.words import DEVICES, ORDER, WORDS, counted, listed
from crosswarp.cuda_api_coverage.scan.model import PROBLEMS
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

STYLES = {"missing": "bold red", "refused": "red", "untested": "yellow", "differs": "cyan", "works": "green", "unknown": "magenta"}
STATUS_STYLES = {status: STYLES[word] for status, word in WORDS.items()}
_APIS, _PLACES, _FILES = 20, 5, 20
_PIPE_WIDTH = 120


def render_text(verdict: Verdict, *, verbose: int = 0, colour: bool = False) -> str:
    """`verbose`: 0 lists what is missing, refused, unknown or went wrong; 1 also what is untested or differs, and every place;
    2 every API. `colour`: escape sequences for a terminal as wide as this one; without it the text is plain and 120 columns wide.
    """
    width = max(shutil.get_terminal_size().columns, 40) if colour else _PIPE_WIDTH
    out = io.StringIO()
    colours: Literal["standard"] | None = "standard" if colour else None
    console = Console(file=out, width=width, force_terminal=colour, color_system=colours, highlight=False)
    _TextReport(verdict, verbose, console).show()
    return "\n".join(line.rstrip(" ") for line in out.getvalue().split("\n"))


class _TextReport:
    def __init__(self, verdict: Verdict, verbose: int, console: Console) -> None:
        self.verdict, self.verbose, self.console = verdict, verbose, console

    def show(self) -> None:
        """Everything, in order."""
        self._head()
        self._families()
        for status in ORDER[: (2, 4, 5)[min(self.verbose, 2)]]:
            self._group(status)
        self._unknown()
        self._headers()
        self._binaries()
        self._files()
        self._problems()
        self._tail()

    def _line(self, text: str, style: str = "", indent: int = 0) -> None:
        """One line that is not cut: a terminal finds the file and line in it."""
        self.console.print(Text(" " * indent + printable(text), style), soft_wrap=True)

    def _paragraph(self, text: str, style: str = "", indent: int = 0) -> None:
        self.console.print(Padding(Text(printable(text), style), (0, 0, 0, indent)))

    def _heading(self, text: str, style: str = "bold") -> None:
        self.console.print()
        self._line(text, style)

    def _head(self) -> None:
        for number, sentence in enumerate(self.verdict.sentences):
            self._paragraph(sentence, "bold" if number == 0 else "")

    def _families(self) -> None:
        if not self.verdict.apis:
            return
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column("family", overflow="fold")
        for heading in ("used", *(WORDS[status] for status in ORDER)):
            table.add_column(heading, justify="right")
        for family, counts in [*self.verdict.families.items(), ("all", self.verdict.counts)]:
            cells = [Text(f"{counts[status]:,}" if counts[status] else "", STYLES[WORDS[status]]) for status in ORDER]
            table.add_row(FAMILIES.get(family, family), f"{counts.total():,}", *cells, style="bold" if family == "all" else None)
        self.console.print()
        self.console.print(table)

    def _group(self, status: Status) -> None:
        apis = self.verdict.of(status)
        if not apis:
            return
        word, device = WORDS[status], DEVICES[self.verdict.device]
        self._heading(f"{word.capitalize()} on {device}: {counted(len(apis), 'entry', 'entries')}", STYLES[word])
        for text, group in _by_advice(apis, self.verdict).items():
            for api in group if self.verbose else group[:_APIS]:
                self._api(api, STYLES[word])
            self._more(len(group) - _APIS, "entry", 2)
            if text:
                self._paragraph(text, "dim", 4)

    def _api(self, api: Api, style: str) -> None:
        self._name(api.name, style, FAMILIES[api.entry.family], api.places)

    def _name(self, name: str, style: str, about: str, places: tuple[Place, ...]) -> None:
        """A name and its places; a single one stands beside it."""
        single = len(places) == 1
        where = printable(str(places[0])) if single else counted(len(places), "place")
        line = Text("  ").append(printable(name), style).append("  " + ", ".join(part for part in (about, where) if part))
        self.console.print(line, soft_wrap=True)
        if not single:
            self._places(places)

    def _places(self, places: tuple[Place, ...]) -> None:
        most = len(places) if self.verbose else _PLACES
        for place in places[:most]:
            self._line(str(place), indent=6)
        self._more(len(places) - most, "place", 6)

    def _more(self, count: int, what: str, indent: int) -> None:
        if count > 0 and not self.verbose:
            plural = "more entries" if what == "entry" else ""
            self._line(f"and {counted(count, f'more {what}', plural)} (-v shows all)", "dim", indent)

    def _unknown(self) -> None:
        if not self.verdict.unknown:
            return
        what = counted(len(self.verdict.unknown), "name that looks", "names that look")
        self._heading(f"In no record: {what} like CUDA's", STYLES["unknown"])
        for each in self.verdict.unknown if self.verbose else self.verdict.unknown[:_APIS]:
            meant = f"close to {' and '.join(each.close)}" if each.close else ""
            self._name(each.name, STYLES["unknown"], meant, each.places)
        self._more(len(self.verdict.unknown) - _APIS, "name", 2)

    def _headers(self) -> None:
        for kind, title in ((Kind.HEADER, "Headers"), (Kind.LIBRARY, "Libraries to link")):
            if apis := [api for api in self.verdict.apis if api.entry.kind is kind]:
                self._heading(title)
                names = [f"{api.name} ({WORDS[api.status]})" if api.status in ORDER[:2] else api.name for api in apis]
                self._paragraph(", ".join(names), indent=2)

    def _binaries(self) -> None:
        for verdict in self.verdict.files:
            file = verdict.file
            if file.notes or file.images:
                self._heading(verdict.path)
            if file.images:
                kinds = Counter(" for ".join(word for word in (image.kind, image.arch) if word) for image in file.images)
                self._paragraph("Device code: " + ", ".join(f"{kind} ({count:,})" for kind, count in kinds.items()), indent=2)
            for note in file.notes:
                self._paragraph(note, indent=2)

    def _files(self) -> None:
        affected = sorted((file for file in self.verdict.files if file.worst), key=lambda each: (-len(each.worst), each.path))
        if not affected:
            return
        self._heading(f"Files that use what is missing or refused: {len(affected):,} of {len(self.verdict.files):,}")
        for file in affected if self.verbose else affected[:_FILES]:
            total = counted(len(file.apis), "entry", "entries")
            self._line(f"{file.path}: {len(file.worst):,} of {total}: {listed(list(file.worst), 4)}", indent=2)
        self._more(len(affected) - _FILES, "file", 2)

    def _problems(self) -> None:
        problems = self.verdict.problems
        if not problems:
            return
        self._heading("Problems", "bold yellow")
        for what, count in Counter(problem.what for _, problem in problems).most_common():
            self._line(f"{what}, {counted(count, 'time')}: {PROBLEMS.get(what, what)}", indent=2)
            of_it = [(file, problem) for file, problem in problems if problem.what == what]
            for file, problem in of_it if self.verbose else of_it[:_PLACES]:
                where = str(Place(file.path if file else ".", problem.line))
                self._line(f"{where}: {problem.detail}" if problem.detail else where, indent=6)
            self._more(count - _PLACES, "problem", 6)

    def _tail(self) -> None:
        result = self.verdict.result
        methods = Counter(file.method.value for file in result.files)
        how = ", ".join(f"{count:,} by {method}" for method, count in methods.items())
        self.console.print()
        files = counted(len(result.files), "file") + (f" ({how})" if how else "")
        self._paragraph(f"Read {files}, {counted(result.lines, 'line')} in {result.seconds:.1f} s.")
        if result.skipped:
            left = ", ".join(f"{count:,} {reason}" for reason, count in sorted(result.skipped.items()))
            self._paragraph(f"Left out: {left}.")
        if pages := sorted({page(api.entry.family) for api in self.verdict.of(*ORDER[:2])}):
            self._paragraph(f"More: {', '.join(pages)}; crosswarp coverage --api NAME shows one record.")


def _by_advice(apis: Iterable[Api], verdict: Verdict) -> dict[str, list[Api]]:
    """APIs with the same advice stand together, so that it is said once."""
    groups: dict[str, list[Api]] = {}
    for api in apis:
        groups.setdefault(advice(api.entry, api.status, verdict.device), []).append(api)
    return groups

