"""Instructions of PTX and their records."""

import sys
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, State
from crosswarp.cuda_api_coverage.catalogue.ptx import lookup_ptx, pattern_form
from crosswarp.ir.ptx.opcodes import INSTRUCTIONS
from crosswarp.ir.ptx.records import FORMS
from crosswarp.ir.ptx.spellings import spellings

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import ptx_records

EVERYWHERE_BUT_NVIDIA = (Device.CPU, Device.EMULATED, Device.AMD)


def test_each_form_has_a_record():
    for form in FORMS:
        mnemonic = next(iter(spellings(form)))
        entry = lookup_ptx(mnemonic)
        assert entry is not None and entry.state is State.IMPLEMENTED, mnemonic


def test_each_instruction_has_a_record():
    named = {pattern_form(entry.name).opcode for entry in catalogue().of("ptx")}
    assert INSTRUCTIONS - named == {"cctl", "fabric"}  # names that NVIDIA's documents do not explain


@pytest.mark.parametrize("mnemonic", [
    "wgmma.mma_async.sync.aligned.m64n128k16.f32.bf16.bf16", "tcgen05.mma.cta_group::1.kind::f16", "tex.2d.v4.f32.f32",
    "cp.async.bulk.tensor.2d.shared::cluster.global.tile.mbarrier::complete_tx::bytes.multicast::cluster", "sust.b.2d.v4.b32.trap",
    "cp.async.bulk.tensor.2d.shared::cluster.global.mbarrier::complete_tx::bytes", "multimem.red.add.v4.f32",
    "mma.sp::ordered_metadata.sync.aligned.kind::mxf4.block_scale.m16n8k128.row.col.f32.e2m1.e2m1.f32.ue8m0",
    "fence.proxy.tensormap::generic.acquire.gpu",
    "ldmatrix.sync.aligned.m16n16.x1.trans.shared.b8", "clusterlaunchcontrol.query_cancel.is_canceled.pred.b128"])
def test_what_has_no_form_is_refused_off_nvidia(mnemonic):
    entry = lookup_ptx(mnemonic)
    assert entry is not None and entry.refused_on == EVERYWHERE_BUT_NVIDIA


@pytest.mark.parametrize("mnemonic", ["add.u33", "add", "tcgen05.dance", "printf.f32"])
def test_what_is_not_ptx_has_no_record(mnemonic):
    assert lookup_ptx(mnemonic) is None


def test_refusals_are_recorded():
    assert "barrier.cta.red.popc" in lookup_ptx("barrier.red.popc.u32").difference
    assert lookup_ptx("atom.exch.b128").refused_on == (Device.EMULATED, Device.AMD)
    assert not lookup_ptx("add.u32").refused_on and not lookup_ptx("add.u32").difference
    assert "PTX modules" in lookup_ptx("call.uni").difference


@pytest.mark.parametrize(("mnemonic", "target", "said"), [
    ("add.u32", "cpu", ""), ("add.u32", "amd", ""), ("atom.exch.b128", "cpu", ""), ("atom.exch.b128", "amd", "i128"),
    ("bar.red.popc.u32", "cpu", ""), ("bar.red.popc.u32", "amd", "barrier.cta.red"), ("isspacep.param", "cpu", "kernel")])
def test_an_example_is_lowered(mnemonic, target, said):
    """The recorded refusals come from what the targets say."""
    lower, archs = ptx_records.TARGETS[target]
    found = [(n, form) for n, form in enumerate(FORMS) if form.use(mnemonic)]
    words = {word for n, form in found for word in ptx_records.refusals(form, n, lambda text: lower(text, archs[0])) if word}
    assert bool(words) == bool(said) and all(said in word for word in words)


@pytest.mark.slow
def test_refusals_are_those_of_the_targets():
    assert sorted(ptx_records.refused()) == [tuple(row) for row in ptx_records.rows(ptx_records.REFUSED)]
