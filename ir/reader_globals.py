"""Reads the lines of global variables, aliases and functions."""

from __future__ import annotations

from crosswarp.ir.attributes import FUNCTION_ATTRIBUTES
from crosswarp.ir.function import Function
from crosswarp.ir.globals import Alias, GlobalObject, GlobalValue, GlobalVariable
from crosswarp.ir.names import unspell, words
from crosswarp.ir.reader_function import FunctionReader
from crosswarp.ir.reader_values import CONSTANT_OPCODES, ReadContext
from crosswarp.ir.types import METADATA, PTR, VOID, FunctionType, PointerType
from crosswarp.ir.values import Argument

LINKAGES = words("private internal available_externally linkonce linkonce_odr weak weak_odr appending common extern_weak external")
_VISIBILITIES = words("default hidden protected")
_PREEMPTION = words("dso_local dso_preemptable")
_DLL = words("dllimport dllexport")
_UNNAMED = words("unnamed_addr local_unnamed_addr")
_FLAG_EXTRAS = words("no_sanitize_address no_sanitize_hwaddress sanitize_memtag sanitize_address_dyninit")


class HeaderReader(FunctionReader):
    """Reads the line of a global variable, alias or function."""

    __slots__ = ()

    def __init__(self, context: ReadContext, text: str, start: int, end: int) -> None:
        super().__init__(context, Function("", FunctionType(VOID, ())), text[start:end], text, start)

    def word(self, choices: frozenset[str]) -> str:
        """Read one of `choices`, "" when there is none."""
        return self.next() if self.tokens[self.pos] in choices else ""

    def common_prefix(self, value: GlobalValue) -> None:
        """Linkage, preemption, visibility, storage class."""
        value.linkage = self.word(LINKAGES)
        value.dso_local = self.word(_PREEMPTION)
        value.visibility = self.word(_VISIBILITIES)
        value.dll_storage = self.word(_DLL)

    def thread_local(self) -> str:
        """`thread_local`, `thread_local(model)` or ""."""
        if not self.accept("thread_local"):
            return ""
        return "thread_local" + (self.balanced() if self.tokens[self.pos] == "(" else "")

    def comdat(self, value: GlobalObject) -> None:
        """`comdat` or `comdat($name)`, its word read already."""
        value.comdat = value.name
        if self.accept("("):
            value.comdat = unspell(self.next()[1:])
            self.expect(")")

    def end(self) -> None:
        """Nothing may follow."""
        if self.tokens[self.pos]:
            raise self.fail(f"unexpected '{self.tokens[self.pos]}'")

    def attachment(self, value: GlobalValue) -> bool:
        """Read `!kind !node` if there is one."""
        token = self.tokens[self.pos]
        if token[:1] != "!":
            return False
        self.pos += 1
        value.metadata[token[1:]] = self.metadata_node()
        return True

    def group(self) -> list[str] | None:
        """Read `#n`."""
        token = self.tokens[self.pos]
        if token[:1] != "#":
            return None
        self.pos += 1
        found = self.context.module.attribute_groups.get(int(token[1:] or -1))
        if found is None:
            raise self.fail(f"undefined attribute group {token}", self.pos - 1)
        return list(found)

    def group_attribute(self) -> str:
        """Read an attribute inside a group: `nounwind`, `memory(none)`, `alignstack=8`."""
        word = self.next()
        if self.accept("="):
            return f"{word}={self.next()}"
        return word + self.balanced() if self.tokens[self.pos] == "(" else word


def read_variable(reader: HeaderReader, variable: GlobalVariable) -> None:
    """Read `@name = ... global T initializer, properties`."""
    reader.pos = 2
    reader.common_prefix(variable)
    variable.thread_local = reader.thread_local()
    variable.unnamed_addr = reader.word(_UNNAMED)
    variable.type = PointerType(reader.address_space())
    variable.externally_initialized = reader.accept("externally_initialized")
    kind = reader.next()
    if kind not in ("global", "constant"):
        raise reader.fail(f"expected 'global' or 'constant', found '{kind}'", reader.pos - 1)
    variable.is_constant = kind == "constant"
    variable.value_type = reader.type()
    if reader.tokens[reader.pos] not in ("", ",") and reader.tokens[reader.pos][0] != "#":
        variable.initializer = reader.value(variable.value_type)
    while reader.accept(","):
        if not reader.attachment(variable):
            _read_variable_property(reader, variable)
    variable.attributes = reader.group() or []
    reader.end()


