"""Pages that need nothing beside themselves: style and scripts are inside, and nothing else may run or be loaded.

The templates escape every value, and a content security policy names the hash of the one script and of the one style sheet, so that
a file or an API with a hostile name is text. Colours have glyphs, patterns or words beside them throughout.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES
from crosswarp.cuda_api_coverage.catalogue.model import Device, Status
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

HERE = Path(__file__).parent
TEMPLATES = (HERE, HERE.parent / "output")
# A status in a word, a sign that needs no colour, and the word that style sheets know it by.
SIGNS = {
    Status.WORKS: ("works", "●", "works"),
    Status.DIFFERS: ("differs", "◐", "differs"),
    Status.UNTESTED: ("untested", "○", "untested"),
    Status.NOT_SUPPORTED: ("not supported", "✕", "refused"),
    Status.ABSENT: ("absent", "–", "absent"),
}
DEVICE_TITLES = {
    Device.CPU: "CPU",
    Device.EMULATED: "AMD, emulated",
    Device.AMD: "AMD GPU",
    Device.NVIDIA: "NVIDIA GPU",
}


def render(template: str, scripts: Iterable[str] = (), **values: Any) -> str:
    """A page from a template that extends `base.html`. `scripts` are files of this folder, run in that order after `theme.js`."""
    style = (HERE / "style.css").read_text(encoding="utf-8")
    script = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("theme.js", *scripts))
    policy = f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'"
    return _environment().get_template(template).render(style=Markup(style), script=Markup(script), policy=policy, **values)


def embedded(data: object) -> Markup:
    """JSON for a `<script type="application/json">`: no string in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    loader = FileSystemLoader([str(folder) for folder in TEMPLATES])
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals |= {
        "signs": {status.value: sign for status, sign in SIGNS.items()},
        "device_titles": {device.value: title for device, title in DEVICE_TITLES.items()},
        "family_titles": FAMILIES,
    }
    return made
