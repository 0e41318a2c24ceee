// assert, trap and the device heap are the NVIDIA driver's own (CUDA's device runtime); the grid barrier is ours.
#include "define.h"

extern "C" {
[[noreturn]] void cw_driver_assert(const char*, const char*, uint32_t, const char*, uint64_t) __asm__("__assertfail");
void* cw_driver_malloc(uint64_t) __asm__("malloc");
void cw_driver_free(void*) __asm__("free");
void cw_block_barrier(uint32_t) __asm__("llvm.nvvm.barrier.cta.sync.aligned.all");
}

CW_DEFINE("__cw.assert", void, device_assert, (const char* expression, const char* file, uint32_t line, const char* function)) {
  cw_driver_assert(expression, file, line, function, 1);
}
CW_DEFINE("__cw.trap", void, device_trap, ()) { __builtin_trap(); }
// What the tables of virtual functions hold for functions without a body.
CW_DEFINE("__cxa_pure_virtual", void, pure_virtual, ()) { __builtin_trap(); }
CW_DEFINE("__cxa_deleted_virtual", void, deleted_virtual, ()) { __builtin_trap(); }
CW_DEFINE("__cw.brkpt", void, device_brkpt, ()) { asm volatile("brkpt;"); }
CW_DEFINE("__cw.malloc", void*, device_malloc, (uint64_t bytes)) { return cw_driver_malloc(bytes); }
CW_DEFINE("__cw.free", void, device_free, (void* p)) { cw_driver_free(p); }

namespace {

// One barrier a module, zero at load; only cooperative launches, of which one runs at a time, use it.
CW_GLOBAL uint32_t grid_arrived, grid_phase;

CW_INLINE uint32_t load_phase() { return *static_cast<volatile CW_GLOBAL uint32_t*>(&grid_phase); }

CW_INLINE uint32_t arrive_at_grid() {
  uint32_t blocks = __nvvm_read_ptx_sreg_nctaid_x() * __nvvm_read_ptx_sreg_nctaid_y() * __nvvm_read_ptx_sreg_nctaid_z();
  uint32_t phase = load_phase();
  cw::fence<cw::Scope::gpu, true>();
  if (__atomic_fetch_add(&grid_arrived, 1u, __ATOMIC_RELAXED) == blocks - 1) {
    *static_cast<volatile CW_GLOBAL uint32_t*>(&grid_arrived) = 0;
    cw::fence<cw::Scope::gpu, true>();
    *static_cast<volatile CW_GLOBAL uint32_t*>(&grid_phase) = phase + 1;
  }
  return phase;
}
CW_INLINE bool is_first_thread() {
  return (__nvvm_read_ptx_sreg_tid_x() | __nvvm_read_ptx_sreg_tid_y() | __nvvm_read_ptx_sreg_tid_z()) == 0;
}

}  // namespace

// The whole grid meets. All blocks must be resident, which a cooperative launch guarantees. Only the block's first thread has
// a token: it waits for the others.
CW_DEFINE("__cw.grid.arrive", uint32_t, grid_arrive, ()) {
  cw_block_barrier(0);
  return is_first_thread() ? arrive_at_grid() : 0;
}
CW_DEFINE("__cw.grid.wait", void, grid_wait, (uint32_t token)) {
  if (is_first_thread()) {
    while (load_phase() == token) {
    }
    cw::fence<cw::Scope::gpu, true>();
  }
  cw_block_barrier(0);
}
CW_DEFINE("__cw.grid.sync", void, grid_sync, ()) { grid_wait(grid_arrive()); }
