"""What device code has of C++ itself, by the words that show it; `Features` calls these rules in device code only."""

from __future__ import annotations

from collections.abc import Callable

from crosswarp.cuda_api_coverage.scan.brackets import after_brackets, after_template_arguments, is_name, text_at
from crosswarp.cuda_api_coverage.scan.tokens import Token

Rule = Callable[[list[Token], int], bool]
_ATTRIBUTES = {
    "[[likely]] and [[unlikely]]": ("likely", "unlikely"),
    "[[nodiscard]], [[maybe_unused]], [[fallthrough]]": ("nodiscard", "maybe_unused", "fallthrough"),
    "[[deprecated]]": ("deprecated",),
    "[[assume]]": ("assume",),
    "[[no_unique_address]]": ("no_unique_address",),
}


def _before(word: str) -> Rule:
    return lambda tokens, at: text_at(tokens, at - 1) == word


def _after(*words: str) -> Rule:
    return lambda tokens, at: text_at(tokens, at + 1) in words


def _always(_: list[Token], __: int) -> bool:
    return True


def _of_std(*words: str) -> Rule:
    return lambda tokens, at: text_at(tokens, at + 1) == "::" and text_at(tokens, at + 2) in words


def _in_parentheses(tokens: list[Token], index: int) -> list[str]:
    """What stands in the parentheses behind a word, those in brackets left out."""
    end = after_brackets(tokens, index + 1) - 1
    found, at = list[str](), index + 2
    while at < end:
        found.append(tokens[at][0])
        at = max(at + 1, after_brackets(tokens, at))
    return found


def _ranged(with_initialiser: bool) -> Rule:
    def holds(tokens: list[Token], at: int) -> bool:
        words = _in_parentheses(tokens, at)
        return ":" in words and "?" not in words and (";" in words) is with_initialiser

    return holds


def _initialised(tokens: list[Token], at: int) -> bool:
    return ";" in _in_parentheses(tokens, at)


def begins_lambda(tokens: list[Token], index: int) -> bool:
    """A bracket that follows no operand, with parameters or a body behind it."""
    before, closed = text_at(tokens, index - 1), after_brackets(tokens, index)
    operand = (is_name(before) and before != "return") or before in {")", "]", "["} or '"' in before
    return not operand and closed > index and text_at(tokens, closed) in {"(", "{", "<", "__device__", "__host__"}


def _captures(tokens: list[Token], at: int) -> str:
    return " ".join(token for token, _ in tokens[at + 1 : after_brackets(tokens, at) - 1])


def _initialised_capture(tokens: list[Token], at: int) -> bool:
    words = _captures(tokens, at)
    return begins_lambda(tokens, at) and " = " in words and not words.endswith("= ")


def _generic(tokens: list[Token], at: int) -> bool:
    closed = after_brackets(tokens, at)
    return begins_lambda(tokens, at) and any(token == "auto" for token, _ in tokens[closed : after_brackets(tokens, closed)])


def _bindings(tokens: list[Token], at: int) -> bool:
    at += 1
    while text_at(tokens, at) == "&":
        at += 1
    return text_at(tokens, at) == "["


def _function_pointer(tokens: list[Token], at: int) -> bool:
    """`(*f)(int)` behind a type; a call through a dereferenced name looks the same and is the same feature."""
    shape = [text_at(tokens, at + step) for step in (1, 3, 4)]
    return shape == ["*", ")", "("] and is_name(text_at(tokens, at + 2))


def _variadic(tokens: list[Token], at: int) -> bool:
    end = after_template_arguments(tokens, at + 1)
    return any(tokens[place][0] == "." and text_at(tokens, place + 1) == "." for place in range(at, end))


CPP_RULES: dict[str, tuple[tuple[str, Rule], ...]] = {
    **{word: ((feature, _before("[")),) for feature, words in _ATTRIBUTES.items() for word in words},
    "auto": (("auto and decltype", _always), ("structured bindings", _bindings)),
    "decltype": (("auto and decltype", _always), ("decltype(auto)", lambda tokens, at: text_at(tokens, at + 2) == "auto")),
    "alignas": (("alignas and alignof", _always),),
    "alignof": (("alignas and alignof", _always),),
    "using": (("using enum", _after("enum")),),
    "for": (("range-based for", _ranged(False)), ("range-based for with an initialiser", _ranged(True))),
    "if": (("if and switch with initialisers", _initialised), ("if consteval", _after("consteval"))),
    "switch": (("if and switch with initialisers", _initialised),),
    "new": (("placement new in device code", _after("(")),),
    "std": (
        ("std::move and std::forward in device code", _of_std("move", "forward")),
        ("std::initializer_list in device code", _of_std("initializer_list")),
        ("std::is_constant_evaluated", _of_std("is_constant_evaluated")),
    ),
    "this": (("explicit object parameters", _after("auto")),),
    "requires": (("requires expressions", _after("(", "{")),),
    "template": (("variadic templates", _variadic), ("template <auto>", lambda tokens, at: text_at(tokens, at + 2) == "auto")),
    "<=": (("three-way comparison", _after(">")),),
    "(": (("function pointers in device code", _function_pointer),),
    "cudaStreamFireAndForget": (("fire-and-forget launches", _always),),
    "cudaStreamTailLaunch": (("tail launches", _always),),
    "cudaStreamCreateWithFlags": (("streams and events of device code", _always),),
    "[": (
        ("lambdas in device code", begins_lambda),
        ("lambda expressions", begins_lambda),
        ("generic lambdas", _generic),
        ("initialised captures", _initialised_capture),
        ("capture of *this by value", lambda tokens, at: begins_lambda(tokens, at) and "* this" in _captures(tokens, at)),
        ("template parameters of lambdas", lambda tokens, at: (
            begins_lambda(tokens, at) and text_at(tokens, after_brackets(tokens, at)) == "<")),
    ),
}
"""Words with their features, each with what must hold where the word stands."""
