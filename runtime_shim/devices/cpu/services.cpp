#include "devices/cpu/services.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>

#include "core/sync.hpp"
#include "devices/cpu/child_work.hpp"
#include "devices/cpu/fault.hpp"
#include "devices/printf.hpp"

namespace cw::cpu {
namespace {

std::atomic<size_t> limit{8u << 20};
std::atomic<size_t> used{0};

// Each heap block is preceded by its size.
constexpr size_t kPrefix = 16;

void* heap_alloc(uint64_t bytes) {
  const size_t total = bytes + kPrefix;
  if (bytes == 0 || total < bytes) return nullptr;
  if (used.fetch_add(total) + total > limit.load()) {
    used.fetch_sub(total);
    return nullptr;
  }
  auto* block = static_cast<size_t*>(std::malloc(total));
  if (block == nullptr) {
    used.fetch_sub(total);
    return nullptr;
  }
  *block = total;
  return reinterpret_cast<char*>(block) + kPrefix;
}

void heap_free(void* memory) {
  if (memory == nullptr) return;
  auto* block = reinterpret_cast<size_t*>(static_cast<char*>(memory) - kPrefix);
  used.fetch_sub(*block);
  std::free(block);
}

int32_t vprintf_service(const char* format, const void* args) { return device_printf(format, PrintfArguments{args, nullptr}); }

void assert_fail(const cw_cpu_launch*, const cw_cpu_block* block, const uint32_t thread[3], const char* expression,
                 const char* file, uint32_t line, const char* function) {
  std::fprintf(stderr, "%s:%u: %s: block: [%u,%u,%u], thread: [%u,%u,%u] Assertion `%s` failed.\n", file, line, function,
               block->ctaid[0], block->ctaid[1], block->ctaid[2], thread[0], thread[1], thread[2], expression);
  leave(cudaErrorAssert);
}

void trap(const cw_cpu_launch*, const cw_cpu_block*) { leave(cudaErrorLaunchFailure); }

}  // namespace

const cw_cpu_services kServices = {
    CW_CPU_ABI_VERSION,
    sizeof(cw_cpu_services),
    vprintf_service,
    assert_fail,
    trap,
    heap_alloc,
    heap_free,
    now_ns,
    ChildServices::parameters,
    ChildServices::launch,
    ChildServices::copy,
    ChildServices::fill,
    ChildServices::wait,
    ChildServices::error,
};

size_t heap_limit() { return limit.load(); }
void set_heap_limit(size_t bytes) { limit.store(bytes); }

}  // namespace cw::cpu
