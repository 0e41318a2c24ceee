"""The memory of one function's activation: its parameters, results, locals, and the parameters of its calls."""

from __future__ import annotations

from crosswarp.ir.builder import Builder
from crosswarp.ir.function import Function
from crosswarp.ir.ptx.items import FunctionText
from crosswarp.ir.ptx.module.shapes import Shape, shape_of
from crosswarp.ir.ptx.scope import Variable
from crosswarp.ir.ptx.spaces import ADDRESS_SPACES
from crosswarp.ir.ptx.syntax import PtxError, Variables
from crosswarp.ir.types import PointerType
from crosswarp.ir.values import Argument, Value


class Frame:
    """Variables of the entry block. `parameters` and `results` are those in memory, by their names; `sizes`
    are in bytes, by the pointer.
    """

    def __init__(self, function: Function, text: FunctionText) -> None:
        self.function, self.text = function, text
        self.sizes: dict[Value, int] = {}
        self.parameters: dict[str, Variable] = {}
        self.results: dict[str, Variable] = {}
        for parameter, argument in zip(text.signature.parameters, function.arguments, strict=True):
            if parameter.space == "param":
                shape = shape_of(parameter, parameter.declarator)
                self.parameters[parameter.declarator.name] = Variable(self._incoming(argument, shape), "param")
        for result in text.signature.results:
            if result.space == "param":
                self.results[result.declarator.name] = Variable(self.reserve(shape_of(result, result.declarator)), "param")

    def _incoming(self, argument: Argument, shape: Shape) -> Value:
        """A parameter by value gets a place in memory, for `ld.param` and for its address."""
        if shape.scalar is None:
            self.sizes[argument] = shape.size
            return argument
        place = self.reserve(shape)
        Builder(self.function.entry).store(argument, place, align=shape.align)
        return place

    def reserve(self, shape: Shape) -> Value:
        """A new variable."""
        place = Builder.at_entry(self.function).alloca(shape.type, align=shape.align)
        self.sizes[place] = shape.size
        return place

    def variables(self, declared: Variables) -> dict[str, Variable]:
        """What `.local` and `.param` declare in a body."""
        made = {}
        for declarator in declared.declarators:
            shape = shape_of(declared, declarator)
            if shape.count is None or declarator.initial is not None or declared.linkage:
                raise PtxError(f"'{declarator.name}' in .{declared.space} as it is declared")
            pointer = self.reserve(shape)
            if declared.space == "local":
                pointer = Builder(self.function.entry).cast("addrspacecast", pointer, PointerType(ADDRESS_SPACES["local"]))
            made[declarator.name] = Variable(pointer, declared.space)
        return made
