"""The instructions with a meaning. Anything that is not in `FORMS`, to the last modifier, is unknown."""

from __future__ import annotations

from crosswarp.ir.ptx.form import Form
from crosswarp.ir.ptx.records import bits, compare, float, integer, memory, threads

_ALL = [*integer.FORMS, *bits.FORMS, *compare.FORMS, *float.FORMS, *memory.FORMS, *threads.FORMS]
FORMS: dict[tuple[str, int], Form] = {(form.mnemonic, len(form.results) + len(form.sources)): form for form in _ALL}
"""By mnemonic and number of operands."""
assert len(FORMS) == len(_ALL), "two records for one form"
