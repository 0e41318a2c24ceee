"""The variables and functions of a module: names in PTX, objects in IR."""

from __future__ import annotations

from dataclasses import dataclass

from crosswarp.ir.attributes import TypeAttribute
from crosswarp.ir.constants import ConstantAggregate, ConstantBytes, ConstantExpr, null, undef
from crosswarp.ir.function import Function
from crosswarp.ir.globals import Alias, GlobalValue, GlobalVariable
from crosswarp.ir.module import Module
from crosswarp.ir.ptx.items import AliasText, FunctionText
from crosswarp.ir.ptx.module.initialisers import initial_value
from crosswarp.ir.ptx.module.properties import set_attributes
from crosswarp.ir.ptx.module.services import SERVICES, in_bits
from crosswarp.ir.ptx.module.shapes import OPAQUE, Shape, shape_of
from crosswarp.ir.ptx.scope import Entity, Variable
from crosswarp.ir.ptx.spaces import ADDRESS_SPACES
from crosswarp.ir.ptx.syntax import Declarator, Parameter, PtxError, Signature, Variables
from crosswarp.ir.types import I8, I32, PTR, VOID, ArrayType, FunctionType, StructType, Type
from crosswarp.ir.values import Value

_KERNEL = "ptx_kernel"
_USED, _ANNOTATIONS, _MANAGED = "llvm.compiler.used", "llvm.global.annotations", b"cw.managed\0"


@dataclass(frozen=True)
class Callee:
    """A function that has a name, as PTX declares it."""

    text: FunctionText
    function: Function


@dataclass(frozen=True)
class _Waiting:
    """A variable whose initialiser may name what is declared later."""

    variable: GlobalVariable
    declared: Variables
    declarator: Declarator
    shape: Shape


