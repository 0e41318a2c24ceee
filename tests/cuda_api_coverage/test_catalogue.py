"""The catalogue's records and our sources say the same."""

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES, RECORDS, catalogue
from crosswarp.cuda_api_coverage.catalogue.model import State

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("catalogue_script", ROOT / "scripts" / "catalogue.py")
script = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(script)


@pytest.mark.parametrize("family", script.DERIVED)
def test_records_say_what_the_sources_say(family):
    assert list(script.compare(family)) == []


def test_forms_of_functions_are_those_of_the_sources():
    assert list(script.form_disagreements()) == []
    names = {entry.name for entry in catalogue().entries}
    assert [form for form, name in catalogue().forms.items() if name not in names or form in names] == []


def test_every_file_of_records_is_derived():
    assert {path.stem for path in RECORDS.glob("*.tsv")} == set(script.DERIVED)
    assert set(script.DERIVED) <= set(FAMILIES)


def test_every_stated_difference_is_of_a_record():
    assert list(script.unknown_differences()) == []


@pytest.mark.parametrize("family", script.DERIVED)
def test_sources_and_headers_named_are_there(family):
    sources = {entry.source for entry in script.kept(family) if entry.source}
    assert [source for source in sorted(sources) if not (ROOT / source).exists()] == []


@pytest.mark.parametrize("family", script.DERIVED)
def test_what_is_there_has_a_source(family):
    assert [entry.name for entry in script.kept(family) if (entry.state is State.ABSENT) == bool(entry.source)] == []


def test_disagreements_are_told(monkeypatch):
    real = script.kept("runtime")
    wrong = [replace(entry, state=State.ABSENT, source="") if entry.name == "cudaMalloc" else entry for entry in real]
    monkeypatch.setattr(script, "kept", lambda family: [entry for entry in wrong if entry.name != "cudaFree"])
    told = list(script.compare("runtime"))
    assert told[0].startswith("runtime/cudaFree: record says nothing, sources say it exists")
    assert told[1].startswith("runtime/cudaMalloc: record says state absent, source empty, sources say state implemented")
    assert len(told) == 2
