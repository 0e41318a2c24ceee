"""What `make scan-projects` counts with: expectations, clang's lexer, and the comparison of both with a scan."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from scan_check.compare import compare  # noqa: E402
from scan_check.counting import names_in  # noqa: E402
from scan_check.expectations import DATA, CheckedFile, ExpectationError, Occurrence, load, load_all  # noqa: E402
from scan_check.measuring import measure  # noqa: E402


def test_expectations_are_well_formed():
    projects = load_all()
    assert len(projects) >= 5
    assert all(file.expected for project in projects for file in project.files)


def test_a_scan_finds_what_was_found_by_hand():
    own = load(DATA / "own.toml")
    measured = measure(own, DATA / "own")
    assert list(measured.differences) == []
    assert measured.total.found == sum(len(file.expected) for file in own.files)
    assert measured.found > 10


def test_an_expectation_with_an_unknown_key_is_refused(tmp_path):
    path = tmp_path / "p.toml"
    path.write_text('title = "P"\n[[file]]\npath = "a.cu"\nlaunch = [1]\n')
    with pytest.raises(ExpectationError, match="no key launch"):
        load(path)


def test_what_only_one_side_has_is_missed_or_false():
    file = CheckedFile("a.cu", (Occurrence(1, "cudaMalloc"), Occurrence(1, "cudaMalloc"), Occurrence(2, "cudaFree")))
    result = compare(file, [Occurrence(1, "cudaMalloc"), Occurrence(3, "cudaFree")])
    assert result.found == 1
    assert result.missed == (Occurrence(1, "cudaMalloc"), Occurrence(2, "cudaFree"))
    assert result.false == (Occurrence(3, "cudaFree"),)


def test_doubtful_places_count_neither_way():
    file = CheckedFile("a.cu", (), (Occurrence(1, "assert"),))
    assert not compare(file, [Occurrence(1, "assert")]).false
    assert not compare(file, []).missed
    assert compare(file, [Occurrence(2, "assert")]).false


def test_a_qualified_name_is_found_by_a_part_of_it():
    file = CheckedFile("a.cu", (Occurrence(1, "thread_rank"), Occurrence(2, "cub::DeviceScan::ExclusiveSum")))
    result = compare(file, [Occurrence(1, "cooperative_groups::thread_group::thread_rank"), Occurrence(2, "cub::DeviceScan")])
    assert (result.found, result.false) == (2, ())
    assert compare(file, [Occurrence(1, "rank")]).missed


def test_clangs_lexer_counts_code_only(tmp_path):
    path = tmp_path / "a.cu"
    path.write_text('''// cudaMalloc
/* cudaMalloc */ const char* s = "cudaMalloc"; const char* r = R"(cudaMalloc)";
#if 0
cudaMalloc
#if 1
cudaMalloc
#endif
#else
int a = cudaMalloc; // cudaMalloc
#endif
#define ALLOCATE cudaMalloc(\\
  cudaMalloc) cuda\\
Free
int cudaMallocator;
''')
    assert names_in(path) == {"cudaMalloc": 3, "cudaFree": 1, "cudaMallocator": 1}
