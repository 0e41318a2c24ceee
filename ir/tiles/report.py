"""What was decided for each product, for people: `--report=tensor-layout`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.passes.locations import place_of
from crosswarp.ir.tiles.decide import Decision
from crosswarp.ir.tiles.exchange import explained
from crosswarp.ir.tiles.forms import Apart, Form, layout_of, sums_of
from crosswarp.ir.tiles.fragments import Filled, Foreign, Fragment, Fragments, Loaded
from crosswarp.ir.tiles.lanes import LaneMoves
from crosswarp.ir.tiles.names import TILE
from crosswarp.ir.tiles.operations import Product
from crosswarp.ir.tiles.row_reads import cheapest
from crosswarp.ir.tiles.rows import rows_of
from crosswarp.ir.types import bits_of


@dataclass(frozen=True)
class Report:
    """Of one function, made before it is rewritten."""

    module: Module
    fragments: Fragments
    decision: Decision
    moves: LaneMoves

    def lines(self) -> Iterator[str]:
        """A line for each kind of product and place, with how many there are; then those that the target cannot do."""
        told = Counter(self._told(call, product, result) for call, product, result in self.fragments.products())
        yield from (f"{place}{text}" + (f" ({count} times)" if count > 1 else "") for (place, text), count in told.items())

    def _told(self, call: Call, product: Product, result: Fragment) -> tuple[str, str]:
        native = self.decision.natives[call]
        wanted: list[Form] = [native.a, native.b, sums_of(native)]
        operands = [f"{name} {self._operand(each, form)}" for name, each, form in zip("ABC", result.inputs, wanted, strict=True)]
        name = (call.callee_name or "").removeprefix(TILE).replace(".sync.aligned", "")
        result_text = self._result(result, sums_of(native), product)
        place = place_of(self.module, call, self.fragments.function.name)
        return place, f"{name} is {native.name}: {', '.join(operands)}; D {result_text}"

    def _operand(self, fragment: Fragment, wanted: Form) -> str:
        own = self.decision.forms.get(fragment, fragment.matrix.layout)
        if isinstance(fragment.source, Filled):
            return "is the same everywhere"
        if own == wanted:
            return "is loaded as it is wanted" if isinstance(fragment.source, Loaded) else "is held as it is wanted"
        rows = rows_of(fragment.matrix, fragment.registers) if isinstance(fragment.source, Foreign) else None
        read = cheapest(rows.pattern, layout_of(wanted), _bits(fragment), self.moves)[1] if rows is not None else None
        if read is not None:
            return f"is read from ldmatrix's rows{self._change(fragment, read, wanted)}"
        held = "registers" if isinstance(fragment.source, Foreign) else "another layout"
        return f"comes in {held}{self._change(fragment, own, wanted)}"

    def _result(self, fragment: Fragment, made: Form, product: Product) -> str:
        own = self.decision.forms.get(fragment, fragment.matrix.layout)
        text = "stays as it is" if own == made else f"changes{self._change(fragment, made, own)}"
        if not self.fragments.users(fragment, self.fragments.uses):
            return f"{text}, nothing observes a lane" + (" (CUDA leaves the layout open)" if product.is_open else "")
        return f"{text}, observed in PTX's layout{self._change(fragment, own, fragment.matrix.layout)}"

    def _change(self, fragment: Fragment, source: Form, wanted: Form) -> str:
        """The steps of an exchange, in words."""
        begins = [word for form, word in ((source, "sums of both warps apart"), (wanted, "sums for both warps together"))
                  if isinstance(form, Apart) and source != wanted]  # fmt: skip
        if layout_of(source) != layout_of(wanted):
            begins.append(explained(layout_of(source), layout_of(wanted), _bits(fragment), self.moves))
        return f": {', '.join(begins)}" if begins else ""


def _bits(fragment: Fragment) -> int:
    return bits_of(fragment.element) or 32


def left_over(module: Module) -> Iterator[str]:
    """Products that keep the exact meaning, by shuffles and additions, because the target has nothing for them."""
    for name, function in module.functions.items():
        if name.startswith(TILE) and ("mma." in name) and ".load." not in name and ".store." not in name:
            calls = len(module.calls_to(function))
            if calls:
                yield f"{name.removeprefix(TILE).replace('.sync.aligned', '')} has no product of this target ({calls} times)"
