"""Directives of functions, as the attributes that the front end gives for `__launch_bounds__` and `__cluster_dims__`."""

from __future__ import annotations

from crosswarp.ir.function import Function
from crosswarp.ir.ptx.items import FunctionText

_ATTRIBUTES = {"maxntid": "nvvm.maxntid", "reqntid": "nvvm.reqntid", "minnctapersm": "nvvm.minctasm", "maxnreg": "nvvm.maxnreg",
               "maxclusterrank": "nvvm.maxclusterrank", "reqnctapercluster": "nvvm.cluster_dim",
               "blocksareclusters": "nvvm.blocksareclusters"}  # fmt: skip
_KERNEL_ATTRIBUTES = ("convergent", "norecurse", "nounwind")


def set_attributes(function: Function, text: FunctionText) -> None:
    """All attributes of a function of PTX. A cluster has three dimensions, as in the front end's IR."""
    function.attributes = list(_KERNEL_ATTRIBUTES if text.kind == "entry" else ("convergent", "nounwind"))
    if "noreturn" in text.properties:
        function.attributes.append("noreturn")
    for word, values in text.properties.items():
        if word in _ATTRIBUTES:
            shown = (*values, 1, 1)[:3] if word == "reqnctapercluster" else values
            name = _ATTRIBUTES[word]
            function.attributes.append(f'"{name}"="{",".join(map(str, shown))}"' if shown else f'"{name}"')
