"""What became of each product, for people: `--report=tensor-layout`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from crosswarp.ir.module import Module
from crosswarp.ir.passes.locations import place_of
from crosswarp.ir.tiles.names import TILE
from crosswarp.targets.cpu.tiles.forms import Multiply
from crosswarp.targets.cpu.tiles.graph import Assembled, Fill, Gathered, Graph, Joined, Mapped, Node, Operation, Result

_SOURCES = ((Gathered, "is gathered from the registers of all lanes at a meeting"), (Assembled, "is read from ldmatrix's rows"),
            (Fill, "is the same everywhere"), (Joined, "is held, from several ways"), (Mapped, "is computed by elements"),
            (Result, "is held as it was loaded or made"))  # fmt: skip


def told(module: Module, graph: Graph) -> Iterator[str]:
    """A line for each kind of product and place of a function, with how many there are."""
    products = (one for one in graph.operations if isinstance(one.form, Multiply))
    lines = Counter(f"{place_of(module, one.call, graph.function.name)}{_product(graph, one)}" for one in products)
    yield from (f"{text} ({count} times)" if count > 1 else text for text, count in lines.items())


def _product(graph: Graph, one: Operation) -> str:
    name = (one.call.callee_name or "").removeprefix(TILE).replace(".sync.aligned", "")
    operands = ", ".join(f"{letter} {_source(node)}" for letter, node in zip("ABC", one.operands, strict=True))
    observed = one.result is not None and graph.is_observed(one.result)
    result = "is handed out to all lanes at a meeting" if observed else "stays there, nothing observes a lane"
    return f"{name} is computed by the warp's first lane: {operands}; D {result}"


def _source(node: Node) -> str:
    return next(text for kind, text in _SOURCES if isinstance(node, kind))
