"""docs/nvcc.md lists exactly the options of the table."""

from __future__ import annotations

import doctest
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from crosswarp.driver import option_words, report
from crosswarp.driver.help import help_text, markdown_table
from crosswarp.driver.nvcc import CUDA_VERSION, VERSION
from crosswarp.driver.option_table import OPTIONS
from crosswarp.frontend.options import CUDA_VERSION_BUILD, CUDA_VERSION_MAJOR, CUDA_VERSION_MINOR

PAGE = Path(__file__).parents[2] / "docs" / "nvcc.md"
TABLE = re.compile(r"(<!-- options:[^\n]*-->\n)(.*?)(<!-- end of options -->)", re.S)


def test_options_are_documented(request: pytest.FixtureRequest):
    text = PAGE.read_text()
    if request.config.getoption("--bless"):
        text = TABLE.sub(lambda match: match[1] + markdown_table() + match[3], text)
        PAGE.write_text(text)
    found = TABLE.search(text)
    assert found is not None and found[2] == markdown_table()


@pytest.mark.parametrize("module", [option_words, report], ids=lambda module: module.__name__)
def test_examples_in_docstrings(module: ModuleType):
    result = doctest.testmod(module)
    assert result.attempted and not result.failed


def test_help_names_every_option():
    text = help_text()
    assert all(f"--{option.name}" in text and f"(-{option.short})" in text for option in OPTIONS)


def test_version_is_the_packages():
    assert tomllib.loads((PAGE.parents[1] / "pyproject.toml").read_text())["project"]["version"] == VERSION


def test_version_is_the_front_ends():
    assert f"{CUDA_VERSION_MAJOR}.{CUDA_VERSION_MINOR}.{CUDA_VERSION_BUILD}" == CUDA_VERSION
