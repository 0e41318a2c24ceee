// Instructions that say when or how fast something is to happen. Here every instruction has taken effect when the next one starts,
// so they have nothing to do.
#include "emulator/machine/record.hpp"
#include "emulator/machine/wave.hpp"

namespace cw::amd {
namespace {

RECORD(s_nop) { return after(i); }

// Waiting for memory and for results.
ALIAS(s_waitcnt, s_nop);
ALIAS(s_waitcnt_vscnt, s_nop);
ALIAS(s_waitcnt_vmcnt, s_nop);
ALIAS(s_waitcnt_expcnt, s_nop);
ALIAS(s_waitcnt_lgkmcnt, s_nop);
ALIAS(s_waitcnt_depctr, s_nop);
ALIAS(s_wait_idle, s_nop);
ALIAS(s_wait_event, s_nop);
ALIAS(s_wait_alu, s_nop);
ALIAS(s_wait_loadcnt, s_nop);
ALIAS(s_wait_storecnt, s_nop);
ALIAS(s_wait_samplecnt, s_nop);
ALIAS(s_wait_bvhcnt, s_nop);
ALIAS(s_wait_expcnt, s_nop);
ALIAS(s_wait_dscnt, s_nop);
ALIAS(s_wait_kmcnt, s_nop);
ALIAS(s_wait_loadcnt_dscnt, s_nop);
ALIAS(s_wait_storecnt_dscnt, s_nop);
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
