"""Language features, by the words that show them: each word's features with what must hold where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crosswarp.cuda_api_coverage.scan.brackets import after_brackets, is_name, text_at
from crosswarp.cuda_api_coverage.scan.candidates import Collected
from crosswarp.cuda_api_coverage.scan.cpp_features import CPP_RULES
from crosswarp.cuda_api_coverage.scan.names import Names
from crosswarp.cuda_api_coverage.scan.scopes import Scopes
from crosswarp.cuda_api_coverage.scan.tokens import Token

_SPECIFIERS = frozenset(("__device__", "__host__", "__global__", "__constant__", "__shared__", "__managed__"))
_SPACES = frozenset(("__device__", "__host__"))
_SEVERAL = 4
_SURE = frozenset(("<<<", *_SPECIFIERS))


@dataclass(slots=True)
class Features:
    """Looks at single words; `scopes` is where the reader stands."""

    tokens: list[Token]
    names: Names
    out: Collected
    scopes: Scopes

    def words(self) -> set[str]:
        """The words that show features. Those of C++ count in device code, where they are the device compiler's."""
        return {*_RULES, *CPP_RULES, *self.names.device_words}

    def note(self, index: int) -> None:
        """All features that the word at `index` shows."""
        word, at = self.tokens[index]
        for feature in self._shown(word, index):
            if keys := self.names.features.get(feature):
                self.out.is_cuda = self.out.is_cuda or word in _SURE
                self.out.add_if_cuda(at, feature, keys)

    def _shown(self, word: str, index: int) -> Iterator[str]:
        yield from (feature for feature, holds in _RULES.get(word, ()) if holds(self, index))
        if not self.scopes.here.device:
            return
        yield from (feature for feature, holds in CPP_RULES.get(word, ()) if holds(self.tokens, index))
        if word in self.names.device_words and self.before(index) not in {".", "->", "::"}:
            yield word

    def before(self, index: int) -> str:
        """The token in front."""
        return text_at(self.tokens, index - 1)

    def after(self, index: int) -> str:
        """The token behind."""
        return text_at(self.tokens, index + 1)

    def head(self, index: int) -> list[str]:
        """The statement's tokens in front."""
        return [token for token, _ in self.tokens[max(self.scopes.head, index - 200) : index]]

    def rest(self, index: int) -> list[str]:
        """The declaration's tokens from here to where its body, value or end begins."""
        words = list[str]()
        for token, _ in self.tokens[index : index + 200]:
            if token in {";", "{", "=", "}"}:
                break
            words.append(token)
        return words

    def commas(self, index: int, end: str) -> int:
        """Commas of a list that begins behind `index`, those in brackets left out."""
        count, at = 0, index + 1
        while at < min(len(self.tokens), index + 200) and self.tokens[at][0] not in {end, ";"}:
            count += self.tokens[at][0] == ","
            at = max(at + 1, after_brackets(self.tokens, at))
        return count


def _in_device(self: Features, index: int) -> bool:
    return self.scopes.here.device


def _called_in_device(self: Features, index: int) -> bool:
    return self.scopes.here.device and self.after(index) == "(" and self.before(index) not in {".", "->", "::"}


def _launch(self: Features, index: int) -> bool:
    return is_name(self.before(index).replace(">", "x")) and self.before(index) != "operator"


def _spaces(self: Features, index: int) -> tuple[set[str], str]:
    """The words for host and device that stand together, and the token in front of them."""
    begin = end = index
    while index - begin < _SEVERAL and text_at(self.tokens, begin - 1) in _SPACES:
        begin -= 1
    while end - index < _SEVERAL and text_at(self.tokens, end) in _SPACES:
        end += 1
    return {token for token, _ in self.tokens[begin:end]}, text_at(self.tokens, begin - 1)


def _lambda(self: Features, index: int) -> bool:
    """`[=] __device__`, with `__host__` or without."""
    return _spaces(self, index)[1] == "]"


def _both(self: Features, index: int) -> bool:
    return len(_spaces(self, index)[0]) == 2


