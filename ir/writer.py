"""Writes LLVM text. Bodies that were never read are copied verbatim (with the present names of renamed globals);
bodies that were read are printed anew: values without a name get numbers, names that occur twice get a suffix.
"""

from __future__ import annotations

from crosswarp.ir.constants import ConstantExpr
from crosswarp.ir.function import Function
from crosswarp.ir.globals import Alias, GlobalObject, GlobalValue, GlobalVariable
from crosswarp.ir.module import Module
from crosswarp.ir.names import quoted, spell
from crosswarp.ir.values import Argument, Value
from crosswarp.ir.writer_function import FunctionWriter


def write_module(module: Module) -> str:
    """The module as text that LLVM reads."""
    groups = AttributeGroups(module)
    sections = [
        _head(module),
        [f"{t} = type {t.body or 'opaque'}" for t in module.types.values()],
        [f"${spell(name)} = comdat {kind}" for name, kind in module.comdats.items()],
        [write_variable(g, groups) for g in module.globals.values()],
        [write_alias(a) for a in module.aliases.values()],
    ]
    sections += [[write_function(f, module, groups)] for f in module.functions.values()]
    sections.append(groups.lines())
    sections.append([f"!{name} = !{{{', '.join(nodes)}}}" for name, nodes in module.named_metadata.items()])
    sections.append(_metadata(module))
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


class AttributeGroups:
    """The module's attribute groups, with new ones for lists of attributes that have none yet."""

    def __init__(self, module: Module) -> None:
        self.groups = dict(module.attribute_groups)
        self.numbers: dict[tuple[str, ...], int] = {}
        for number, attributes in self.groups.items():
            self.numbers.setdefault(tuple(attributes), number)

    def reference(self, attributes: list[str]) -> str:
        """`#n` for these attributes, "" for none."""
        if not attributes:
            return ""
        key = tuple(_in_group(a) for a in attributes)
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = max(self.groups, default=-1) + 1
            self.groups[number] = list(key)
        return f"#{number}"

    def lines(self) -> list[str]:
        """The definitions of all groups."""
        return [f"attributes #{n} = {{ {' '.join(attributes)} }}" for n, attributes in self.groups.items()]


def _in_group(attribute: str) -> str:
    """In a group the stack alignment is spelled with `=`."""
    return f"alignstack={attribute[11:-1]}" if attribute.startswith("alignstack(") else attribute


def _head(module: Module) -> list[str]:
    lines = []
    if module.source_filename:
        lines.append(f"source_filename = {quoted(module.source_filename)}")
    if module.datalayout:
        lines.append(f"target datalayout = {quoted(module.datalayout)}")
    if module.triple:
        lines.append(f"target triple = {quoted(module.triple)}")
    return lines + [f"module asm {quoted(line)}" for line in module.module_asm]


def _metadata(module: Module) -> list[str]:
    lines = [f"!{number} = {text}" for number, text in module.metadata.items()]
    if module.text_renamer() is not None:
        return [module.rename_in_text(line) for line in lines]
    return lines


def _words(*words: str) -> str:
    return " ".join(w for w in words if w)


def _linkage(value: GlobalValue) -> str:
    return _words(value.linkage, value.dso_local, value.visibility, value.dll_storage, value.thread_local)


def _space(value: GlobalValue) -> str:
    return f"addrspace({value.type.space})" if value.type.space else ""


def _comdat(value: GlobalObject) -> str:
    if value.comdat is None:
        return ""
    return "comdat" if value.comdat == value.name else f"comdat(${spell(value.comdat)})"


def _section(value: GlobalValue) -> list[str]:
    parts = [f"section {quoted(value.section)}"] if value.section else []
    return parts + ([f"partition {quoted(value.partition)}"] if value.partition else [])


def write_variable(variable: GlobalVariable, groups: AttributeGroups) -> str:
    """The line of a global variable."""
    initializer = "" if variable.initializer is None else str(variable.initializer)
    text = _words(f"{variable} =", _linkage(variable), variable.unnamed_addr, _space(variable),
                  "externally_initialized" * variable.externally_initialized, "constant" if variable.is_constant else "global",
                  str(variable.value_type), initializer)
    properties = [*_section(variable), *variable.extras, _comdat(variable)]
    properties.append(f"align {variable.align}" if variable.align is not None else "")
    properties += [f"!{kind} {node}" for kind, node in variable.metadata.items()]
    text = ", ".join([text, *(p for p in properties if p)])
    return _words(text, groups.reference(variable.attributes))


def write_alias(alias: Alias) -> str:
    """The line of an alias."""
    untyped = isinstance(alias.aliasee, ConstantExpr)  # LLVM's grammar: no type in front of an expression here
    text = _words(f"{alias} =", _linkage(alias), alias.unnamed_addr, alias.word, f"{alias.value_type},",
                  "" if untyped else str(alias.aliasee.type), str(alias.aliasee))
    return ", ".join([text, *_section(alias), *(f"!{k} {m}" for k, m in alias.metadata.items())])


def write_function(function: Function, module: Module, groups: AttributeGroups) -> str:
    """A declaration, or a definition with its body."""
    if function.is_declaration:
        return _header(function, groups, "declare", None)
    if function.body_text is not None and function.is_verbatim:
        text = module.rename_in_text(function.body_text) if module.text_renamer() else function.body_text
        return f"{_header(function, groups, 'define', None)} {{{text}}}"
    writer = FunctionWriter(function, groups)
    return f"{_header(function, groups, 'define', writer)} {{\n{writer.body()}\n}}"


def _header(function: Function, groups: AttributeGroups, word: str, writer: FunctionWriter | None) -> str:
    metadata = " ".join(f"!{k} {m}" for k, m in function.metadata.items())
    parameters = [_parameter(a, writer) for a in function.arguments] + ["..."] * function.vararg
    line = _words(word, metadata if word == "declare" else "", _linkage(function), function.calling_convention,
                  *function.return_attributes, f"{function.return_type} {function}({', '.join(parameters)})")
    return _words(line, function.unnamed_addr, _space(function), groups.reference(function.attributes), *_section(function),
                  _comdat(function), f"align {function.align}" if function.align is not None else "",
                  f"gc {quoted(function.gc)}" if function.gc else "", _operand("prefix", function.prefix),
                  _operand("prologue", function.prologue), _operand("personality", function.personality),
                  metadata if word == "define" else "")


def _operand(word: str, value: Value | None) -> str:
    return f"{word} {value.type} {value}" if value is not None else ""


def _parameter(argument: Argument, writer: FunctionWriter | None) -> str:
    return _words(str(argument.type), *argument.attributes, writer.names[argument] if writer else _name(argument))


def _name(argument: Argument) -> str:
    return "" if argument.name is None else str(argument)
