"""What a scan means: statuses, counts, sentences, and what makes it fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import Catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind, Status
from crosswarp.cuda_api_coverage.output.findings import BaselineError, FailOn, baseline, failing, findings
from crosswarp.cuda_api_coverage.output.json_report import render_json
from crosswarp.cuda_api_coverage.output.places import Paths, Place, as_text, path_uri, printable
from crosswarp.cuda_api_coverage.output.verdict import Verdict, verdict
from crosswarp.cuda_api_coverage.scan.model import FileResult, Method, Problem, ScanResult, Use


def test_the_worst_status_comes_first_then_the_most_places(small: Verdict) -> None:
    assert [(api.name, api.status, len(api.places)) for api in small.apis] == [
        ("cublasSgemm", Status.ABSENT, 3),
        ("cublas_v2.h", Status.ABSENT, 1),
        ("cudaGLGetDevices", Status.NOT_SUPPORTED, 1),
        ("cudaThreadSynchronize", Status.UNTESTED, 1),
        ("cudaMemset", Status.DIFFERS, 1),
        ("cudaMalloc", Status.WORKS, 1),
        ("min", Status.WORKS, 1),
    ]


def test_sentences(small: Verdict) -> None:
    assert small.sentences == [
        "2 of 7 entries are missing on AMD GPUs: cublasSgemm (3 places), cublas_v2.h (1 place).",
        "1 of 7 entries is not supported on AMD GPUs: cudaGLGetDevices (1 place).",
        "2 tested, 1 tested with a stated difference, 1 untested there (1 of them tested on emulated AMD GPUs).",
        "1 name that looks like CUDA's is in no record: cudaMaloc (1 place).",
        "2 problems while reading: what they hide is not counted.",
    ]


def test_of_many_the_families_are_told(catalogue: Catalogue) -> None:
    many = Catalogue((*catalogue.entries, *(Entry("cufft", f"cufft{n}", Kind.FUNCTION) for n in range(9))), catalogue.proofs, {})
    uses = tuple(Use(entry.name, (entry,)) for entry in many.entries if entry.family in ("cufft", "cublas"))
    result = ScanResult(Path(), Device.CPU, (FileResult(Path("a.cu"), Method.TOKENS, 1, uses),))
    assert verdict(result, many).sentences[0].startswith("10 of 10 entries are missing on CPUs (cuFFT 9, cuBLAS 1): ")


def test_sentences_where_nothing_is_wrong(make, empty: Verdict) -> None:
    assert empty.sentences == ["No use of CUDA was found."]
    assert make({"a.cu": ["cudaMalloc"]}).sentences[0] == "None of 1 entry is missing on AMD GPUs."


def test_a_recording_library_is_no_device(small: Verdict) -> None:
    (api,) = [api for api in small.apis if api.name == "cudaThreadSynchronize"]
    assert api.statuses[Device.AMD] is Status.UNTESTED
    assert api.statuses[Device.EMULATED] is Status.WORKS


def test_a_name_of_several_records_counts_with_the_best_and_keeps_the_others(small: Verdict) -> None:
    (api,) = [api for api in small.apis if api.name == "min"]
    assert [(entry.family, status) for entry, status in api.records] == [
        ("device_functions", Status.WORKS), ("libcudacxx", Status.ABSENT)]


def test_each_file_has_a_verdict(small: Verdict) -> None:
    by_path = {file.path: file for file in small.files}
    assert by_path["a.cu"].worst == ("cublas_v2.h", "cublasSgemm", "cudaGLGetDevices")
    assert by_path["a.cu"].unknown == ("cudaMaloc",)
    assert by_path["src/b.cu"].counts == {Status.ABSENT: 1, Status.WORKS: 1}


def test_families_add_up(small: Verdict) -> None:
    assert sum(counts.total() for counts in small.families.values()) == len(small.apis)
    assert small.families["runtime"].total() == 4


@pytest.mark.parametrize(("condition", "names"), [
    (FailOn.MISSING, {"cublasSgemm", "cublas_v2.h"}),
    (FailOn.REFUSED, {"cublasSgemm", "cublas_v2.h", "cudaGLGetDevices"}),
    (FailOn.UNTESTED, {"cublasSgemm", "cublas_v2.h", "cudaGLGetDevices", "cudaThreadSynchronize"}),
    (FailOn.UNKNOWN, {"cudaMaloc"}),
    (FailOn.PROBLEMS, {"not UTF-8", "bad compile database"}),
    (FailOn.NEVER, set()),
])
def test_what_fails(small: Verdict, condition: FailOn, names: set[str]) -> None:
    assert {finding.name for finding in failing(findings(small), [condition])} == names


def test_conditions_add_up(small: Verdict) -> None:
    found = failing(findings(small), [FailOn.MISSING, FailOn.UNKNOWN, FailOn.NEVER])
    assert {finding.name for finding in found} == {"cublasSgemm", "cublas_v2.h", "cudaMaloc"}


def test_a_scan_is_its_own_baseline(small: Verdict, hostile: Verdict, tmp_path: Path) -> None:
    for number, each in enumerate((small, hostile)):
        path = tmp_path / f"{number}.json"
        path.write_text(render_json(each), encoding="utf-8")
        assert baseline(path) == set(findings(each))


def test_another_file_that_uses_it_is_a_new_finding_another_line_is_not(make, tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text(render_json(make({"a.cu": ["cublasSgemm"]})))
    moved = set(findings(make({"a.cu": ["cudaMalloc", "cublasSgemm", "cublasSgemm"]})))
    assert failing(moved, [FailOn.MISSING]) - baseline(path) == set()
    spread = set(findings(make({"a.cu": ["cublasSgemm"], "b.cu": ["cublasSgemm"]})))
    assert {finding.file for finding in failing(spread, [FailOn.MISSING]) - baseline(path)} == {"b.cu"}


OURS = {"format": "crosswarp-coverage", "unknown": [], "files": [], "problems": []}


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", '{"format": "other"}', "\xff", json.dumps(OURS),
                                  json.dumps({**OURS, "apis": [1]})])
def test_a_baseline_that_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(BaselineError, match="is no scan as JSON"):
        baseline(path)


def test_nothing_was_read(make) -> None:
    assert not make({}).read
    assert not make({}, FileResult(Path("a.cu"), Method.TOKENS, 0, (), (Problem("unreadable"),))).read
    assert make({"a.cu": []}).read


def paths(root: str, *files: str) -> list[str]:
    results = tuple(FileResult(Path(file), Method.TOKENS, 1) for file in files)
    named = Paths(ScanResult(Path(root), Device.CPU, results), Path("/work"))
    return [named.shown(file) for file in results]


def test_paths_are_below_the_working_folder_where_all_are_else_below_the_root() -> None:
    assert paths("src", "src/a.cu", "src/../b.cu") == ["src/a.cu", "b.cu"]
    assert paths("/other/x", "/other/x/a.cu", "/other/x/y/b.cu") == ["a.cu", "y/b.cu"]
    assert paths("..", "../a.cu", "b.cu") == ["a.cu", "work/b.cu"]
    assert paths("src", "src/a.cu", "/usr/b.cu") == ["a.cu", "/usr/b.cu"]


def test_uris_and_text_of_paths() -> None:
    name = Path(b"a b/%41#\xff?.cu".decode(errors="surrogateescape"))
    assert path_uri(name) == "a%20b/%2541%23%FF%3F.cu"
    assert path_uri(Path("/a")) == "file:///a"
    assert as_text(name) == "a b/%41#\\xff?.cu"
    assert printable("a\x1b[1m\u202e\n") == "a\\x1b[1m\\u202e\\n"
    assert str(Place("a.cu", 3, 1)) == "a.cu:3:1"
    assert str(Place("app")) == "app"
