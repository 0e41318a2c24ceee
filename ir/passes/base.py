"""What a pass is, and pipelines of passes. A pass takes valid IR to valid IR and knows a target only by its facts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.module import Module


@dataclass(frozen=True)
class Pass(ABC):
    """One transformation. Sub-classes are frozen dataclasses whose fields are the options.

    `name` is kebab case and equals the file name; `requires` and `establishes` name properties of the IR
    (`"no-inline-ptx"`), `destroys` those that no longer hold afterwards.
    """

    name: ClassVar[str]
    requires: ClassVar[frozenset[str]] = frozenset()
    establishes: ClassVar[frozenset[str]] = frozenset()
    destroys: ClassVar[frozenset[str]] = frozenset()

    @abstractmethod
    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Change `module` in place."""


class Pipeline:
    """Passes in order. Building one checks that each pass's requirements are established before it."""

    def __init__(self, passes: Sequence[Pass], given: frozenset[str] = frozenset()) -> None:
        """`given` are properties the input has already. Raises `ValueError` for a requirement nobody establishes."""
        self.passes = tuple(passes)
        holds = set(given)
        for one in self.passes:
            missing = one.requires - holds
            if missing:
                raise ValueError(f"pass {one.name} requires {', '.join(sorted(missing))}, which no earlier pass establishes")
            holds = (holds - one.destroys) | one.establishes

    def run(self, module: Module, facts: TargetFacts, verify: bool = False) -> None:
        """Apply all passes. With `verify` the verifier checks the module before the first and after each pass."""
        if verify:
            _verify(module, "before the first pass")
        for one in self.passes:
            one.apply(module, facts)
            if verify:
                _verify(module, f"after pass {one.name}")


def _verify(module: Module, when: str) -> None:
    from crosswarp.ir.verifier import verify_module

    verify_module(module, when=when)