def _variable(self: Features, index: int) -> bool:
    """A declaration without parameters; specifiers of the same declaration in front speak for it already."""
    words = self.rest(index)
    return _SPECIFIERS.isdisjoint(words[1:]) and "(" not in words and len(words) > 2 and not _lambda(self, index)


def _template(self: Features, index: int) -> bool:
    return "template" in self.head(index)


_RULES: dict[str, tuple[tuple[str, Callable[[Features, int], bool]], ...]] = {
    "<<<": (
        ("<<<>>>", _launch),
        ("<<<>>> with shared memory and a stream", lambda self, at: _launch(self, at) and self.commas(at, ">") >= 2),
        ("launches in device code", lambda self, at: _launch(self, at) and _in_device(self, at)),
    ),
    "__device__": (
        ("__device__ lambda", lambda self, at: _lambda(self, at) and not _both(self, at)),
        ("__host__ __device__ lambda", lambda self, at: _lambda(self, at) and _both(self, at)),
        ("__host__ __device__", lambda self, at: not _lambda(self, at) and _both(self, at)),
        ("__device__ variable", lambda self, at: _variable(self, at) and "extern" not in self.head(at)),
        ("extern __device__ variables", lambda self, at: _variable(self, at) and "extern" in self.head(at)),
        ("extern __device__ functions", lambda self, at: "extern" in self.head(at) and not _variable(self, at)),
        ("virtual functions in device code", lambda self, at: "virtual" in [*self.head(at), self.after(at)]),
        ("friend functions of classes in device code", lambda self, at: "friend" in [*self.head(at), self.after(at)]),
        ("operators of classes in device code", lambda self, at: "operator" in self.rest(at)),
        ("return type deduction", lambda self, at: "auto" in self.rest(at)[:4] and "->" not in self.rest(at)),
        ("override and final", lambda self, at: not {"override", "final"}.isdisjoint(self.rest(at))),
        ("default arguments in device code", lambda self, at: self.rest(at).count("(") > self.rest(at).count(")")),
    ),
    "__global__": (
        ("kernel templates", _template),
        ("variadic kernel templates", lambda self, at: _template(self, at) and "..." in "".join(self.head(at))),
        ("static kernels and kernels in unnamed namespaces", lambda self, at: "static" in {*self.head(at), self.after(at)}),
    ),
    "default": (("explicitly defaulted functions in device code", lambda self, at: "__device__" in self.head(at)),),
    "cudaTextureObject_t": (("cudaTextureObject_t as a kernel's argument", lambda self, at: "__global__" in self.head(at)),),
    "cudaSurfaceObject_t": (("cudaSurfaceObject_t as a kernel's argument", lambda self, at: "__global__" in self.head(at)),),
    "__launch_bounds__": (
        ("__launch_bounds__ with a cluster size", lambda self, at: self.after(at) == "(" and self.commas(at + 1, ")") == 2),
    ),
    "__shared__": (
        ("extern __shared__", lambda self, at: "extern" in {*self.head(at), self.after(at)}),
        ("volatile shared memory", lambda self, at: "volatile" in {*self.head(at), self.after(at)}),
    ),
    "asm": (("asm volatile", lambda self, at: _in_device(self, at) and self.after(at) in {"volatile", "__volatile__"}),),
    "texture": (("texture<>", lambda self, at: self.after(at) == "<"),),
    "surface": (("surface<>", lambda self, at: self.after(at) == "<"),),
    "static": (("static variables in device functions", lambda self, at: _in_device(self, at) and "(" not in self.rest(at)),),
    "long": (("long double in device code", lambda self, at: _in_device(self, at) and self.after(at) == "double"),),
    "if": (("if constexpr", lambda self, at: _in_device(self, at) and self.after(at) == "constexpr"),),
    "printf": (("printf in device code", _called_in_device),),
    "assert": (("assert in device code", _called_in_device),),
    "alloca": (("alloca in device code", _called_in_device),),
    "malloc": (("malloc and free in device code", _called_in_device),),
    "free": (("malloc and free in device code", _called_in_device),),
    "new": (("new and delete in device code", _in_device),),
    "delete": (("new and delete in device code", lambda self, at: _in_device(self, at) and self.before(at) != "="),),
    "goto": (("goto in device code", _in_device),),
}