class Symbols:
    """Declares in `module`. `names` are what bodies can see, `callees` functions by their names."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.names: dict[str, Entity] = {}
        self.callees: dict[str, Callee] = {}
        self._waiting: list[_Waiting] = []
        self._managed: list[GlobalVariable] = []

    def variables(self, declared: Variables, function: str = "") -> dict[str, Variable]:
        """Variables of the module, or of a function: these are visible there only, and live as long as the others."""
        made: dict[str, Variable] = {}
        if declared.type in OPAQUE:
            return made  # whoever uses it hears that there is no such name
        for declarator in declared.declarators:
            shape = shape_of(declared, declarator)
            wanted = self.module.fresh_name(f"{function}.{declarator.name}") if function else declarator.name
            made[declarator.name] = Variable(self._variable(wanted, declared, declarator, shape), declared.space)
        if not function:
            self.names.update(made)
        return made

    def _variable(self, name: str, declared: Variables, declarator: Declarator, shape: Shape) -> GlobalVariable:
        if declared.space not in ("global", "const", "shared"):
            raise PtxError(f"a variable in .{declared.space} outside of functions")
        found = self.module.globals.get(name)
        if found is None:
            self._check_free(name)
            found = self.module.add_global(name, shape.type, address_space=ADDRESS_SPACES[declared.space], align=shape.align)
        elif not found.is_declaration or "extern" in declared.linkage:
            raise PtxError(f"a second '{name}'")
        if "extern" not in declared.linkage:
            self._define(found, declared, declarator, shape)
        return found

    def _define(self, variable: GlobalVariable, declared: Variables, declarator: Declarator, shape: Shape) -> None:
        if shape.count is None:
            raise PtxError(f"'{declarator.name}' without a size")
        variable.align, variable.value_type = shape.align, shape.type
        variable.is_constant = declared.space == "const"
        if declared.space == "shared":
            variable.linkage, variable.initializer = "internal", undef(shape.type)
            if declarator.initial is not None:
                raise PtxError(f"an initialiser of '{declarator.name}' in shared memory")
            return
        variable.linkage = "weak" if "weak" in declared.linkage else "common" if "common" in declared.linkage else ""
        variable.visibility = "" if declared.linkage else "hidden"  # from other modules; the host finds it all the same
        variable.externally_initialized = True
        variable.initializer = undef(shape.type)
        if declared.managed:
            self._managed.append(variable)
        self._waiting.append(_Waiting(variable, declared, declarator, shape))

    def initialise(self, problems: list[PtxError]) -> None:
        """Give all variables that wait for it what they hold at first."""
        for one in self._waiting:
            lanes = (one.declared.lanes,) if one.declared.lanes > 1 else ()
            try:
                value = initial_value(one.declarator.initial, one.shape, (*one.declarator.dimensions, *lanes), self._named)
                one.variable.initializer, one.variable.value_type = value, value.type
            except PtxError as error:
                problems.append(error.within(one.declared.at))
        self._waiting.clear()

    def _named(self, name: str) -> GlobalValue:
        found = self.names.get(name)
        if not isinstance(found, Variable) or not isinstance(found.pointer, GlobalValue):
            raise PtxError(f"the name '{name}'")
        if found.space == "shared":
            raise PtxError(f"the address of '{name}' in shared memory in an initialiser")
        return found.pointer

    def function(self, text: FunctionText) -> None:
        """Declare a function, or find what an earlier declaration made."""
        known = self.callees.get(text.name)
        if known is not None:
            if text.body is not None and known.text.body is not None:
                raise PtxError(f"a second '{text.name}'")
            if text.body is None:
                return
        elif text.name in self.names:
            raise PtxError(f"a second '{text.name}'")
        function = known.function if known else self._new_function(text)
        if known is not None and _passed(known.text.signature) != _passed(text.signature):
            raise PtxError(f"'{text.name}' with other parameters than where it was declared")
        if text.body is not None:
            function.linkage = _linkage(text)
        set_attributes(function, text)
        self.callees[text.name] = Callee(text, function)
        self.names[text.name] = Variable(function, "generic")

    def _new_function(self, text: FunctionText) -> Function:
        service = SERVICES.get(text.name) if text.body is None else None
        if service is not None and function_type(text.signature) is not in_bits(service):
            raise PtxError(f"'{text.name}' with other parameters than CUDA's")
        self._check_free(text.name)
        made = Function(text.name, service or function_type(text.signature))
        if text.kind == "entry":
            made.calling_convention = _KERNEL
        if service is None:
            for argument, parameter in zip(made.arguments, text.signature.parameters, strict=True):
                argument.attributes, argument.name = list(attributes_of(parameter)), parameter.declarator.name
        return self.module.add_function(made)

    def is_text_of(self, text: FunctionText) -> bool:
        """Whether this is what its name stands for: nothing was wrong with its declaration."""
        known = self.callees.get(text.name)
        return known is not None and known.text is text

    def alias(self, alias: AliasText) -> None:
        """Another name of a function."""
        aliasee = self.callees.get(alias.aliasee)
        if aliasee is None or aliasee.text.body is None:
            raise PtxError(f"an alias of '{alias.aliasee}', which is no function defined here")
        known = self.callees.get(alias.name)
        if known is not None and known.text.body is not None:
            raise PtxError(f"a second '{alias.name}'")
        self.callees[alias.name] = aliasee
        self.names[alias.name] = Variable(aliasee.function, "generic")
        if known is not None:
            self.module.remove(known.function)
        made = Alias(alias.name, aliasee.function.function_type, aliasee.function, PTR)
        self.module.aliases[alias.name] = made

    def keep_variables(self) -> None:
        """Variables stay, used or not: the host may look them up. Managed ones are marked as the front end marks them."""
        kept: list[Value] = [_generic(v) for v in self.module.globals.values() if v.externally_initialized]
        if kept:
            self._list(_USED, kept)
        if self._managed:
            mark = self.module.add_global(".managed", ArrayType(len(_MANAGED), I8), ConstantBytes(_MANAGED), linkage="private",
                                          is_constant=True)
            rows = [(_generic(v), mark, null(PTR), null(I32), null(PTR)) for v in self._managed]
            self._list(_ANNOTATIONS, [ConstantAggregate(StructType(tuple(p.type for p in row)), row) for row in rows])

    def _list(self, name: str, elements: list[Value]) -> None:
        made = self.module.add_global(name, ArrayType(len(elements), elements[0].type), linkage="appending")
        made.initializer, made.section = ConstantAggregate(made.value_type, elements), "llvm.metadata"

    def _check_free(self, name: str) -> None:
        if self.module.get(name) is not None:
            raise PtxError(f"a second '{name}'")


def _passed(signature: Signature) -> tuple[FunctionType, list[tuple[str, ...]]]:
    return function_type(signature), [attributes_of(p) for p in signature.parameters]


def _generic(variable: GlobalVariable) -> Value:
    return ConstantExpr("addrspacecast", PTR, (variable,))


def _linkage(text: FunctionText) -> str:
    if "weak" in text.linkage:
        return "weak_odr" if text.kind == "entry" else "weak"
    return "" if "visible" in text.linkage or text.kind == "entry" else "internal"


def parameter_type(parameter: Parameter) -> Type:
    """How the IR passes it: integers by value, all else in memory."""
    scalar = shape_of(parameter, parameter.declarator).scalar
    return PTR if scalar is None else scalar


def attributes_of(parameter: Parameter) -> tuple[str, ...]:
    """Of the argument in IR."""
    shape = shape_of(parameter, parameter.declarator)
    return () if shape.scalar is not None else (TypeAttribute("byval", shape.type), f"align {shape.align}")


def function_type(signature: Signature) -> FunctionType:
    """The type in IR of a function with this signature. Several results are one struct."""
    results = [shape_of(r, r.declarator).type for r in signature.results]
    result = VOID if not results else results[0] if len(results) == 1 else StructType(tuple(results))
    return FunctionType(result, tuple(map(parameter_type, signature.parameters)))
