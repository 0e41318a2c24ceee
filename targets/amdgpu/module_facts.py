"""What an AMD code object's module carries besides functions: triple, layout, flags, and the variables of the library.

The device library reads two variables that it cannot define itself, since linking hides what a library defines:
`__cw_device_services`, which the runtime shim finds by name and sets, and `__cw_timer_frequency`, a fact of the processor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.constants import ConstantInt, null
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import I32, PointerType

SERVICES = "__cw_device_services"
TIMER = "__cw_timer_frequency"
_SERVICE_USERS = ("__cw.printf", "__cw.assert", "__cw.trap", "__cw.malloc", "__cw.free")
_SURFACES = ("__cw.suld.", "__cw.sust.")  # those that trap outside a surface
_TIMER_USERS = ("__nvvm.read.ptx.sreg.globaltimer", "__nvvm.read.ptx.sreg.globaltimer.lo")
_DROPPED_FLAGS = ("nvvm-reflect-ftz", "nvvm-reflect-prec-sqrt", "amdhsa_code_object_version")


@dataclass(frozen=True)
class AmdModule(Pass):
    """Sets triple, layout and flags; defines the library's variables where they are used. `timer_hz`: ticks a second."""

    code_object_version: int
    timer_hz: int
    name: ClassVar[str] = "amd-module"
    requires: ClassVar[frozenset[str]] = frozenset({"named-operations", "named-services"})
    establishes: ClassVar[frozenset[str]] = frozenset({"target-module"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Change the module's head."""
        module.triple, module.datalayout = facts.triple, facts.datalayout
        self._flags(module)
        if any(_needs_services(name) for name in module.functions):
            services = module.add_global(SERVICES, PointerType(1), null(PointerType(1)), address_space=1, align=8)
            services.visibility, services.externally_initialized = "protected", True
        if any(name in module.functions for name in _TIMER_USERS):
            timer = module.add_global(TIMER, I32, ConstantInt(I32, self.timer_hz), address_space=4, is_constant=True, align=4)
            timer.visibility = "hidden"

    def _flags(self, module: Module) -> None:
        flags = module.named_metadata.setdefault("llvm.module.flags", [])
        kept = [f for f in flags if not any(f'!"{name}"' in module.metadata.get(f.number or 0, "") for name in _DROPPED_FLAGS)]
        kept.append(module.add_metadata(f'!{{i32 1, !"amdhsa_code_object_version", i32 {self.code_object_version}00}}'))
        module.named_metadata["llvm.module.flags"] = kept


def _needs_services(name: str) -> bool:
    return name in _SERVICE_USERS or (name.startswith(_SURFACES) and ".trap." in name)
