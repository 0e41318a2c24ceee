"""Which functions, variables and inline PTX each function of a module of portable IR refers to.

define void @k() { call float @_ZL4sinff(...)  ->  {"names": ["k", "_ZL4sinff"], "refers": {"k": [1]}, "kernels": ["k"],
call void asm sideeffect "bar.sync 0;"             "asm": {"k": ["bar.sync 0;"]}}
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator

from crosswarp.support.files import write_atomically

_NAME = re.compile(rb'@(?:"([^"]+)"|([\w.$-]+))')
_ASM = re.compile(rb'\basm (?:sideeffect |alignstack )*"([^"]*)"')


def write_facts(path: str, portable: bytes) -> None:
    """Write what `facts` finds, unless the file is there: its name says which IR it is of."""
    if not os.path.exists(path):  # noqa: PTH110
        write_atomically(path, json.dumps(facts(portable), separators=(",", ":")).encode())


def facts(portable: bytes) -> dict[str, object]:
    """Names, and by their places in that list what each function or variable refers to; its inline PTX; the kernels."""
    places: dict[bytes, int] = {}
    refers, asm, kernels = {}, {}, []
    for text in _definitions(portable):
        own, *others = [quoted or plain for quoted, plain in _NAME.findall(text)]
        name = own.decode(errors="replace")
        refers[name] = sorted({places.setdefault(other, len(places)) for other in others if other != own})
        if text.startswith(b"define "):
            if found := _ASM.findall(text):
                asm[name] = sorted({each.decode(errors="replace") for each in found})
            if b" ptx_kernel " in text[: text.index(b"@")]:
                kernels.append(name)
    names = [name.decode(errors="replace") for name in places]
    return {"names": names, "refers": {name: found for name, found in refers.items() if found}, "asm": asm, "kernels": kernels}


def _definitions(portable: bytes) -> Iterator[bytes]:
    """The text of each function, and the line of each variable."""
    head, *functions = re.split(rb"^(?=define )", portable, flags=re.M)
    yield from (line for line in head.split(b"\n") if line.startswith(b"@"))
    for text in functions:
        yield text.partition(b"\n}")[0]
