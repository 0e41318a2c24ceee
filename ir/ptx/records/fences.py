"""Fences. Source: PTX ISA 8.8, `membar`, `fence`, "Memory Consistency Model".

There is one kind of access to memory here: fences between proxies order it as fences do.
"""

from __future__ import annotations

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Use, forms
from crosswarp.ir.ptx.records.memory import SCOPE, SCOPES
from crosswarp.ir.types import VOID

_ORDERS = {"sc": "seq_cst", "acquire": "acquire", "release": "release"}
_LEVELS = {"cta": "cta", "gl": "gpu", "sys": "sys"}


def _fence(e: Emitter, t: Use) -> None:
    order = _ORDERS.get(t.pick(*_ORDERS), "acq_rel")
    e.effect(f"__cw.fence.{order}.{SCOPES[t.pick(*SCOPES) or 'sys']}", VOID)


def _membar(e: Emitter, t: Use) -> None:
    e.effect(f"__cw.fence.seq_cst.{_LEVELS[t.pick(*_LEVELS)]}", VOID)


FORMS = [
    *forms("fence(|.sc|.acq_rel)" + SCOPE, "b32", "=", _fence, effects=True, sm=70),
    *forms("fence(.acquire|.release)" + SCOPE, "b32", "=", _fence, effects=True, sm=90),
    *forms("fence.mbarrier_init.release.cluster", "b32", "=", _fence, effects=True, sm=90),
    *forms("fence[.proxy.async::generic](.acquire.sync_restrict::shared::cluster|.release.sync_restrict::shared::cta).cluster",
           "b32", "=", _fence, effects=True, sm=90),
    *forms("fence.proxy.alias", "b32", "=", _fence, effects=True, sm=70),
    *forms("fence.proxy.async(|.global|.shared::cta|.shared::cluster)", "b32", "=", _fence, effects=True, sm=90),
    *forms("membar(.cta|.gl|.sys)", "b32", "=", _membar, effects=True),
    *forms("membar.proxy.alias", "b32", "=", _fence, effects=True, sm=70),
]
