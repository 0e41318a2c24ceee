"""Launches: what waves start with, workgroups, barriers, memory of their own, faults. Kernels are hand-written assembly."""

from __future__ import annotations

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.launch import Fault, Module, Statistics

from tests.emulator.kernels import (
    MACHINE_NAMES,
    MACHINES,
    POINTER,
    WORD,
    barrier,
    group_id,
    image,
    is_rdna,
    kernel,
    layout,
    load_scalars,
    store,
    wait,
)

every_machine = pytest.mark.parametrize(("arch", "lanes"), MACHINES, ids=MACHINE_NAMES)
ALL_GROUP_IDS = {f"system_sgpr_workgroup_id_{axis}": 1 for axis in "xyz"}


def unpack_thread_ids(arch: str) -> str:
    """x, y, z in v10, v11, v12."""
    if arch == "gfx1030":
        return "v_mov_b32 v10, v0\nv_mov_b32 v11, v1\nv_mov_b32 v12, v2"
    return "v_and_b32 v10, 0x3ff, v0\nv_bfe_u32 v11, v0, 10, 10\nv_bfe_u32 v12, v0, 20, 10"


def scalar_group_ids(arch: str) -> str:
    """x, y, z in s20, s21, s22."""
    if arch.startswith("gfx12"):
        return "s_mov_b32 s20, ttmp9\ns_and_b32 s21, ttmp7, 0xffff\ns_lshr_b32 s22, ttmp7, 16"
    return "\n".join(f"s_mov_b32 s{20 + axis}, {group_id(arch, axis)}" for axis in range(3))


@every_machine
def test_ids_of_groups_and_threads(arch: str, lanes: int) -> None:
    """Each thread writes its six numbers; the grid is 3 x 2 x 2 blocks of 5 x 4 x 3 threads, with a last wave that is not full."""
    values = ["s20", "s21", "s22", "v10", "v11", "v12"]
    stores = "\n".join(
        f"v_mov_b32 v3, {value}\n{store(arch, 'v2', 'v3', 's[4:5]')} offset:{4 * n}" for n, value in enumerate(values)
    )
    body = f"""
        {scalar_group_ids(arch)}
        {load_scalars(arch, "s[4:5]", "s[0:1]")}
        {unpack_thread_ids(arch)}
        s_mul_i32 s23, s22, 2
        s_add_i32 s23, s23, s21
        s_mul_i32 s23, s23, 3
        s_add_i32 s23, s23, s20
        v_mul_u32_u24 v2, v12, 4
        v_add_{"nc_" if is_rdna(arch) else ""}u32 v2, v2, v11
        v_mul_u32_u24 v2, 5, v2
        v_add_{"nc_" if is_rdna(arch) else ""}u32 v2, v2, v10
        s_mul_i32 s23, s23, 60
        v_add_{"nc_" if is_rdna(arch) else ""}u32 v2, s23, v2
        v_mul_u32_u24 v2, 24, v2
        {stores}"""
    out = np.full((2, 2, 3, 3, 4, 5, 6), -1, np.int32)
    kernel(body, arch, lanes, system_vgpr_workitem_id=2, **ALL_GROUP_IDS).launch((3, 2, 2), (5, 4, 3), [out])
    gz, gy, gx, tz, ty, tx = np.indices(out.shape[:-1])
    np.testing.assert_array_equal(out, np.stack([gx, gy, gz, tx, ty, tz], -1))


@every_machine
def test_last_wave_of_a_block_is_partial(arch: str, lanes: int) -> None:
    """EXEC has the lanes that have a thread, and nothing else is written."""
    body = f"""
        {load_scalars(arch, "s[4:5]", "s[0:1]")}
        v_lshlrev_b32 v1, 3, v0
        v_mov_b32 v2, exec_lo
        v_mov_b32 v3, exec_hi
        {store(arch, "v1", "v2", "s[4:5]")}
        {store(arch, "v1", "v3", "s[4:5]")} offset:4"""
    block = 3 * lanes + 7
    out = np.zeros((4 * lanes, 2), np.uint32)
    kernel(body, arch, lanes).launch(1, block, [out])
    full = [0xFFFFFFFF, 0xFFFFFFFF if lanes == 64 else 0]
    assert (out[: 3 * lanes] == full).all()
    assert (out[3 * lanes : block] == [0x7F, 0]).all()
    assert (out[block:] == 0).all()