def _read_variable_property(reader: HeaderReader, variable: GlobalVariable) -> None:
    word = reader.next()
    if word == "align":
        variable.align = reader.integer()
    elif word == "section":
        variable.section = reader.string()
    elif word == "partition":
        variable.partition = reader.string()
    elif word == "comdat":
        reader.comdat(variable)
    elif word == "code_model":
        variable.extras.append(f"code_model {reader.next()}")
    elif word in _FLAG_EXTRAS:
        variable.extras.append(word)
    else:
        raise reader.fail(f"unknown property '{word}' of a global variable", reader.pos - 1)


def read_alias(reader: HeaderReader, alias: Alias) -> None:
    """Read `@name = ... alias T, ptr @other`."""
    reader.pos = 2
    reader.common_prefix(alias)
    alias.thread_local = reader.thread_local()
    alias.unnamed_addr = reader.word(_UNNAMED)
    alias.word = reader.next()
    alias.value_type = reader.type()
    reader.expect(",")
    opcode = reader.tokens[reader.pos]
    alias.aliasee = reader.expression(PTR, opcode) if opcode in CONSTANT_OPCODES else reader.typed_value()
    if not isinstance(alias.aliasee.type, PointerType):
        raise reader.fail(f"{alias} is an alias of something of type {alias.aliasee.type}")
    alias.type = alias.aliasee.type
    while reader.accept(","):
        if not reader.attachment(alias):
            reader.expect("partition")
            alias.partition = reader.string()
    reader.end()


def read_function(reader: HeaderReader, function: Function) -> None:
    """Read the line of a `define` or `declare`."""
    reader.pos = 1
    while reader.attachment(function):
        pass
    reader.common_prefix(function)
    function.calling_convention = reader.calling_convention()
    function.return_attributes = reader.attributes()
    function.return_type = reader.type()
    reader.next()
    _read_parameters(reader, function)
    while reader.tokens[reader.pos] not in ("", "{"):
        _read_function_property(reader, function)
    reader.accept("{")
    reader.end()


def _read_parameters(reader: HeaderReader, function: Function) -> None:
    reader.expect("(")
    arguments: list[Argument] = []
    while not reader.accept(")"):
        if arguments:
            reader.expect(",")
        if reader.accept("..."):
            function.vararg = True
            continue
        type_ = reader.type()
        attributes = [] if type_ is METADATA else reader.attributes()
        token = reader.tokens[reader.pos]
        name = None
        if token[:1] == "%":
            number = sum(a.name is None for a in arguments)
            if token[1:].isdigit() and int(token[1:]) != number:
                raise reader.fail(f"expected %{number}, found {token}")
            reader.pos += 1
            name = None if token[1:].isdigit() else unspell(token[1:])
        arguments.append(Argument(type_, name, attributes, function))
    function._arguments = arguments


def _read_function_property(reader: HeaderReader, function: Function) -> None:
    if (group := reader.group()) is not None:
        function.attributes += group
        return
    if reader.attachment(function):
        return
    word = reader.tokens[reader.pos]
    if word == "addrspace":
        function.type = PointerType(reader.address_space())
    elif word == "align":
        reader.pos += 1
        function.align = reader.integer()
    elif word in FUNCTION_ATTRIBUTES or word[:1] == '"':
        function.attributes += reader.attributes(FUNCTION_ATTRIBUTES)
    elif word in _UNNAMED:
        function.unnamed_addr = reader.next()
    else:
        reader.pos += 1
        _read_rare_function_property(reader, function, word)


def _read_rare_function_property(reader: HeaderReader, function: Function, word: str) -> None:
    if word in ("section", "partition", "gc"):
        setattr(function, word, reader.string())
    elif word in ("prefix", "prologue", "personality"):
        setattr(function, word, reader.typed_value())
    elif word == "comdat":
        reader.comdat(function)
    else:
        raise reader.fail(f"unknown property '{word}' of a function", reader.pos - 1)
