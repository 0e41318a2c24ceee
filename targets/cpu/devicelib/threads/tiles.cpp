// Meetings of a warp whose first lane then works with the registers of all (runtime/tiles/).
#include "thread.h"

#define CW_TILE_SERVICE(label) __asm__("__cwcpu.tile." label) __attribute__((always_inline))

namespace crosswarp::cpu {
extern "C" {

bool tile_leads() CW_TILE_SERVICE("leads");
bool tile_leads() { return context()->lane == 0; }

const Warp* tile_warp() CW_TILE_SERVICE("warp");
const Warp* tile_warp() { return warp_of(context()); }

// Publishes where this lane's registers are and waits for the warp. The scheduler resumes lanes in ascending order: the first reads
// the registers of all, and writes their results, before another one goes on.
void tile_meet(void* registers) CW_TILE_SERVICE("meet");
void tile_meet(void* registers) {
  const u64 address = reinterpret_cast<u64>(registers);
  warp_of(context())->value_high[context()->lane] = static_cast<u32>(address >> 32);
  meet(kSyncWarp, ~0u, static_cast<u32>(address));
}
}
}  // namespace crosswarp::cpu
