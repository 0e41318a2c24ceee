"""The dependency file of a source: clang writes it with the text, the step that reads the text lays it out as nvcc does."""

from __future__ import annotations

from pathlib import Path

from crosswarp.driver import make_rules
from crosswarp.driver.option_table import Option
from crosswarp.driver.options import Parsed
from crosswarp.driver.steps.shared import DONE, E, V

RULE = (
    Option("dependency-output", "dependency-output", V, DONE, "dependency file to lay out as nvcc does"),
    Option("dependency", "dependency", E, DONE, "file to name there beside those that were read"),
)


def lay_out_rule(parsed: Parsed, source: Path) -> None:
    """Lay out the dependency file, if one is named."""
    if parsed.has("dependency-output"):
        make_rules.rewrite(Path(parsed.last("dependency-output")), source, [Path(name) for name in parsed.all("dependency")])
