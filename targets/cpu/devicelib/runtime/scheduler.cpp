// Runs a block whose threads can suspend: right for any barrier or warp operation in any control flow.
//
// A thread that cannot go on writes the reason to `Warp::event` and suspends. The scheduler resumes the runnable lanes of one
// warp after the other, then looks at what they wait for:
//   warp operation  complete when all lanes of the mask that have not exited wait at the same operation with the same mask;
//                   lanes with different masks never wait for each other, so both arms of a branch may shuffle
//   barrier         complete when as many threads wait as have not exited (or as `bar.sync id, n` says); counted per barrier,
//                   wherever in the code the threads wait
//   meeting         the barrier of the cluster or the grid: when its phase has changed
//   convergence     (__activemask) when no other lane of the warp can go on; the lanes at the same place form the mask
//   yield           a spinning thread; it runs again after every other warp had a turn
// When nothing can run, or threads do nothing but yield, other blocks must have a turn: the block goes back to the shim, unless no
// thread waits for another block. Then it is deadlocked.
#include "../entry.h"
#include "../meeting.h"
#include "fiber.h"
#include "lanes.h"
#include "warp_operations.h"

namespace crosswarp::cpu {
namespace {

constexpr u32 kSweepsPerTurn = 256;  // bounds a turn, so that a warp that spins through warp operations cannot starve others

inline u32 known_lanes(const Warp& warp, u32 mask, u32 lane) { return (mask & warp.live) | 1u << lane; }

// Lanes that wait at the operation of `lane` with a mask that names the same live lanes.
inline u32 lanes_waiting_alike(const Warp& warp, u32 waiting, u32 lane) {
  const u32 members = known_lanes(warp, warp.mask[lane], lane);
  const auto same_mask = (words(warp.mask) & warp.live) == (members & warp.live);
  const auto same_operation = words(warp.operation) >> kOperationShift == warp.operation[lane] >> kOperationShift;
  return lane_set(same_mask & same_operation) & waiting;
}

void complete_warp_operations(Warp& warp) {
  for (u32 waiting = lanes_at(warp, kAtWarpOperation); waiting;) {
    const u32 lane = static_cast<u32>(__builtin_ctz(waiting));
    const u32 alike = lanes_waiting_alike(warp, waiting, lane);
    const u32 members = known_lanes(warp, warp.mask[lane], lane);
    if ((alike & members) == members) {
      complete_operation(warp, members, static_cast<Operation>(warp.operation[lane] >> kOperationShift));
      warp.runnable |= members;
    }
    waiting &= ~(alike | 1u << lane);
  }
}

// Lanes at the same place (`argument`) form one active mask.
void complete_convergence(Warp& warp) {
  for (u32 waiting = lanes_at(warp, kAtConvergence); waiting;) {
    const u32 place = warp.argument[__builtin_ctz(waiting)];
    const u32 together = lane_set(words(warp.argument) == place) & waiting;
    for_each_lane(together, [&](u32 lane) { warp.result[lane] = together; });
    warp.runnable |= together;
    waiting &= ~together;
  }
}

void note_arrivals(Schedule& schedule, const Warp& warp, u32 arrived) {
  while (arrived) {
    const u32 event = warp.event[__builtin_ctz(arrived)];
    const u32 together = lane_set(bytes(warp.event) == static_cast<u8>(event)) & arrived;
    schedule.barrier[event - kAtBarrier].arrived += static_cast<u32>(__builtin_popcount(together));
    arrived &= ~together;
  }
}

void resume_lanes(Schedule& schedule, Warp& warp, u32 lanes) {
  u8* const frames = warp.frames;
  const u64 stride = schedule.stride;
  if (!schedule.start) {
    for_each_lane(lanes, [&](u32 lane) { resume_fiber(schedule, frames + lane * stride); });
  } else if (!warp.started) {
    warp.started = 1;
    for_each_lane(lanes, [&](u32 lane) { schedule.start(&warp.threads[lane], frames + lane * stride); });
  } else if (lanes == ~0u) {
    u8* frame = frames;
    for (u32 lane = 0; lane < kWarpSize; ++lane, frame += stride) __builtin_coro_resume(frame);
  } else {
    for_each_lane(lanes, [&](u32 lane) { __builtin_coro_resume(frames + lane * stride); });
  }
}

// One turn of a warp: until no lane can go on without another warp. True when a lane has yielded.
bool run_warp(Schedule& schedule, Warp& warp) {
  u32 yielded = 0;
  for (u32 sweep = 0; sweep < kSweepsPerTurn; ++sweep) {
    const u32 lanes = warp.runnable;
    warp.runnable = 0;
    resume_lanes(schedule, warp, lanes);
    const u32 at_barriers = lanes_at_barriers(warp) & lanes;
    note_arrivals(schedule, warp, at_barriers);
    if (at_barriers == warp.live) break;
    const u32 exited = lanes_at(warp, kExited) & lanes;
    warp.live &= ~exited;
    schedule.live -= static_cast<u32>(__builtin_popcount(exited));
    yielded |= lanes_at(warp, kYielded) & lanes;
    complete_warp_operations(warp);
    if (!warp.runnable) complete_convergence(warp);
    if (!warp.runnable) break;
  }
  warp.runnable |= yielded;
  return yielded != 0;
}

inline u32 lanes_at_barrier(const Warp& warp, u32 id) {
  return lane_set(bytes(warp.event) == static_cast<u8>(kAtBarrier + id)) & ~warp.runnable;
}

struct Votes {
  u32 count, threads;
};

Votes count_votes(const Schedule& schedule, u32 id) {
  Votes votes = {0, 0};
  for (u32 w = 0; w < schedule.warps; ++w) {
    const Warp& warp = schedule.warp[w];
    const u32 lanes = lanes_at_barrier(warp, id);
    votes.threads += static_cast<u32>(__builtin_popcount(lanes));
    votes.count += static_cast<u32>(__builtin_popcount(lane_set(words(warp.value) != 0) & lanes));
  }
  return votes;
}

u32 reduction_result(u32 reduction, Votes votes) {
  switch (reduction) {
    case kCount:
      return votes.count;
    case kAnd:
      return votes.count == votes.threads;
    default:
      return votes.count != 0;
  }
}

void release_barrier(Schedule& schedule, u32 id) {
  Barrier& barrier = schedule.barrier[id];
  const Votes votes = barrier.reduces ? count_votes(schedule, id) : Votes{0, 0};
  for (u32 w = 0; w < schedule.warps; ++w) {
    Warp& warp = schedule.warp[w];
    const u32 lanes = lanes_at_barrier(warp, id);
    if (barrier.reduces) {
      for_each_lane(lanes, [&](u32 lane) { warp.result[lane] = reduction_result(warp.argument[lane], votes); });
    }
    warp.runnable |= lanes;
  }
  barrier = Barrier{0, 0, 0};
}

bool release_barriers(Schedule& schedule) {
  bool released = false;
  for (u32 id = 0; id < kBarriers; ++id) {
    const Barrier& barrier = schedule.barrier[id];
    if (!barrier.arrived || barrier.arrived < (barrier.expected ? barrier.expected : schedule.live)) continue;
    release_barrier(schedule, id);
    released = true;
  }
  return released;
}

bool release_lanes(Schedule& schedule, Event event) {
  u32 released = 0;
  for (u32 w = 0; w < schedule.warps; ++w) {
    const u32 lanes = lanes_at(schedule.warp[w], event);
    schedule.warp[w].runnable |= lanes;
    released |= lanes;
  }
  return released != 0;
}

// Tells the other blocks when all threads of this one have come; lets threads go on when a phase has ended.
bool pass_meeting(Schedule& schedule, cw_cpu_meeting* meeting, u32& arrived, u32& seen, Event event) {
  if (!meeting) return false;
  if (arrived && arrived >= schedule.live) {
    arrived = 0;
    arrive_at(*meeting);
  }
  const u32 phase = phase_of(*meeting);
  if (phase == seen) return false;
  seen = phase;
  return release_lanes(schedule, event);
}

bool pass_meetings(Schedule& schedule) {
  cw_cpu_meeting* const grid = schedule.launch->meeting;
  const bool passed =
      pass_meeting(schedule, cluster_meeting(&schedule), schedule.at_cluster, schedule.cluster_phase, kAtClusterBarrier);
  return pass_meeting(schedule, grid, schedule.at_grid, schedule.grid_phase, kAtGridBarrier) || passed;
}

bool waits_for_other_blocks(const Schedule& schedule) {
  for (u32 w = 0; w < schedule.warps; ++w) {
    if (lanes_at(schedule.warp[w], kAtGridBarrier) | lanes_at(schedule.warp[w], kAtClusterBarrier)) return true;
  }
  return false;
}

struct Turns {
  bool any, only_yields;
};

Turns run_turns(Schedule& schedule) {
  Turns turns = {false, true};
  for (u32 w = 0; w < schedule.warps; ++w) {
    if (!schedule.warp[w].runnable) continue;
    turns.only_yields &= run_warp(schedule, schedule.warp[w]);
    turns.any = true;
  }
  return turns;
}

// Fruitless rounds until other blocks get a turn: many at first, because what a block waits for mostly comes from one that runs.
constexpr u32 kFirstPatience = 1024;
constexpr u32 kPatience = 16;

int32_t end_block(Schedule& schedule) {
  if (schedule.block->cluster) leave(schedule.block->cluster->meeting);
  if (schedule.launch->meeting) leave(*schedule.launch->meeting);
  return CW_CPU_DONE;
}

int32_t run(Schedule& schedule, u32 patience) {
  int32_t waiting = CW_CPU_IDLE;
  u32 fruitless = 0;
  for (;;) {
    const Turns turns = run_turns(schedule);
    if (!schedule.live) return end_block(schedule);
    if (turns.any) waiting = CW_CPU_SUSPENDED;
    const bool passed = pass_meetings(schedule);
    const bool released = release_barriers(schedule) || passed;
    if (released || (turns.any && !turns.only_yields)) {
      fruitless = 0;
    } else if (!turns.any) {
      return waits_for_other_blocks(schedule) ? waiting : CW_CPU_DEADLOCK;
    } else if (++fruitless == patience) {
      return CW_CPU_SUSPENDED;
    }
  }
}

// ---- Arena: Schedule, warps, threads, frames, memory of warps ----

constexpr u64 round_up(u64 bytes, u64 unit) { return (bytes + unit - 1) / unit * unit; }

// An odd number of cache lines, so that the frames of neighbours do not fall into the same cache sets.
constexpr u64 frame_stride(u64 frame_bytes) { return (round_up(frame_bytes, 64) / 64 | 1) * 64; }

struct Layout {
  u32 threads, warps;
  u64 warp, thread, frame, stride, memory, memory_stride, end;
};

Layout layout_arena(const cw_cpu_launch* launch, u64 frame_bytes, u64 warp_bytes) {
  Layout layout;
  layout.threads = launch->block[0] * launch->block[1] * launch->block[2];
  layout.warps = (layout.threads + kWarpSize - 1) / kWarpSize;
  layout.stride = frame_stride(frame_bytes);
  layout.warp = round_up(sizeof(Schedule), 64);
  layout.thread = layout.warp + layout.warps * sizeof(Warp);
  layout.frame = round_up(layout.thread + layout.threads * sizeof(Thread), 64);
  layout.memory = layout.frame + layout.threads * layout.stride;
  layout.memory_stride = warp_bytes ? frame_stride(warp_bytes) : 0;
  layout.end = layout.memory + layout.warps * layout.memory_stride;
  return layout;
}

constexpr u64 kMagic = 0x6372'6f73'7377'6172;

// Whether the threads of this arena are set up for such a launch; if not, the arena is claimed for it.
bool claim_arena(Schedule& schedule, const cw_cpu_launch* launch, const Layout& layout) {
  ArenaKey& key = schedule.key;
  const u32* ntid = launch->block;
  const bool same = key.magic == kMagic && key.arena == &schedule && key.stride == layout.stride && key.ntid[0] == ntid[0] &&
                    key.ntid[1] == ntid[1] && key.ntid[2] == ntid[2];
  key = {kMagic, &schedule, layout.stride, {ntid[0], ntid[1], ntid[2]}};
  return same;
}

void begin_threads(Schedule& schedule, const cw_cpu_launch* launch, Thread* thread) {
  u32 linear = 0;
  for (u32 z = 0; z < launch->block[2]; ++z) {
    for (u32 y = 0; y < launch->block[1]; ++y) {
      for (u32 x = 0; x < launch->block[0]; ++x, ++linear, ++thread) {
        begin_thread(thread, &schedule, x, y, z);
        thread->event = &schedule.warp[linear / kWarpSize].event[linear % kWarpSize];
      }
    }
  }
}

void begin_warp(Warp& warp, Thread* threads, u8* frames, u32 lanes) {
  warp.live = warp.runnable = lanes == kWarpSize ? ~0u : (1u << lanes) - 1;
  warp.started = warp.phases = 0;
  warp.threads = threads;
  warp.frames = frames;
  for (u8& event : warp.event) event = kRunning;
}

Schedule& begin_schedule(const cw_cpu_launch* launch, cw_cpu_block* block, u64 frame_bytes, u64 static_shared, u64 warp_bytes) {
  const Layout layout = layout_arena(launch, frame_bytes, warp_bytes);
  u8* arena = static_cast<u8*>(block->arena);
  Schedule& schedule = *reinterpret_cast<Schedule*>(arena);
  begin_block(&schedule, launch, block, static_shared);
  schedule.threads = schedule.live = layout.threads;
  schedule.warps = layout.warps;
  schedule.stride = layout.stride;
  schedule.warp = reinterpret_cast<Warp*>(arena + layout.warp);
  for (Barrier& barrier : schedule.barrier) barrier = Barrier{0, 0, 0};
  schedule.at_grid = schedule.at_cluster = schedule.grid_phase = schedule.cluster_phase = 0;
  schedule.own_cluster = cw_cpu_meeting{u64{1} << 32, 0, 0};
  Thread* threads = reinterpret_cast<Thread*>(arena + layout.thread);
  schedule.frames = arena + layout.frame;
  schedule.frames_end = arena + layout.memory;
  for (u32 w = 0; w < layout.warps; ++w) {
    const u32 first = w * kWarpSize, lanes = layout.threads - first < kWarpSize ? layout.threads - first : kWarpSize;
    begin_warp(schedule.warp[w], threads + first, arena + layout.frame + first * layout.stride, lanes);
    schedule.warp[w].memory = arena + layout.memory + w * layout.memory_stride;
  }
  if (!claim_arena(schedule, launch, layout)) begin_threads(schedule, launch, threads);
  return schedule;
}

// Goes on where the block was suspended. The shim may have moved what the block does not own.
int32_t run_again(const cw_cpu_launch* launch, cw_cpu_block* block, u64 static_shared) {
  Schedule& schedule = *static_cast<Schedule*>(block->arena);
  schedule.launch = launch;
  schedule.block = block;
  schedule.shared = static_cast<u8*>(block->shared);
  schedule.dynamic_shared = schedule.shared + static_shared;
  pass_meetings(schedule);
  return run(schedule, kPatience);
}

}  // namespace

extern "C" {

u64 arena_bytes(const cw_cpu_launch* launch, u64 frame_bytes, u64 warp_bytes) {
  return layout_arena(launch, frame_bytes, warp_bytes).end;
}

u64 fiber_arena_bytes(const cw_cpu_launch* launch, u64 warp_bytes) {
  return layout_arena(launch, kFiberStackBytes, warp_bytes).end;
}

int32_t run_coroutines(const cw_cpu_launch* launch, cw_cpu_block* block, void* (*start)(Thread*, void*), u64 frame_bytes,
                       u64 static_shared, u64 warp_bytes) {
  if (block->resumed) return run_again(launch, block, static_shared);
  Schedule& schedule = begin_schedule(launch, block, frame_bytes, static_shared, warp_bytes);
  schedule.start = start;
  return run(schedule, kFirstPatience);
}

int32_t run_fibers(const cw_cpu_launch* launch, cw_cpu_block* block, void (*body)(Thread*), u64 static_shared, u64 warp_bytes) {
  if (block->resumed) return run_again(launch, block, static_shared);
  Schedule& schedule = begin_schedule(launch, block, kFiberStackBytes, static_shared, warp_bytes);
  schedule.start = nullptr;
  schedule.body = body;
  for (u32 thread = 0; thread < schedule.threads; ++thread) {
    prepare_fiber(schedule.warp->threads[thread], schedule.warp->frames + thread * schedule.stride);
  }
  return run(schedule, kFirstPatience);
}
}

}  // namespace crosswarp::cpu
