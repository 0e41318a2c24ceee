// Special registers: the position of a thread, lane masks, clocks.
#include "wave.h"

// clang's builtin wants a processor that has the instruction; this one is used where it exists.
// Ticks a second of the counter that `llvm.readsteadycounter` reads; lowering defines it from the processor's facts.
extern "C" uint64_t cw_memory_time() __asm__("llvm.amdgcn.s.memtime");
extern "C" const CW_CONSTANT uint32_t cw_timer_frequency __asm__("__cw_timer_frequency");

#define CW_SREG(name, value) \
  CW_DEFINE("__nvvm.read.ptx.sreg." #name, uint32_t, CW_SREG_NAME(__COUNTER__), ()) { return (value); }
#define CW_SREG_NAME(n) CW_SREG_PASTE(n)
#define CW_SREG_PASTE(n) cw_sreg_##n

CW_SREG(tid.x, __builtin_amdgcn_workitem_id_x())
CW_SREG(tid.y, __builtin_amdgcn_workitem_id_y())
CW_SREG(tid.z, __builtin_amdgcn_workitem_id_z())
CW_SREG(ntid.x, cw::block_size(0))
CW_SREG(ntid.y, cw::block_size(1))
CW_SREG(ntid.z, cw::block_size(2))
CW_SREG(ctaid.x, __builtin_amdgcn_workgroup_id_x())
CW_SREG(ctaid.y, __builtin_amdgcn_workgroup_id_y())
CW_SREG(ctaid.z, __builtin_amdgcn_workgroup_id_z())
CW_SREG(nctaid.x, cw::block_count(0))
CW_SREG(nctaid.y, cw::block_count(1))
CW_SREG(nctaid.z, cw::block_count(2))

// A grid without clusters: each block is a cluster of its own.
CW_SREG(clusterid.x, __builtin_amdgcn_workgroup_id_x())
CW_SREG(clusterid.y, __builtin_amdgcn_workgroup_id_y())
CW_SREG(clusterid.z, __builtin_amdgcn_workgroup_id_z())
CW_SREG(nclusterid.x, cw::block_count(0))
CW_SREG(nclusterid.y, cw::block_count(1))
CW_SREG(nclusterid.z, cw::block_count(2))
CW_SREG(cluster.ctaid.x, 0)
CW_SREG(cluster.ctaid.y, 0)
CW_SREG(cluster.ctaid.z, 0)
CW_SREG(cluster.nctaid.x, 1)
CW_SREG(cluster.nctaid.y, 1)
CW_SREG(cluster.nctaid.z, 1)
CW_SREG(cluster.ctarank, 0)
CW_SREG(cluster.nctarank, 1)

CW_SREG(warpsize, 32)
CW_SREG(laneid, cw::lane())
CW_SREG(warpid, cw::thread_in_block() >> 5)
CW_SREG(nwarpid, (cw::block_size(0) * cw::block_size(1) * cw::block_size(2) + 31) >> 5)
CW_SREG(lanemask.eq, 1u << cw::lane())
CW_SREG(lanemask.lt, (1u << cw::lane()) - 1)
CW_SREG(lanemask.le, (2u << cw::lane()) - 1)
CW_SREG(lanemask.gt, ~((2u << cw::lane()) - 1))
CW_SREG(lanemask.ge, ~((1u << cw::lane()) - 1))

namespace {

// Register numbers and fields of S_GETREG: the ISA documents' HW_ID (gfx9) and HW_ID1 (gfx10 and later).
CW_INLINE uint32_t compute_unit() {
#if CW_GFX == 9
  uint32_t id = __builtin_amdgcn_s_getreg(4 | (8 << 6) | (7 << 11));  // cu_id 4 bits, sh_id 1, se_id 3
#else
  uint32_t id = __builtin_amdgcn_s_getreg(23 | (10 << 6) | (10 << 11));  // wgp_id 4 bits, 2 unused, sa_id 1, 1 unused, se_id 3
#endif
  return id;
}

// A 64-bit count that goes up about once a clock. gfx11 has no 64-bit cycle counter: its 100 MHz timer is scaled to 2 GHz.
CW_INLINE uint64_t cycles() {
#if CW_GFX == 11
  return __builtin_readsteadycounter() * 20;
#elif CW_GFX == 12
  return __builtin_readcyclecounter();
#else
  return cw_memory_time();
#endif
}

// Nanoseconds; exact for 100 MHz and 25 MHz timers.
CW_INLINE uint64_t nanoseconds() {
  uint64_t ticks = __builtin_readsteadycounter();
  uint64_t frequency = cw_timer_frequency;
  return ticks / frequency * 1000000000 + ticks % frequency * 1000000000 / frequency;
}

}  // namespace

CW_SREG(smid, compute_unit())
CW_SREG(nsmid, CW_GFX == 9 ? 1u << 8 : 1u << 11)  // by the widths of the fields
CW_SREG(clock, static_cast<uint32_t>(cycles()))
CW_SREG(globaltimer.lo, static_cast<uint32_t>(nanoseconds()))
CW_DEFINE("__nvvm.read.ptx.sreg.clock64", uint64_t, cw_clock64, ()) { return cycles(); }
CW_DEFINE("__nvvm.read.ptx.sreg.globaltimer", uint64_t, cw_globaltimer, ()) { return nanoseconds(); }

// Sleeps a part of the time asked for: PTX allows any duration from 0 to twice the argument. S_SLEEP counts 64 clocks.
CW_DEFINE("__nvvm.nanosleep", void, cw_nanosleep, (uint32_t duration)) {
  for (uint32_t slept = 0; slept < duration; slept += 64) __builtin_amdgcn_s_sleep(1);
}
