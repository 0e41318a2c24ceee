"""Which record an option on nvcc's command line belongs to."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Entry
from crosswarp.cuda_api_coverage.catalogue.tables import rows

FORMS = Path(__file__).with_name("option_forms.tsv")
HEADINGS = ("spelling", "name")
# Options whose value may stand right behind their short name.
_JOINED = re.compile(r"-(?:[lDUIL](?=.)|[Ot](?=\d+$))")


@cache
def _spellings() -> dict[str, Entry]:
    named = {entry.name: entry for entry in catalogue().of("options")}
    single_dash = {name[1:]: entry for name, entry in named.items()}
    return single_dash | {spelling: named[name] for spelling, name in rows(FORMS)} | named


def lookup_option(word: str) -> Entry | None:
    """The record of a word of a command line: `-arch=sm_80`, `--gpu-architecture`, `-std=c++17`, `-O3`, `-lcublas`; None: no
    option of nvcc's.

    >>> [lookup_option(word).name for word in ("-arch=sm_80", "--std", "-O3", "-Xcompiler")]
    ['--gpu-architecture', '--std', '--optimize', '--compiler-options']
    """
    found = _spellings().get(word.partition("=")[0])
    joined = _JOINED.match(word) if found is None else None
    return _spellings().get(joined[0]) if joined else found
