// Instructions that say when or how fast something is to happen. Here every instruction has taken effect when the next one starts,
// so they have nothing to do.
#include "emulator/machine/record.hpp"
#include "emulator/machine/wave.hpp"

namespace cw::amd {
namespace {

RECORD(s_nop) { return after(i); }

// Waiting for memory and for results: records of their own, which checks know by name (checks/waits.cpp).
#define WAIT(name) \
  RECORD(name) { return after(i); }

WAIT(s_waitcnt)
WAIT(s_waitcnt_vscnt)
WAIT(s_waitcnt_vmcnt)
WAIT(s_waitcnt_expcnt)
WAIT(s_waitcnt_lgkmcnt)
WAIT(s_waitcnt_depctr)
WAIT(s_wait_idle)
WAIT(s_wait_event)
WAIT(s_wait_alu)
WAIT(s_wait_loadcnt)
WAIT(s_wait_storecnt)
WAIT(s_wait_samplecnt)
WAIT(s_wait_bvhcnt)
WAIT(s_wait_expcnt)
WAIT(s_wait_dscnt)
WAIT(s_wait_kmcnt)
WAIT(s_wait_loadcnt_dscnt)
WAIT(s_wait_storecnt_dscnt)
ALIAS(s_delay_alu, s_nop);

// Scheduling, fetching, caches.
ALIAS(s_clause, s_nop);
ALIAS(s_setprio, s_nop);
ALIAS(s_inst_prefetch, s_nop);
ALIAS(s_set_inst_prefetch_distance, s_nop);
ALIAS(s_icache_inv, s_nop);
ALIAS(s_dcache_inv, s_nop);
ALIAS(s_dcache_inv_vol, s_nop);
ALIAS(s_dcache_wb, s_nop);
ALIAS(s_dcache_wb_vol, s_nop);
ALIAS(s_gl1_inv, s_nop);
ALIAS(s_atc_probe, s_nop);
ALIAS(s_atc_probe_buffer, s_nop);
ALIAS(s_prefetch_inst, s_nop);
ALIAS(s_prefetch_inst_pc_rel, s_nop);
ALIAS(s_prefetch_data, s_nop);
ALIAS(s_prefetch_data_pc_rel, s_nop);
ALIAS(s_buffer_prefetch_data, s_nop);

// For tools and profilers.
ALIAS(s_version, s_nop);
ALIAS(s_incperflevel, s_nop);
ALIAS(s_decperflevel, s_nop);
ALIAS(s_ttracedata, s_nop);
ALIAS(s_ttracedata_imm, s_nop);

// A wave that sleeps lets the others of its workgroup run, and any wave may be woken up at any time.
RECORD(s_sleep) {
  w.next = after(i);
  w.asleep = true;
  w.state = State::kYielded;
  return nullptr;
}
ALIAS(s_sleep_var, s_sleep);
ALIAS(s_wakeup, s_nop);

}  // namespace
}  // namespace cw::amd