HIDDEN = [
    (4, "hidden_block_count_x"), (4, "hidden_block_count_y"), (4, "hidden_block_count_z"), (2, "hidden_group_size_x"),
    (2, "hidden_group_size_y"), (2, "hidden_group_size_z"), (2, "hidden_remainder_x"), (2, "hidden_remainder_y"),
    (2, "hidden_remainder_z"), (8, "hidden_global_offset_x"), (8, "hidden_global_offset_y"), (8, "hidden_global_offset_z"),
    (2, "hidden_grid_dims"), (8, "hidden_heap_v1"), (4, "hidden_dynamic_lds_size"), (4, "hidden_private_base"),
    (4, "hidden_shared_base"),
]  # fmt: skip


@every_machine
def test_explicit_and_hidden_arguments(arch: str, lanes: int) -> None:
    """The kernel copies its whole argument segment."""
    arguments = [POINTER, WORD, (2, "by_value"), *HIDDEN]
    words = (layout(arguments)[-1] + 4) // 4
    copies = "\n".join(
        f"{load_scalars(arch, 's6', 's[0:1]', 4 * n)}\nv_mov_b32 v1, s6\n{store(arch, 'v0', 'v1', 's[4:5]')} offset:{4 * n}"
        for n in range(words)
    )
    out = np.zeros(words, np.uint32)
    body = f"{load_scalars(arch, 's[4:5]', 's[0:1]')}\nv_mov_b32 v0, 0\n{copies}"
    code = kernel(body, arch, lanes, arguments, group_segment_fixed_size=64)
    code.launch((5, 6, 7), (4, 3, 2), [out, np.float32(1.5), np.int16(-3)], dynamic_lds=100, heap=0x123456789AB)
    explicit = [out.ctypes.data, int(np.float32(1.5).view(np.uint32)), 0xFFFD]
    hidden = [5, 6, 7, 4, 3, 2, 0, 0, 0, 0, 0, 0, 3, 0x123456789AB, 100, 0x20000, 0x10000]
    found = out.tobytes()
    values = [int.from_bytes(found[at : at + size], "little") for at, (size, _) in zip(layout(arguments), arguments, strict=True)]
    assert values == explicit + hidden
    assert code.arguments == [(0, 8), (8, 4), (12, 2)]
    assert code.explicit_bytes == 14


def test_an_argument_of_unknown_kind_is_refused() -> None:
    """Its value could not be right."""
    code = image("s_nop 0", "gfx1100", 32, [POINTER, (8, "hidden_heap_v1")]).replace(b"hidden_heap_v1", b"hidden_heap_v9")
    with pytest.raises(ValueError, match="unknown kind hidden_heap_v9"):
        Module(code).kernel("k").launch(1, 32, [np.zeros(1)])


@pytest.mark.parametrize("dimensions", [1, 2, 3])
def test_dispatch_packet_and_queue(dimensions: int) -> None:
    """Pointers to them in the documented order: packet, queue, arguments, dispatch id."""
    body = f"""
        {load_scalars("gfx1100", "s[12:15]", "s[0:1]")}
        {load_scalars("gfx1100", "s[16:19]", "s[0:1]", 16)}
        {load_scalars("gfx1100", "s[20:21]", "s[0:1]", 40)}
        {load_scalars("gfx1100", "s[22:23]", "s[2:3]", 64)}
        {load_scalars("gfx1100", "s[8:9]", "s[4:5]")}
        s_mov_b64 s[24:25], s[4:5]
        s_mov_b64 s[26:27], s[6:7]
        v_mov_b32 v0, 0
        """ + "\n".join(f"v_mov_b32 v1, s{12 + n}\nglobal_store_b32 v0, v1, s[8:9] offset:{4 * n}" for n in range(16))
    order = {"user_sgpr_dispatch_ptr": 1, "user_sgpr_queue_ptr": 1, "user_sgpr_dispatch_id": 1}
    out = np.zeros(16, np.uint32)
    grid, block = ((3, 4, 5)[:dimensions], (8, 2, 2)[:dimensions])
    kernel(body, "gfx1100", 32, **order).launch(grid, block, [out])
    wide = [block[n] if n < dimensions else 1 for n in range(3)]
    threads = [wide[n] * (grid[n] if n < dimensions else 1) for n in range(3)]
    assert list(out[:7]) == [2 | dimensions << 16, wide[0] | wide[1] << 16, wide[2], *threads, 0]
    assert int(out[8]) | int(out[9]) << 32 == int(out[12]) | int(out[13]) << 32  # kernarg address: the packet's and the register's
    assert list(out[10:12]) == [0x10000, 0x20000]  # apertures in the queue
    assert list(out[14:]) == [0, 0]


