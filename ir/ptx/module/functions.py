"""The body of one function: a frame for parameters, results and locals, then its statements."""

from __future__ import annotations

from functools import partial

from crosswarp.ir.builder import Builder
from crosswarp.ir.ptx.body import Body
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.items import FunctionText
from crosswarp.ir.ptx.module.binder import FunctionBinder
from crosswarp.ir.ptx.module.frame import Frame
from crosswarp.ir.ptx.module.places import Places, location
from crosswarp.ir.ptx.module.symbols import Symbols
from crosswarp.ir.ptx.syntax import PtxError


def define(text: FunctionText, symbols: Symbols, problems: list[PtxError], places: Places | None) -> None:
    """Make the body. Problems of single statements are collected; then there is none. `places`: with debug locations."""
    function = symbols.callees[text.name].function
    emit = Emitter(symbols.module, Builder(function.add_block("entry")))
    binder, before = FunctionBinder(symbols, Frame(function, text), problems), len(problems)
    steps = binder.bind_function()
    if len(problems) > before:
        function.blocks = []
        return
    body = Body(emit, function, binder.registers.types)
    if places is not None:
        body.location = partial(location, places.enter(function, text.at))
        emit.locate(body.location(text.at))
    body.clear()
    binder.take_arguments(body)
    body.run(steps)
    binder.leave(body)
