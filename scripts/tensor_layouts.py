"""Draws the layouts of docs/tensor-layout.md and lists them there, from the products as they are.

With `--check` it only compares: the exit status is 1 where a picture or the page says something else.
"""

from __future__ import annotations

import sys
from pathlib import Path

from crosswarp.driver.layouts import Held, described, held_by
from crosswarp.ir.tiles.exchange import explained
from crosswarp.ir.tiles.picture import exchange

sys.path.insert(0, str(Path(__file__).parent))
from generated_block import bring_up_to_date

ROOT = Path(__file__).parents[1]
PAGE, PICTURES = ROOT / "docs" / "tensor-layout.md", ROOT / "docs" / "images" / "layouts"
BEGIN, END = "<!-- layouts: scripts/tensor_layouts.py -->", "<!-- end of layouts -->"
KINDS = ("f16", "f16", "f32")
PRODUCTS = {  # a picture's name: title, processor, shape, and how the product's name begins
    "ptx": ("NVIDIA: `mma.m16n8k16` as PTX documents it", None, "m16n8k16", "PTX"),
    "gfx1100_wmma": ("gfx11: WMMA, wave32", "gfx1100", "m16n16k16", "wmma"),
    "gfx1201_wmma": ("gfx12: WMMA, wave32", "gfx1201", "m16n16k16", "wmma"),
    "gfx942_local": ("gfx942: MFMA 4x4x4, each warp of a wave for itself", "gfx942", "m16n16k16", "mfma local"),
    "gfx942_joint": ("gfx942: MFMA 16x16x4, both warps of a wave together", "gfx942", "m16n16k16", "mfma joint"),
}


def shown(name: str) -> tuple[Held, Held]:
    """The product that a picture shows, and PTX's."""
    _, arch, shape, begin = PRODUCTS[name]
    found = held_by(arch, shape, KINDS)
    return next(held for held in found if held.name.startswith(begin)), found[0]


def best_exchange() -> tuple[Held, Held]:
    """Accumulators of gfx1100 that are brought to PTX's places with the fewest instructions."""
    documented, *native = held_by("gfx1100", "m16n8k16", KINDS)
    found = min(native, key=lambda held: len(explained(held.layouts[2], documented.layouts[2], 32, held.moves)))
    return found, documented


def pictures() -> dict[str, str]:
    """SVG by name."""
    source, wanted = best_exchange()
    return {**{name: shown(name)[0].picture for name in PRODUCTS}, "exchange": exchange(source.layouts[2], wanted.layouts[2])}


def block() -> str:
    """The generated part of the page."""
    lines = []
    for name, (title, *_) in PRODUCTS.items():
        lines += [f"### {title}", "", f"![{title}](images/layouts/{name}.svg)", "", "```", *described(*shown(name)), "```", ""]
    source, wanted = best_exchange()
    steps = explained(source.layouts[2], wanted.layouts[2], 32, source.moves)
    lines += ["### An exchange", "", f"C of `{source.name}` on gfx1100 to the places that PTX documents: {steps}.", "",
              "![C before and after an exchange](images/layouts/exchange.svg)", ""]  # fmt: skip
    return "\n".join(lines)


def main() -> int:
    """The exit status."""
    same = True
    for name, content in pictures().items():
        path = PICTURES / f"{name}.svg"
        if "--check" in sys.argv:
            same = same and path.is_file() and path.read_text(encoding="utf-8") == content
        else:
            path.write_text(content, encoding="utf-8")
    return bring_up_to_date(PAGE, BEGIN, END, block()) or int(not same)


if __name__ == "__main__":
    sys.exit(main())