@pytest.mark.parametrize("arch", ["gfx90a", "gfx942"])
def test_arguments_in_scalar_registers(arch: str) -> None:
    """Preloaded arguments follow the other user registers; the workgroup's number follows them."""
    body = f"""
        v_lshlrev_b32 v0, 2, v0
        v_mov_b32 v1, s4
        v_mov_b32 v2, s5
        {store(arch, "v0", "v1", "s[2:3]")}
        {store(arch, "v0", "v2", "s[2:3]")} offset:1024
        v_mov_b32 v2, s6
        {store(arch, "v0", "v2", "s[2:3]")} offset:2048"""
    directives = {"user_sgpr_kernarg_preload_length": 4, "user_sgpr_kernarg_preload_offset": 0}
    code = kernel("s_branch behind\n.p2align 8\nbehind:\n" + body, arch, 64, [POINTER, WORD, WORD], **directives)
    out = np.zeros((3, 256), np.uint32)
    code.launch(1, 64, [out, np.int32(77), np.int32(-5)])
    assert (out[:, :64] == np.array([[77], [0xFFFFFFFB], [0]], np.uint32)).all()


@every_machine
def test_modes_come_from_the_descriptor(arch: str, lanes: int) -> None:
    """Rounding and denormals, as s_getreg sees them."""
    body = f"""
        {load_scalars(arch, "s[4:5]", "s[0:1]")}
        s_getreg_b32 s6, hwreg(HW_REG_MODE, 0, 8)
        v_mov_b32 v0, 0
        v_mov_b32 v1, s6
        {store(arch, "v0", "v1", "s[4:5]")}"""
    out = np.zeros(1, np.uint32)
    modes = {"float_round_mode_32": 1, "float_round_mode_16_64": 3, "float_denorm_mode_32": 2, "float_denorm_mode_16_64": 1}
    kernel(body, arch, lanes, **modes).launch(1, 1, [out])
    assert out[0] == 1 | 3 << 2 | 2 << 4 | 1 << 6


@every_machine
def test_barriers_order_the_waves_of_a_block(arch: str, lanes: int) -> None:
    """Every round each thread reads what its neighbour in the next wave wrote in the round before."""
    add = "v_add_nc_u32" if is_rdna(arch) else "v_add_u32"
    read, write = ("ds_load_b32", "ds_store_b32") if arch >= "gfx11" and is_rdna(arch) else ("ds_read_b32", "ds_write_b32")
    block = 4 * lanes
    body = f"""
        {load_scalars(arch, "s[4:5]", "s[0:1]")}
        v_lshlrev_b32 v1, 2, v0
        {add} v2, {lanes}, v0
        v_and_b32 v2, {block - 1}, v2
        v_lshlrev_b32 v2, 2, v2
        v_mov_b32 v3, v0
        s_mov_b32 s8, 5
        s_mov_b32 m0, -1
        again:
        {write} v1, v3
        {barrier(arch)}
        {read} v3, v2
        {barrier(arch)}
        {add} v3, 1, v3
        s_sub_u32 s8, s8, 1
        s_cmp_lg_u32 s8, 0
        s_cbranch_scc1 again
        {store(arch, "v1", "v3", "s[4:5]")}"""
    out = np.zeros((3, block), np.uint32)
    code = kernel(body, arch, lanes, group_segment_fixed_size=4 * block)
    code.launch(1, block, [out])
    threads = np.arange(block)
    np.testing.assert_array_equal(out[0], (threads + 5 * lanes) % block + 5)


def test_waves_that_have_ended_are_not_waited_for() -> None:
    """The first wave leaves before the barrier."""
    body = f"""
        {load_scalars("gfx1100", "s[4:5]", "s[0:1]")}
        v_cmp_gt_u32 vcc_lo, 32, v0
        s_cbranch_vccnz leave
        s_barrier
        v_lshlrev_b32 v1, 2, v0
        global_store_b32 v1, v0, s[4:5]
        leave:"""
    out = np.zeros(96, np.uint32)
    kernel(body, "gfx1100", 32).launch(1, 96, [out])
    np.testing.assert_array_equal(out, [*[0] * 32, *range(32, 96)])


