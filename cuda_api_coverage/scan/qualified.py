"""Names in CUDA's namespaces: through aliases, `using`, names of types, and the members of variables whose type is seen."""

from __future__ import annotations

from dataclasses import dataclass, field

from crosswarp.cuda_api_coverage.scan.brackets import after_brackets, after_template_arguments, is_name, text_at
from crosswarp.cuda_api_coverage.scan.candidates import Collected, Need
from crosswarp.cuda_api_coverage.scan.names import NAMESPACES, Names
from crosswarp.cuda_api_coverage.scan.tokens import Token

# How CUDA's own documentation abbreviates them; the alias may stand in a header that is not looked at.
_USUAL_ALIASES = {"cg": "cooperative_groups", "wmma": "nvcuda::wmma"}
_GROUPS = "cooperative_groups::"
_RESULTS = {
    _GROUPS + "this_thread_block": _GROUPS + "thread_block",
    _GROUPS + "this_thread": _GROUPS + "thread_block_tile",
    _GROUPS + "this_grid": _GROUPS + "grid_group",
    _GROUPS + "this_multi_grid": _GROUPS + "multi_grid_group",
    _GROUPS + "this_cluster": _GROUPS + "cluster_group",
    _GROUPS + "tiled_partition": _GROUPS + "thread_block_tile",
    _GROUPS + "coalesced_threads": _GROUPS + "coalesced_group",
    _GROUPS + "labeled_partition": _GROUPS + "coalesced_group",
    _GROUPS + "binary_partition": _GROUPS + "coalesced_group",
}
"""What a function returns, for `auto tile = cg::tiled_partition<32>(block)`."""
_BEHIND_TYPE = frozenset(("const", "&", "*", "__restrict__", "volatile"))
_ENDS_DECLARATOR = frozenset((",", ";", "=", ")", "(", "{", ":"))
_OWN_SPACES = frozenset(("cub::", "thrust::", "nvcuda::", "cooperative_groups::", "nvstd::"))
"""Whatever stands in them is CUDA's; a program may have a namespace `cuda` of its own."""


