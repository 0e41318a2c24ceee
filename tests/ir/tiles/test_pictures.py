"""Pictures and the page are what the products are now; the command says the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from click.testing import CliRunner
from crosswarp.driver.cli import cli
from crosswarp.ir.ptx.matrix.layout import Shape
from crosswarp.ir.tiles.canonical import canonical
from crosswarp.ir.tiles.picture import exchange, product
from crosswarp.ir.tiles.show import line

SCRIPT = Path(__file__).parents[3] / "scripts" / "tensor_layouts.py"
SHAPE = Shape("m16n8k16", "f16")


def texts(svg: str) -> list[str]:
    return ["".join(element.itertext()) for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_the_page_and_its_pictures_are_current() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--check"], check=False)
    assert done.returncode == 0, "run scripts/tensor_layouts.py and look at what it draws"


def test_a_product_shows_every_element_of_a_b_and_c() -> None:
    found = texts(product(*(canonical(SHAPE, matrix) for matrix in "abc")))
    assert len([text for text in found if text.startswith("T")]) == 16 * 16 + 16 * 8 + 16 * 8
    assert found[:4] == ["A", "register: column 1, row 8, column 8", "lane: column 2, column 4, row 1, row 2, row 4", "T0 0"]


def test_both_sides_of_an_exchange() -> None:
    layout = canonical(Shape("m8n8k16", "s8"), "c")
    found = texts(exchange(layout, layout.transposed()))
    assert found[3:6] == ["T0 0", "T0 1", "T1 0"] and found[found.index("after") + 3 :][:3] == ["T0 0", "T4 0", "T8 0"]


def test_the_command_lists_products_and_draws_one(tmp_path: Path) -> None:
    drawn = tmp_path / "x.svg"
    done = CliRunner().invoke(cli, ["layouts", "gfx1201", "--shape", "m16n8k16", "--picture", str(drawn)])
    lines = done.output.splitlines()
    assert lines[:2] == ["PTX m16n8k16", f"  A  {line(canonical(SHAPE, 'a'))}"]
    assert any(line.startswith("wmma") for line in lines) and any("to PTX's: " in line for line in lines)
    assert any(text.startswith("C and D") for text in texts(drawn.read_text()))


def test_wrong_words_of_the_command() -> None:
    for words in (["h100"], ["--kinds", "f16"], ["--shape", "m8n8k4"], ["--shape", "large"]):
        done = CliRunner().invoke(cli, ["layouts", *words])
        assert done.exit_code == 2 and "Error: " in done.output
