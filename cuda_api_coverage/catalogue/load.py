"""The whole catalogue, with what tests prove: read once, in a fraction of a second."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind, Proof, Status, status
from crosswarp.cuda_api_coverage.catalogue.tables import read_entries, read_proofs, rows

HERE = Path(__file__).parent
RECORDS, USAGE, PROOFS = HERE / "records", HERE / "usage.tsv", HERE.parent / "evidence" / "proofs"
FORMS = HERE / "forms.tsv"
# In the order in which people ask for them; a family is a file of `records/`.
FAMILIES = {
    "runtime": "CUDA runtime API",
    "driver": "CUDA driver API",
    "nvrtc": "NVRTC",
    "runtime_types": "types, enumerators and macros of the runtime API",
    "driver_types": "types, enumerators and macros of the driver API",
    "templates": "C++ API of the runtime",
    "device_functions": "device and math functions",
    "cooperative_groups": "cooperative groups",
    "language": "language features",
    "options": "nvcc options",
    "ptx": "PTX instructions",
    "headers": "headers",
    "libraries": "libraries to link",
    "cub": "CUB",
    "thrust": "Thrust",
    "libcudacxx": "libcu++",
    "curand_device": "cuRAND, device API",
    "cublas": "cuBLAS",
    "cublaslt": "cuBLASLt",
    "cufft": "cuFFT",
    "curand": "cuRAND, host API",
    "cusparse": "cuSPARSE",
    "cusolver": "cuSOLVER",
    "nccl": "NCCL",
    "cudnn": "cuDNN",
    "npp": "NPP",
    "nvml": "NVML",
}


@dataclass(frozen=True)
class Catalogue:
    """Every record, and the proofs for each."""

    entries: tuple[Entry, ...]
    proofs: dict[tuple[str, str], tuple[Proof, ...]]
    usage: dict[str, int]
    """Name to how many of 772 public CUDA programs write it."""
    forms: dict[str, str] = field(default_factory=dict)
    """Other versions and per-thread forms of functions: `cuMemAlloc_v2` to `cuMemAlloc`, which has the record."""

    def status(self, entry: Entry, device: Device) -> Status:
        """What a user may count on."""
        return status(entry, device, self.proofs.get(entry.key, ()))

    @cached_property
    def by_name(self) -> dict[str, tuple[Entry, ...]]:
        """Every record of a name: `min` is a device function and a function of libcu++."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            found[entry.name].append(entry)
        return {name: tuple(entries) for name, entries in found.items()}

    def of(self, family: str, *kinds: Kind) -> Iterator[Entry]:
        """The records of a family, of any kind or of those."""
        return (entry for entry in self.entries if entry.family == family and (not kinds or entry.kind in kinds))


@lru_cache
def catalogue() -> Catalogue:
    """The catalogue of this version of Crosswarp."""
    entries = [entry for family in FAMILIES if (path := RECORDS / f"{family}.tsv").exists() for entry in read_entries(path)]
    proofs: dict[tuple[str, str], list[Proof]] = defaultdict(list)
    for path in sorted(PROOFS.glob("*.tsv")):
        for key, proof in read_proofs(path):
            proofs[key].append(proof)
    usage = {name: int(count) for name, count in rows(USAGE)} if USAGE.exists() else {}
    forms = {form: name for form, name in rows(FORMS)}
    return Catalogue(tuple(entries), {key: tuple(found) for key, found in proofs.items()}, usage, forms)
