"""The words for devices and statuses, and how counts are said, the same in every format."""

from __future__ import annotations

from crosswarp.cuda_api_coverage.catalogue.model import Device, Status

# From the worst on.
ORDER = (Status.ABSENT, Status.NOT_SUPPORTED, Status.UNTESTED, Status.DIFFERS, Status.WORKS)
WORDS = {
    Status.ABSENT: "missing",
    Status.NOT_SUPPORTED: "refused",
    Status.UNTESTED: "untested",
    Status.DIFFERS: "differs",
    Status.WORKS: "works",
}
DEVICES = {
    Device.CPU: "CPUs",
    Device.EMULATED: "emulated AMD GPUs",
    Device.AMD: "AMD GPUs",
    Device.NVIDIA: "NVIDIA GPUs",
}


def counted(count: int, what: str, plural: str = "") -> str:
    """`1 place`, `12 places`, `1,234 entries`."""
    return f"{count:,} {what if count == 1 else plural or what + 's'}"


def listed(names: list[str], most: int) -> str:
    """The first names, and how many more there are."""
    return ", ".join(names[:most]) + (f" and {len(names) - most:,} more" if len(names) > most else "")
