// Cache maintenance. The host's caches are coherent; what remains is that earlier stores come before later loads.
#include "emulator/machine/record.hpp"
#include "emulator/machine/wave.hpp"

namespace cw::amd {
namespace {

RECORD(buffer_inv) {
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  return after(i);
}

ALIAS(buffer_wbl2, buffer_inv);
ALIAS(buffer_invl2, buffer_inv);
ALIAS(buffer_wbinvl1, buffer_inv);
ALIAS(buffer_wbinvl1_vol, buffer_inv);
ALIAS(buffer_gl0_inv, buffer_inv);
ALIAS(buffer_gl1_inv, buffer_inv);
ALIAS(global_inv, buffer_inv);
ALIAS(global_wb, buffer_inv);
ALIAS(global_wbinv, buffer_inv);

}  // namespace
}  // namespace cw::amd
