"""Warp operations in any control flow."""

import numpy as np
import pytest

from tests.targets.cpu.device_code import Loader

LANES = range(32)
FULL = 0xFFFFFFFF


def source(kind: str, lane: int, by: int, width: int) -> int:
    """Source lane of a shuffle by the CUDA Programming Guide; the lane itself when out of the segment."""
    first = lane // width * width
    other = {"up": lane - by, "down": lane + by, "xor": lane ^ by, "idx": first + by % width}[kind]
    inside = other >= first if kind == "up" else other < first + width
    return other if inside else lane


@pytest.mark.parametrize("width", [32, 16, 8, 2, 1])
@pytest.mark.parametrize("by", [0, 1, 3, 9, 31])
def test_shuffles(load: Loader, width: int, by: int) -> None:
    out = np.zeros(256, np.int32)
    load("warp").launch("shuffles", 1, 64, out, width, by)
    for t in range(64):
        warp, lane = t // 32 * 32, t % 32
        expected = [100 + warp + source(kind, lane, by, width) for kind in ("up", "down", "xor", "idx")]
        assert out[4 * t : 4 * t + 4].tolist() == expected


def test_float_shuffle_sum(load: Loader) -> None:
    data, out = np.arange(96, dtype=np.float32) / 4, np.zeros(3, np.float32)
    load("warp").launch("float_sum", 1, 96, data, out)
    assert out.tolist() == data.reshape(3, 32).sum(axis=1).tolist()


def test_halves_do_not_wait_for_each_other(load: Loader) -> None:
    out = np.zeros(64, np.int32)
    load("warp").launch("halves", 1, 64, out)
    for t in range(64):
        warp = t // 32 * 32
        expected = sum(warp + lane for lane in range(16)) if t % 32 < 16 else warp + 20 + 1000
        assert out[t] == expected


def test_lanes_meet_by_mask_and_not_by_place(load: Loader) -> None:
    out = np.zeros(32, np.int32)
    load("warp").launch("two_places", 1, 32, out)
    assert out.tolist() == [(t ^ 1) * (2 if (t ^ 1) % 3 == 0 else 5) for t in LANES]


@pytest.mark.parametrize("n", [1, 17, 32])
def test_exited_lanes_are_not_waited_for(load: Loader, n: int) -> None:
    out = np.zeros(32, np.uint32)
    load("warp").launch("exited_lanes", 1, 32, out, n)
    assert out.tolist() == [sum(1 << t for t in range(n) if t % 2)] * n + [0] * (32 - n)


@pytest.mark.parametrize("values", [[0] * 32, [5] * 32, [t % 3 for t in LANES], [0] * 31 + [1]])
def test_votes(load: Loader, values: list[int]) -> None:
    out = np.zeros(128, np.uint32)
    load("warp").launch("votes", 1, 32, np.array(values, np.int32), out)
    ballot = sum(1 << t for t in LANES if values[t])
    expected = [ballot, ballot != 0, ballot == FULL, ballot in (0, FULL)]
    assert (out.reshape(32, 4) == np.array(expected, np.uint32)).all()


@pytest.mark.parametrize("values", [[3] * 32, [t % 5 for t in LANES], list(LANES)])
def test_matches(load: Loader, values: list[int]) -> None:
    out = np.zeros(128, np.uint32)
    load("warp").launch("matches", 1, 32, np.array(values, np.int32), out)
    same = len(set(values)) == 1
    for t in LANES:
        mask = sum(1 << other for other in LANES if values[other] == values[t])
        assert out[4 * t : 4 * t + 4].tolist() == [mask, FULL if same else 0, int(same), mask]


def test_reductions(load: Loader) -> None:
    values = np.array([(t * 2654435761) % 2**32 for t in range(5, 37)], np.uint32)
    signed, out = values.view(np.int32), np.zeros(256, np.int32)
    load("warp").launch("reductions", 1, 32, signed, out)
    expected = [int(values.sum(dtype=np.uint32).view(np.int32)), signed.min(), signed.max(), values.min().view(np.int32),
                values.max().view(np.int32), np.bitwise_and.reduce(signed), np.bitwise_or.reduce(signed),
                np.bitwise_xor.reduce(signed)]  # fmt: skip
    assert (out.reshape(32, 8) == np.array(expected, np.int32)).all()


