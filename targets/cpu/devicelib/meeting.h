// Barriers of blocks (`cw_cpu_meeting`). Blocks of a grid may run on several threads of the host.
#ifndef CROSSWARP_TARGETS_CPU_MEETING_H
#define CROSSWARP_TARGETS_CPU_MEETING_H

#include "state.h"

namespace crosswarp::cpu {

inline u32 phase_of(const cw_cpu_meeting& meeting) { return __atomic_load_n(&meeting.phase, __ATOMIC_ACQUIRE); }

// The barrier of the block's cluster; a block on its own has one in its schedule.
inline cw_cpu_meeting* cluster_meeting(Schedule* schedule) {
  return schedule->block->cluster ? &schedule->block->cluster->meeting : &schedule->own_cluster;
}

// One more block has arrived, or one has ended that no longer counts: `change` is added to the counts. The last one opens the
// barrier.
inline void count_block(cw_cpu_meeting& meeting, u64 change) {
  u64 old = __atomic_load_n(&meeting.counts, __ATOMIC_RELAXED), counts;
  bool last;
  do {
    counts = old + change;
    const u64 blocks = counts >> 32;
    last = blocks != 0 && blocks == (counts & ~u32{0});
    if (last) counts = blocks << 32;
  } while (!__atomic_compare_exchange_n(&meeting.counts, &old, counts, true, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED));
  if (last) __atomic_fetch_add(&meeting.phase, 1, __ATOMIC_RELEASE);
}
inline void arrive_at(cw_cpu_meeting& meeting) { count_block(meeting, 1); }
inline void leave(cw_cpu_meeting& meeting) { count_block(meeting, ~u64{0} << 32); }

}  // namespace crosswarp::cpu
#endif