def test_arriving_at_a_barrier_without_waiting() -> None:
    """gfx12: a wave that has signalled goes on; the first to signal learns it."""
    body = f"""
        {load_scalars("gfx1201", "s[4:5]", "s[0:1]")}
        s_barrier_signal_isfirst -1
        s_cselect_b32 s6, 1, 0
        s_barrier_wait -1
        v_lshlrev_b32 v1, 2, v0
        v_mov_b32 v2, s6
        global_store_b32 v1, v2, s[4:5]"""
    out = np.full(96, 9, np.uint32)
    kernel(body, "gfx1201", 32).launch(1, 96, [out])
    np.testing.assert_array_equal(out, [*[1] * 32, *[0] * 64])


def test_a_barrier_that_nobody_completes_is_a_fault() -> None:
    """gfx12: waiting without having signalled; a GPU would hang."""
    code = kernel("s_barrier_wait -1", "gfx1201", 32, [])
    with pytest.raises(Fault, match=r"s_barrier_wait at .*: a barrier that cannot be completed"):
        code.launch(2, 64)


def scratch_access(arch: str, what: str, register: str) -> str:
    """A store or load of byte 8 of each lane's scratch."""
    if arch in {"gfx90a", "gfx1030"}:
        return f"buffer_{what}_dword {register}, off, s[0:3], 0 offset:8"
    width = "dword" if arch == "gfx942" else "b32"
    return (
        f"scratch_store_{width} off, {register}, off offset:8"
        if what == "store"
        else f"scratch_load_{width} {register}, off, off offset:8"
    )


@every_machine
def test_every_lane_has_its_own_scratch(arch: str, lanes: int) -> None:
    """Written as scratch, read back as scratch and by a flat address."""
    by_buffer = arch in {"gfx90a", "gfx1030"}
    arguments = "s[4:5]" if by_buffer else "s[0:1]"
    new = arch >= "gfx11" and is_rdna(arch)
    body = f"""
        {load_scalars(arch, "s[8:9]", arguments)}
        {scratch_access(arch, "store", "v0")}
        s_mov_b64 s[10:11], src_private_base
        v_mov_b32 v4, 8
        v_mov_b32 v5, s11
        {scratch_access(arch, "load", "v2")}
        flat_load_{"b32" if new else "dword"} v3, v[4:5]
        {wait(arch)}
        v_lshlrev_b32 v1, 3, v0
        {store(arch, "v1", "v2", "s[8:9]")}
        {store(arch, "v1", "v3", "s[8:9]")} offset:4"""
    directives = {"private_segment_fixed_size": 16}
    if by_buffer:
        directives |= {"user_sgpr_private_segment_buffer": 1, "system_sgpr_private_segment_wavefront_offset": 1}
    elif is_rdna(arch) or arch == "gfx942":
        directives |= {"enable_private_segment": 1}
    out = np.zeros((200, 2), np.uint32)
    kernel(body, arch, lanes, **directives).launch(1, 200, [out])
    np.testing.assert_array_equal(out, np.stack([np.arange(200)] * 2, -1))


@pytest.mark.parametrize("arch", ["gfx90a", "gfx942"])
def test_accumulation_registers_are_others_than_vector_registers(arch: str) -> None:
    """With the accumulation registers right behind 8 vector registers."""
    body = f"""
        {load_scalars(arch, "s[4:5]", "s[0:1]")}
        v_mov_b32 v7, 7
        v_accvgpr_write_b32 a0, 5
        v_accvgpr_write_b32 a7, v0
        v_accvgpr_read_b32 v2, a0
        v_lshlrev_b32 v1, 2, v0
        global_store_dword v1, v7, s[4:5]
        global_store_dword v1, v2, s[4:5] offset:256
        global_store_dword v1, a7, s[4:5] offset:512"""
    out = np.zeros((3, 64), np.uint32)
    code = kernel(body, arch, 64, next_free_vgpr=16, accum_offset=8)
    code.launch(1, 64, [out])
    np.testing.assert_array_equal(out, [[7] * 64, [5] * 64, range(64)])