def test_sync_warp_orders_shared_memory(load: Loader) -> None:
    out = np.zeros(32, np.int32)
    load("warp").launch("sync_warp", 1, 32, out)
    assert out.tolist() == np.cumsum(np.arange(32)).tolist()


def test_active_mask_joins_lanes_at_one_place(load: Loader) -> None:
    out = np.zeros(64, np.uint32)
    load("warp").launch("active_masks", 1, 32, out)
    assert out[:32].tolist() == [FULL] * 32
    assert out[32:].tolist() == [0xAAAAAAAA if t % 2 else 0x55555555 for t in LANES]


def test_opportunistic_aggregation(load: Loader) -> None:
    counter, out = np.zeros(1, np.int32), np.zeros(64 * 5, np.int32)
    load("warp").launch("aggregate", 1, 64, counter, out, 5)
    expected = sum((t * 7 + i) % 3 != 0 for t in range(64) for i in range(5))
    assert counter[0] == expected and out.sum() == expected and out[:expected].all()


def test_waterfall_loop(load: Loader) -> None:
    keys, rounds = np.array([t * 5 % 4 for t in LANES], np.int32), np.zeros(32, np.int32)
    load("warp").launch("waterfall", 1, 32, keys, rounds)
    order = list(dict.fromkeys(keys.tolist()))
    assert rounds.tolist() == [order.index(key) + 1 for key in keys.tolist()]


def test_lane_registers(load: Loader) -> None:
    out = np.zeros(5 * 70, np.uint32)
    load("warp").launch("lane_registers", 1, (14, 5), out)
    for t in range(70):
        lane = t % 32
        expected = [lane, (1 << lane) - 1, FULL << lane & FULL, (FULL << lane & FULL) & ~(1 << lane), t // 32]
        assert out[5 * t : 5 * t + 5].tolist() == expected


@pytest.mark.parametrize("by", [0, 5, 31])
def test_shuffle_predicates(load: Loader, by: int) -> None:
    out = np.zeros(128, np.int32)
    load("shuffle_predicates.ll").launch("shuffle_predicates", 1, 32, out, by)
    for t in LANES:
        up, down = source("up", t, by, 32), source("down", t, by, 32)
        assert out[4 * t : 4 * t + 4].tolist() == [100 + up, int(t - by >= 0), 100 + down, int(t + by < 32)]


def test_shuffle_from_lanes_outside_the_mask(load: Loader) -> None:
    out = np.zeros(32, np.int32)
    load("warp").launch("odd_lanes", 1, 32, out)
    assert out.tolist() == [100 + t % 4 if t % 2 else 0 for t in LANES]


def test_volatile_shared_memory_keeps_warps_together(load: Loader) -> None:
    data, out = np.arange(64, dtype=np.int32) ** 2, np.zeros(1, np.int32)
    load("warp").launch("implicit_synchrony", 1, 64, data, out)
    assert out[0] == data.sum()


def test_scan_in_lockstep(load: Loader) -> None:
    out = np.zeros(32, np.int32)
    load("warp").launch("implicit_scan", 1, 32, out)
    assert out.tolist() == np.cumsum(np.arange(1, 33)).tolist()


def test_shared_memory_between_votes_keeps_warps_together(load: Loader) -> None:
    data, out = np.arange(32 * 5, dtype=np.int32) % 3, np.zeros(160, np.int32)
    load("warp").launch("compacted", 1, 32, data, out, 5)
    kept = data[data != 0]
    assert out[: kept.size].tolist() == kept.tolist()


def test_volatile_loads_come_after_the_warps_stores(load: Loader) -> None:
    data, out = np.arange(32, dtype=np.int32), np.zeros(32, np.int32)
    load("warp").launch("reversed", 1, 32, data, out)
    assert out.tolist() == data[::-1].tolist()
