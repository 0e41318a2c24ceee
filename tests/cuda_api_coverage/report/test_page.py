"""The page as text: one file, everything inside it, nothing in it that a name could break. tests/.../browser opens it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import Catalogue, catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind
from crosswarp.cuda_api_coverage.report.page import page
from crosswarp.cuda_api_coverage.report.payload import TESTS_SHOWN, documented, payload

MEGABYTE = 1_000_000


class Elements(HTMLParser):
    """Every start tag with its attributes, and what its `<script>`s hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag == "script"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = False


def embedded(text: str) -> dict[str, Any]:
    return json.loads(Elements(text).scripts[0])


def test_data_is_read_back_as_it_was(hostile: Catalogue):
    data = json.loads(json.dumps(payload(hostile, "")))
    assert embedded(page(hostile, "")) == data
    assert data["name"] == [entry.name for entry in hostile.entries]


@pytest.mark.parametrize("which", ["small", "hostile"])
def test_no_name_becomes_an_element(which: str, request: pytest.FixtureRequest):
    elements = Elements(page(request.getfixturevalue(which), ""))
    assert [tag for tag, _ in elements.tags].count("script") == 2
    assert not {tag for tag, _ in elements.tags} & {"img", "iframe", "object", "link", "base"}
    assert not [name for _, attributes in elements.tags for name in attributes if name.startswith("on") or name == "style"]


def test_nothing_is_loaded(small: Catalogue):
    text = page(small, "")
    assert not re.findall(r"(?:src|@import|url)\s*[=(]\s*['\"]?(?:https?:)?//", text)
    contents = [attributes.get("content") or "" for tag, attributes in Elements(text).tags if tag == "meta"]
    assert any("default-src 'none'" in content for content in contents)


def test_size_of_large_catalogues(made: Callable[[int], Catalogue]):
    assert len(page(made(20_000), "").encode()) < 3 * MEGABYTE
    assert len(page(catalogue()).encode()) < 3 * MEGABYTE


def test_tests_are_counted_and_the_first_are_named(small: Catalogue):
    data = payload(small, "")
    device, recorded, count, *numbers = data["proofs"][0][0]
    assert (device, recorded, count, len(numbers)) == (0, 0, 7, TESTS_SHOWN)
    assert data["tests"][numbers[0]] == "tests/shim/test_memory.py::test_0"
    assert data["proofs"][0][1][:3] == [2, 1, 1]


def test_repository_of_links(small: Catalogue):
    assert embedded(page(small, "https://example.org/tree/"))["repository"] == "https://example.org/tree/"


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("mad{.lo}.T", Kind.INSTRUCTION, "mad"),
        ("bar.sync", Kind.INSTRUCTION, "bar"),
        ("--maxrregcount", Kind.OPTION, "maxrregcount"),
        ("cudaMalloc", Kind.FUNCTION, "cudaMalloc"),
    ],
)
def test_names_in_the_documentation(name: str, kind: Kind, expected: str):
    assert documented(Entry("x", name, kind)) == expected


def test_no_entries_at_all():
    assert embedded(page(Catalogue((), {}, {}), ""))["name"] == []