@dataclass(slots=True)
class Qualified:
    """What is known at the token that is read. `wanted` are the words that the reader stops at: it grows with every alias."""

    tokens: list[Token]
    names: Names
    out: Collected
    wanted: set[str] = field(default_factory=set)
    aliases: dict[str, str] = field(default_factory=lambda: dict(_USUAL_ALIASES))
    opened: list[str] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)

    def namespace(self, index: int) -> None:
        """`namespace cg = cooperative_groups;` or `namespace thrust {`."""
        name = text_at(self.tokens, index + 1)
        if text_at(self.tokens, index + 2) != "=":
            if name in NAMESPACES and text_at(self.tokens, index - 1) != "using":
                self.out.namespaces.add(name)
            return
        if full := self._resolved(self._chain(index + 3)[0]):
            self._alias(name, full)

    def using(self, index: int) -> None:
        """`using namespace nvcuda;`, `using cub::BlockReduce;` and `using Reduce = cub::BlockReduce<int, 128>;`."""
        name = text_at(self.tokens, index + 1)
        if name == "namespace":
            if full := self._resolved(self._chain(index + 2)[0]):
                self.opened.append(full)
                self.wanted |= self.names.members.get(full, frozenset())
        elif text_at(self.tokens, index + 2) == "=":
            self._type_alias(index + 3, name)
        elif full := self._resolved(self._chain(index + 1)[0]):
            self._alias(full.rpartition("::")[2], full)

    def typedef(self, index: int) -> None:
        """`typedef cub::BlockReduce<int, 128> Reduce;`."""
        behind = after_template_arguments(self.tokens, self._chain(self._skip_typename(index + 1))[1])
        if is_name(text_at(self.tokens, behind)) and text_at(self.tokens, behind + 1) == ";":
            self._type_alias(index + 1, self.tokens[behind][0])

    def chain(self, index: int) -> None:
        """A name with `::` behind it."""
        parts, behind = self._chain(index)
        if full := self._resolved(parts):
            self._used(index, full, length=self.tokens[behind - 1][1] - self.tokens[index][1])
            self._followed(index, full, after_template_arguments(self.tokens, behind))

    def unqualified(self, index: int) -> bool:
        """A word that an alias or `using` makes CUDA's. False: it is none of those."""
        name = self.tokens[index][0]
        if name in self.variables:
            behind = self._skip_subscripts(index + 1)
            if text_at(self.tokens, behind) in {".", "->"}:
                self._member(behind + 1, self.variables[name])
                return True
        full = self.aliases.get(name) or self._in_opened(name)
        if not full or (name in self.names.words and name not in self.aliases):
            return False
        self._used(index, full, Need.INVISIBLE if name not in self.aliases else Need.NOTHING)
        self._followed(index, full, after_template_arguments(self.tokens, index + 1))
        return True

    def _alias(self, name: str, full: str) -> None:
        self.aliases[name] = full
        self.wanted.add(name)

    def _type_alias(self, index: int, name: str) -> None:
        if full := self._resolved(self._chain(self._skip_typename(index))[0]):
            self._alias(name, full)

    def _skip_typename(self, index: int) -> int:
        return index + (text_at(self.tokens, index) in {"typename", "::", "const"})

    def _chain(self, index: int) -> tuple[list[str], int]:
        """The words of `a::b<int>::c` and the index behind; the arguments of the last word are left."""
        parts = [text_at(self.tokens, index)]
        at = index + 1
        while True:
            behind = after_template_arguments(self.tokens, at)
            if text_at(self.tokens, behind) != "::":
                return parts, at
            behind += 2 if text_at(self.tokens, behind + 1) == "template" else 1
            if not is_name(text_at(self.tokens, behind)):
                return parts, at
            parts.append(self.tokens[behind][0])
            at = behind + 1

    def _resolved(self, parts: list[str]) -> str | None:
        """The whole name, from one of CUDA's namespaces; None where it is not in one."""
        root, rest = parts[0], parts[1:]
        if root in self.aliases:
            return "::".join([self.aliases[root], *rest])
        if root in NAMESPACES:
            return "::".join(parts)
        opened = self._in_opened(root)
        return "::".join([opened, *rest]) if opened else None

    def _in_opened(self, word: str) -> str | None:
        return next((f"{space}::{word}" for space in self.opened if word in self.names.members.get(space, ())), None)

    def _used(self, index: int, full: str, need: Need = Need.NOTHING, length: int = 0) -> None:
        at = self.tokens[index][1]
        name, keys = self.names.longest(full)
        if not keys and full.startswith(tuple(_OWN_SPACES)):  # __float_to_tf32 is also a word of its own
            keys = self.names.words.get(full.rpartition("::")[2], ())
        if keys:
            self.out.add(at, name, keys, need, length)
        elif full.startswith(tuple(_OWN_SPACES)) and full not in self.names.members:
            self.out.add(at, full, (), Need.UNDECLARED, length)

    def _followed(self, index: int, full: str, behind: int) -> None:
        """What stands behind a name and its template arguments: a variable of that type, or a call and a member of its result."""
        if text_at(self.tokens, behind) == "(":
            result = _RESULTS.get(full, full)
            closed = after_brackets(self.tokens, behind)
            if text_at(self.tokens, closed) in {".", "->"}:
                self._member(closed + 1, result)
            elif text_at(self.tokens, index - 1) == "=" and is_name(text_at(self.tokens, index - 2)):
                self._variable(self.tokens[index - 2][0], result)
            return
        while text_at(self.tokens, behind) in _BEHIND_TYPE:
            behind += 1
        while is_name(text_at(self.tokens, behind)):
            end = self._skip_subscripts(behind + 1)
            if text_at(self.tokens, end) not in _ENDS_DECLARATOR:
                break  # the type of another parameter
            self._variable(self.tokens[behind][0], full)
            behind = end + 1 if text_at(self.tokens, end) == "," else len(self.tokens)

    def _skip_subscripts(self, index: int) -> int:
        while text_at(self.tokens, index) == "[" and (behind := after_brackets(self.tokens, index)) > index:
            index = behind
        return index

    def _variable(self, name: str, full: str) -> None:
        if full in self.names.members:
            self.variables[name] = full
            self.wanted.add(name)

    def _member(self, index: int, full: str) -> None:
        index += text_at(self.tokens, index) == "template"
        name = f"{full}::{text_at(self.tokens, index)}"
        if keys := self.names.qualified.get(name):
            self.out.add(self.tokens[index][1], name, keys)
