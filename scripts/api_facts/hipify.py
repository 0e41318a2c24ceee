"""Names with dates from HIPIFY's tables (docs/reference/tables): columns A(dded), D(eprecated), R(emoved) are CUDA's versions."""

from __future__ import annotations

import re

from api_facts.history import Name

_SECTION = re.compile(r"^## \*\*\d+\. (.*?)(?: \[\w+\])?\*\*")
_ROW = re.compile(r"^\|`(\w+)`\|([^|]*)\|([^|]*)\|[^|]*\|([^|]*)\|")
_FUNCTION = re.compile(r"^(cu|cuda|nvrtc)[A-Z]\w+$")


def read(text: str) -> dict[str, Name]:
    """Every name of one table. The tables tell functions by their sections: others are of kind `type`, whatever they are."""
    found: dict[str, Name] = {}
    section = ""
    for line in text.splitlines():
        if match := _SECTION.match(line):
            section = match[1].replace("Managment", "Management")
        elif match := _ROW.match(line):
            name, added, deprecated, removed = (field.strip() for field in match.groups())
            kind = "type" if "data types" in section.lower() else "function"
            found[name] = Name(kind, "" if kind == "type" else section, since=added, deprecated=deprecated, removed=removed)
    return found
