"""Reads a module: first what it declares, then initialisers, then bodies. All problems are collected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from crosswarp.ir.module import Module
from crosswarp.ir.ptx.items import AliasText, FunctionText, Item
from crosswarp.ir.ptx.module.functions import define
from crosswarp.ir.ptx.module.headers import check_headers
from crosswarp.ir.ptx.module.places import Places
from crosswarp.ir.ptx.module.symbols import Symbols
from crosswarp.ir.ptx.parser import parse_module
from crosswarp.ir.ptx.syntax import Position, PtxError, Variables
from crosswarp.support.diagnostics import CompileError, Diagnostic, Location

CODE = "CW3014"
LAYOUT = "e-p6:32:32-i64:64-i128:128-i256:256-v16:16-v32:32-n16:32:64"
TRIPLE = "nvptx64-nvidia-cuda"


def read_ptx_module(text: str, name: str, lines: bool = False) -> Module:
    """Portable IR of PTX text; `name` is what messages call the text. `lines`: with debug information that leads to its lines.

    Raises `CompileError` with one diagnostic per problem.
    """
    module = Module(source_filename=name, datalayout=LAYOUT, triple=TRIPLE)
    try:
        items, problems = parse_module(text.rstrip("\0"))
        if not problems:
            _Reader(module, problems, Places(module, name) if lines else None).read(items)
    except RecursionError:
        problems = [PtxError("blocks, braces or expressions nested too deeply")]
    if problems:
        raise CompileError([_diagnostic(problem, name) for problem in problems])
    return module


def _diagnostic(error: PtxError, name: str) -> Diagnostic:
    at = error.at or Position(1, 1)
    return Diagnostic("error", f"PTX: {error}", CODE, Location(name, at.line, at.column))


class _Reader:
    def __init__(self, module: Module, problems: list[PtxError], places: Places | None) -> None:
        self.module, self.problems, self.places = module, problems, places
        self.symbols = Symbols(module)

    def read(self, items: tuple[Item, ...]) -> None:
        with self._collected(None):
            check_headers(items)
        for item in items:
            with self._collected(getattr(item, "at", None)):
                self._declare(item)
        with self._collected(None):
            self.symbols.initialise(self.problems)
        for item in items:
            if isinstance(item, FunctionText) and item.body is not None and self.symbols.is_text_of(item):
                self._define(item)
        self.symbols.keep_variables()

    def _declare(self, item: Item) -> None:
        if isinstance(item, Variables):
            self.symbols.variables(item)
        elif isinstance(item, FunctionText):
            self.symbols.function(item)
        elif isinstance(item, AliasText):
            self.symbols.alias(item)

    def _define(self, item: FunctionText) -> None:
        with self._collected(item.at):
            define(item, self.symbols, self.problems, self.places)

    @contextmanager
    def _collected(self, at: Position | None) -> Iterator[None]:
        try:
            yield
        except PtxError as error:
            self.problems.append(error.within(at))
