"""Words of nvcc's command line and their records."""

import sys
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import State
from crosswarp.cuda_api_coverage.catalogue.options import FORMS, lookup_option
from crosswarp.cuda_api_coverage.catalogue.tables import rows

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import option_records


@pytest.mark.parametrize(("word", "name"), [
    ("-arch=sm_80", "--gpu-architecture"), ("--gpu-architecture", "--gpu-architecture"), ("-std=c++17", "--std"),
    ("--std", "--std"), ("-O3", "--optimize"), ("-lcublas", "--library"), ("-Xcompiler", "--compiler-options"),
    ("-rdc=true", "--relocatable-device-code"), ("-lineinfo", "--generate-line-info"), ("-t4", "--threads")])
def test_a_word_has_the_record_of_its_option(word, name):
    assert lookup_option(word).name == name


@pytest.mark.parametrize("word", ["-fPIC", "main.cu", "-targets=cpu", "--no-such-option", "-"])
def test_other_words_have_none(word):
    assert lookup_option(word) is None


def test_short_spellings_are_the_drivers():
    assert [tuple(row) for row in rows(FORMS)] == option_records.forms()


def test_states_follow_the_drivers_table():
    entries = {entry.name: entry for entry in catalogue().of("options")}
    assert entries["--optix-ir"].state is State.REFUSED
    assert entries["--maxrregcount"].state is State.IMPLEMENTED and not entries["--maxrregcount"].difference
    assert entries["--Xcicc"].difference.startswith("accepted, without effect: ")
