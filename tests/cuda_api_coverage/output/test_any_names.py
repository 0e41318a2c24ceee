"""Whatever files, names and problems are called: every format can be read again, and nothing in it acts."""

from __future__ import annotations

import json
import re
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.load import Catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind, State
from crosswarp.cuda_api_coverage.output.findings import baseline, findings
from crosswarp.cuda_api_coverage.output.formats import RENDER
from crosswarp.cuda_api_coverage.output.places import Paths
from crosswarp.cuda_api_coverage.output.text import render_text
from crosswarp.cuda_api_coverage.output.verdict import verdict
from crosswarp.cuda_api_coverage.scan.model import DeviceCode, FileResult, Method, Problem, ScanResult, Use
from hypothesis import given, settings
from hypothesis import strategies as st

ENTRIES = tuple(Entry(family, name, kind, state=state) for family, name, kind, state in (
    ("runtime", "cudaMalloc", Kind.FUNCTION, State.IMPLEMENTED), ("cublas", "cublasSgemm", Kind.FUNCTION, State.ABSENT),
    ("ptx", "mma(.a|.b)[.c]", Kind.INSTRUCTION, State.REFUSED), ("headers", "cublas_v2.h", Kind.HEADER, State.ABSENT)))
CATALOGUE = Catalogue(ENTRIES, {}, {})
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MARKUP = ("<b>", "|", "`", "](x)", "\n", "\x1b[2J", "-->", "</script>", "&lt;", "\\", "@a", "${{x}}")
NAMES = st.one_of(TEXTS, st.sampled_from(MARKUP))
FILES = st.binary(min_size=1, max_size=12).map(lambda name: name.replace(b"\0", b"/").decode(errors="surrogateescape"))
NUMBERS = st.integers(0, 10**9)
USES = st.one_of(
    st.builds(lambda entry, line, column: Use(entry.name, (entry,), line, column), st.sampled_from(ENTRIES), NUMBERS, NUMBERS),
    st.builds(lambda name, line: Use(name, (), line, 1), NAMES, NUMBERS))
PROBLEMS = st.builds(Problem, NAMES, NAMES, NUMBERS)
RESULTS = st.builds(
    FileResult, FILES.map(Path), st.sampled_from(Method), NUMBERS, st.lists(USES, max_size=6).map(tuple),
    st.lists(PROBLEMS, max_size=2).map(tuple), st.lists(st.builds(DeviceCode, NAMES, NAMES, NUMBERS), max_size=2).map(tuple),
    st.lists(NAMES, max_size=2).map(tuple))
SCANS = st.builds(
    ScanResult, FILES.map(Path), st.sampled_from(Device), st.lists(RESULTS, max_size=4).map(tuple),
    st.dictionaries(NAMES, NUMBERS, max_size=2), st.lists(PROBLEMS, max_size=2).map(tuple))
TAGS = re.compile(r"<(/?\w+)")


@given(SCANS)
@settings(max_examples=120, deadline=None)
def test_every_format(tmp_path_factory, result: ScanResult) -> None:
    found = verdict(result, CATALOGUE, Paths(result, Path("/work")))
    written = {name: render(found) for name, render in RENDER.items()}
    for text in written.values():
        text.encode()

    path = tmp_path_factory.mktemp("any") / "scan.json"
    path.write_text(written["json"], encoding="utf-8")
    assert baseline(path) == set(findings(found))

    run = json.loads(written["sarif"])["runs"][0]
    assert len(run["results"]) == sum(len(each.places) for each in (*found.apis, *found.unknown))
    assert all(line.isprintable() for line in (*written["markdown"].split("\n"), *render_text(found, verbose=2).split("\n")))
    assert {tag.strip("/") for tag in TAGS.findall(written["markdown"])} <= {"code", "br", "details", "summary"}
    assert not {"b", "br", "img", "i"} & {tag.strip("/") for tag in TAGS.findall(written["html"])}
