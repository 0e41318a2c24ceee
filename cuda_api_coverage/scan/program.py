"""A program's tokens, one after the other: what they may use and what they declare."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from crosswarp.cuda_api_coverage.scan.assembly import inline_instructions
from crosswarp.cuda_api_coverage.scan.brackets import after_brackets, is_name, text_at
from crosswarp.cuda_api_coverage.scan.candidates import Collected, Need
from crosswarp.cuda_api_coverage.scan.declaring import declares
from crosswarp.cuda_api_coverage.scan.features import Features
from crosswarp.cuda_api_coverage.scan.names import LOOKS_LIKE_CUDA, NAMESPACES, Keys, Names, instruction_keys
from crosswarp.cuda_api_coverage.scan.qualified import Qualified
from crosswarp.cuda_api_coverage.scan.scopes import Scopes
from crosswarp.cuda_api_coverage.scan.tokens import Token

_ASM = ("asm", "__asm__", "__asm")
_KEYWORD = re.compile(r"__\w+__")  # stands between a type and a name: `char __align__(8) buffer[4]`
_SURE = frozenset(("__global__", "__device__", "__shared__", "__constant__", "__managed__", "<<<"))
_NO_TYPE_USE = frozenset(("=", ".", "->", "[", ";"))


def relevant_words(tokens: list[Token], names: Names) -> set[str]:
    """Those words of a file that a scan must look at."""
    return {word for word in {token for token, _ in tokens} if word in names.words or LOOKS_LIKE_CUDA.fullmatch(word)}


@dataclass(slots=True)
class Program:
    """One file's program text, or the text of one macro (`in_macro`), which stands in no function."""

    tokens: list[Token]
    names: Names
    out: Collected
    host_only: list[tuple[int, int]] = field(default_factory=list)
    in_macro: bool = False
    aliases: dict[str, str] | None = None
    scopes: Scopes = field(init=False)
    qualified: Qualified = field(init=False)
    features: Features = field(init=False)

    def __post_init__(self) -> None:
        self.scopes = Scopes(self.tokens)
        self.qualified = Qualified(self.tokens, self.names, self.out)
        self.features = Features(self.tokens, self.names, self.out, self.scopes)
        self.qualified.aliases.update(self.aliases or {})

    def read(self, relevant: set[str]) -> None:
        """Go over all tokens. `relevant` are the words of interest in this file."""
        structure, features = self._structure(), self.features.words()
        no_names = features - relevant
        wanted = {*structure, *features, *relevant, *NAMESPACES, *self.qualified.aliases}
        self.qualified.wanted = wanted
        for index, (token, _) in enumerate(self.tokens):
            if token in wanted:
                if token in features:
                    self.features.note(index)
                if token in structure:
                    structure[token](index)
                elif token not in no_names:
                    self._name(index)

    def _structure(self) -> dict[str, Callable[[int], None]]:
        found: dict[str, Callable[[int], None]] = {
            "{": self.scopes.enter, "}": self.scopes.leave, ";": self.scopes.end_statement,
            "namespace": self.qualified.namespace, "using": self.qualified.using, "typedef": self.qualified.typedef,
        }
        return found | dict.fromkeys(_ASM, self._assembly)

    def _name(self, index: int) -> None:
        """A word of interest."""
        before, after = text_at(self.tokens, index - 1), text_at(self.tokens, index + 1)
        if before in {".", "->"}:
            return
        outer = text_at(self.tokens, index - 2).replace(">", "x") if before == "::" else ""
        if is_name(outer) and outer not in self.names.words:  # but cudaError::cudaSuccess
            return
        if after == "::" and self.tokens[index][0] not in self.names.words:
            self.qualified.chain(index)
        elif not self._declared(index) and not self.qualified.unqualified(index):
            self._word(index)

    def _declared(self, index: int) -> bool:
        """Note a declaration, if it is one."""
        name, at = self.tokens[index]
        in_function = self.scopes.here.kind == "function"
        in_enum = self.scopes.here.kind == "enum" and text_at(self.tokens, index - 1) in {"{", ","}
        if _KEYWORD.fullmatch(name) or (not in_enum and not declares(self.tokens, index, self.scopes.head, in_function)):
            return False
        if any(begin <= at < end for begin, end in self.host_only) or self._hides_nothing(index):
            return True
        self.out.declared.add(name)
        if self.scopes.here.kind != "class":
            self.out.visible.add(name)
        return True

    def _hides_nothing(self, index: int) -> bool:
        """A variable `max` is not called, and `float4 fminf(float4, float4)` is one function more: CUDA's is called for numbers."""
        if self.tokens[index][0] not in self.names.words:
            return False
        if text_at(self.tokens, index + 1) != "(":
            return self.tokens[index][0] in self.names.called
        end = after_brackets(self.tokens, index + 1)
        return any(token in self.names.words and token not in self.names.called for token, _ in self.tokens[index + 2 : end])

    def _word(self, index: int) -> None:
        name, at = self.tokens[index]
        keys = self.names.words.get(name, ())
        if not keys:
            self._unknown(index)
        elif LOOKS_LIKE_CUDA.fullmatch(name) or name in _SURE:
            self.out.add(at, name, keys)
        elif name not in self.names.generic:
            if name not in self.names.variables or not self._in_host_code():
                self.out.add_if_cuda(at, name, keys)
        else:
            self._generic(index, keys)

    def _in_host_code(self) -> bool:
        """`dim3 gridDim(...)` of host code hides the variable of device code."""
        scope = self.scopes.here
        return scope.kind == "function" and not (scope.device or scope.markers or self.in_macro)

    def _unknown(self, index: int) -> None:
        name, at = self.tokens[index]
        pasted = "#" in {text_at(self.tokens, index - 1), text_at(self.tokens, index + 1)}
        if not pasted and LOOKS_LIKE_CUDA.fullmatch(name):
            self.out.add(at, name, (), Need.UNDECLARED)

    def _generic(self, index: int, keys: Keys) -> None:
        """`min` is CUDA's where device code calls it, `half` where it stands as a type does, and nobody else declares it."""
        name, at = self.tokens[index]
        after = text_at(self.tokens, index + 1)
        if name not in self.names.called:
            if after not in _NO_TYPE_USE or text_at(self.tokens, index - 1) == "new":
                self.out.add_if_cuda(at, name, keys, Need.INVISIBLE)
            return
        scope = self.scopes.here
        if after == "(" and not self.in_macro and (scope.device or scope.markers):
            self.out.add_if_cuda(at, name, keys, Need.INVISIBLE, frozenset() if scope.device else scope.markers)

    def _assembly(self, index: int) -> None:
        """PTX in device code; other compilers' assembly stands in host code. In a macro only what is PTX for sure counts."""
        scope = self.scopes.here
        if not (scope.device or self.in_macro or scope.markers):
            return
        for opcode, at in inline_instructions(self.tokens, index):
            keys = instruction_keys(opcode)
            if keys or scope.device:
                self.out.add_if_cuda(at, opcode, keys, markers=frozenset() if scope.device else scope.markers)