GRID_BARRIER = """
        s_mov_b32 s6, 0
        v_mov_b32 v2, 0
        v_mov_b32 v3, 1
        global_atomic_add_u32 v2, v3, s[4:5]
        spin:
        {pause}
        global_load_b32 v4, v2, s[4:5] glc
        s_waitcnt vmcnt(0)
        v_readfirstlane_b32 s7, v4
        s_cmp_lt_u32 s7, {blocks}
        s_cbranch_scc1 spin
        v_mov_b32 v1, s2
        v_lshlrev_b32 v1, 2, v1
        global_store_b32 v1, v4, s[4:5] offset:4"""


@pytest.mark.parametrize("pause", ["s_sleep 1", "s_nop 0"])
@pytest.mark.parametrize("cooperative", [False, True])
def test_blocks_wait_for_later_ones(pause: str, cooperative: bool) -> None:
    """Every block counts itself and spins until all have: they must be resident together, however few threads run them."""
    blocks = 40
    body = f"{load_scalars('gfx1100', 's[4:5]', 's[0:1]')}\n" + GRID_BARRIER.format(pause=pause, blocks=blocks)
    out = np.zeros(1 + blocks, np.uint32)
    kernel(body, "gfx1100", 32).launch(blocks, 1, [out], cooperative=cooperative)
    assert (out == blocks).all()


def test_waves_wait_for_later_waves_of_their_block() -> None:
    """The first wave spins on memory that the last one writes."""
    body = f"""
        {load_scalars("gfx1100", "s[4:5]", "s[0:1]")}
        v_mov_b32 v1, 0
        v_readfirstlane_b32 s8, v0
        s_cmp_lg_u32 s8, 0
        s_cbranch_scc1 write
        spin:
        global_load_b32 v4, v1, s[4:5] glc
        s_waitcnt vmcnt(0)
        v_readfirstlane_b32 s7, v4
        s_cmp_lg_u32 s7, 0
        s_cbranch_scc0 spin
        global_store_b32 v1, v4, s[4:5] offset:4
        s_endpgm
        write:
        global_store_b32 v1, v0, s[4:5]"""
    out = np.zeros(2, np.uint32)
    kernel(body, "gfx1100", 32).launch(1, 64, [out])
    assert out[0] == out[1] != 0


def test_statistics_count_instructions_by_class() -> None:
    """Of a straight line of code, for 3 blocks of 2 waves, and what their accesses touch."""
    body = """
        s_load_b64 s[4:5], s[0:1], 0x0
        v_lshlrev_b32 v1, 2, v0
        v_lshlrev_b32 v2, 7, v0
        s_waitcnt lgkmcnt(0)
        s_add_u32 s6, s2, 1
        ds_store_b32 v1, v0
        scratch_store_b32 off, v0, off
        global_load_b32 v3, v1, s[4:5]
        global_load_b32 v4, v2, s[4:5]
        s_waitcnt vmcnt(0)
        s_barrier
        s_branch next
        next:"""
    out = np.zeros(64 * 128 + 128, np.uint8)
    aligned = out[-out.ctypes.data % 128 :]
    code = kernel(body, "gfx1100", 32, group_segment_fixed_size=256, private_segment_fixed_size=4, enable_private_segment=1)
    counted = Statistics(at=code.counters())
    code.launch(3, 64, [aligned], statistics=counted)
    code.launch(3, 64, [aligned])
    each = {"valu": 2, "salu": 1, "smem": 1, "lds": 1, "scratch": 1, "vmem": 2, "sync": 3, "branch": 2}
    pieces = {"transactions_32": 4 + 32, "transactions_64": 2 + 32, "transactions_128": 1 + 32, "lds_bytes": 4 * 32}
    expected = {name: 6 * count for name, count in (each | pieces).items()}
    assert counted == Statistics(waves=6, instructions=6 * sum(each.values()), **expected)
    assert counted.at is not None
    ran = [code.instruction(dword)["record"] for dword in np.flatnonzero(counted.at)]
    assert [name for name in ran if name.startswith(("ds_", "scratch_", "global_"))] == [
        "ds_store_b32", "scratch_store_b32", "global_load_b32", "global_load_b32"
    ]  # fmt: skip
    assert set(counted.at) == {0, 6}


def test_statistics_count_each_instruction_of_a_loop() -> None:
    """By its place in the code: the body runs five times, what is around it once."""
    body = """
        s_mov_b32 s4, 5
        again:
        v_mov_b32 v1, 0
        s_sub_u32 s4, s4, 1
        s_cmp_lg_u32 s4, 0
        s_cbranch_scc1 again"""
    code = kernel(body, "gfx1100", 32)
    counted = Statistics(at=code.counters())
    code.launch(1, 32, [np.zeros(1, np.uint32)], statistics=counted)
    assert counted.at is not None
    assert [int(n) for n in counted.at[counted.at != 0]] == [1, 5, 5, 5, 5, 1]
    with pytest.raises(IndexError):
        code.instruction(len(counted.at))


def test_a_fault_names_its_place() -> None:
    """A store to an address that is not there; the next launch is fine."""
    body = f"""
        {load_scalars("gfx1100", "s[4:5]", "s[0:1]")}
        s_cmp_lg_u32 s2, 5
        s_cbranch_scc1 fine
        s_mov_b64 s[4:5], 64
        fine:
        v_mov_b32 v1, 0
        global_store_b32 v1, v1, s[4:5]"""
    out = np.ones(1, np.uint32)
    code = kernel(body, "gfx1100", 32)
    with pytest.raises(Fault, match=r"kernel k, block \(5,0,0\), .*global_store_b32 at k\+0x1c.*\(0x40\)") as caught:
        code.launch(8, 32, [out])
    assert caught.value.address == 64
    assert caught.value.block == (5, 0, 0)
    code.launch(5, 32, [out])
    assert out[0] == 0


@pytest.mark.parametrize(("arch", "lanes"), [("gfx1100", 32), ("gfx90a", 64)])
@pytest.mark.parametrize("address", [16, 1 << 62])
def test_a_fault_names_its_thread(arch: str, lanes: int, address: int) -> None:
    """The one whose address is bad, also where the host's processor does not tell the address."""
    body = f"""
        {load_scalars(arch, "s[4:7]", "s[0:1]")}
        v_mov_b32 v2, s4
        v_mov_b32 v3, s5
        v_mov_b32 v4, s6
        v_mov_b32 v5, s7
        s_mov_b32 vcc_hi, 0
        v_cmp_eq_u32 vcc{"_lo" if lanes == 32 else ""}, 75, v0
        v_cndmask_b32 v2, v2, v4, vcc{"_lo" if lanes == 32 else ""}
        v_cndmask_b32 v3, v3, v5, vcc{"_lo" if lanes == 32 else ""}
        flat_load_{"b32" if arch == "gfx1100" else "dword"} v6, v[2:3]"""
    code = kernel(body, arch, lanes, [POINTER, (8, "by_value")])
    with pytest.raises(Fault, match=r"block \([01],0,0\), thread \(75,0,0\)") as caught:
        code.launch(2, 100, [np.zeros(1), np.uint64(address)])
    assert caught.value.thread == (75, 0, 0)


def test_code_that_is_no_instruction_is_a_fault() -> None:
    """It is never passed over."""
    code = kernel(".long 0xffffffff", "gfx1100", 32, [])
    with pytest.raises(Fault, match=r"k\+0x0"):
        code.launch(1, 32)


@pytest.mark.parametrize(
    ("grid", "block", "extra", "message"),
    [
        (0, 32, {}, "nothing"),
        (1, 1025, {}, "1024 threads"),
        (1, (32, 32, 2), {}, "2048 threads"),
        (1, 32, {"dynamic_lds": 65537}, "65536 bytes of shared memory"),
        ((1, 65536), 32, {}, "65535 blocks"),
        (1 << 31, 2, {}, "threads along one axis"),
    ],
)
def test_launches_that_cannot_be(grid: int, block: int, extra: dict[str, int], message: str) -> None:
    """Refused with the reason."""
    code = kernel("s_nop 0", "gfx1201", 32, [])
    with pytest.raises(ValueError, match=message):
        code.launch(grid, block, **extra)


def test_arguments_must_fit() -> None:
    """Number and sizes are the code object's."""
    code = kernel("s_nop 0", "gfx1100", 32, [POINTER, WORD])
    with pytest.raises(ValueError, match="takes 2 arguments, not 1"):
        code.launch(1, 32, [np.zeros(1)])
    with pytest.raises(ValueError, match="8 bytes for an argument of 4"):
        code.launch(1, 32, [np.zeros(1), np.float64(1)])
    with pytest.raises(ValueError, match="8 bytes of arguments; k takes 12"):
        code.launch(1, 32, bytes(8))
