// Which entry points of this library a program called, and what they answered.
//
// Entry points jump through a table (entry_points.py). With CROSSWARP_EVIDENCE each goes to a stub instead, which has
// `__cw_evidence_enter` put another return address below the entry's arguments, so that `__cw_evidence_leave` sees its result,
// whatever its parameters are. Without the variable nothing of this runs.

#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>

#include "evidence/calls.hpp"
#include "evidence/log.hpp"

namespace {

struct Call {
  const void** slot;  // where its return address lies
  const void* caller;
  uint32_t entry;
};

constexpr int kMostNested = 16;
constexpr uint32_t kStubBytes = 16;
thread_local Call calls[kMostNested];
thread_local int nested = 0;

const void** own = nullptr;                 // the entries themselves
std::atomic<uint32_t>* answered = nullptr;  // by entry: a bit for each answer that was written

extern "C" {
[[gnu::visibility("hidden")]] extern const void* __cw_entries[];
[[gnu::visibility("hidden")]] extern const uint32_t __cw_entry_count;
[[gnu::visibility("hidden")]] extern const char* const __cw_entry_names[];
[[gnu::visibility("hidden")]] extern const char __cw_evidence_stubs[];
[[gnu::visibility("hidden")]] extern const char __cw_evidence_return[];
[[gnu::visibility("hidden")]] const void* __cw_evidence_enter(uint32_t entry, const void** slot);
[[gnu::visibility("hidden")]] const void* __cw_evidence_leave(int answer, const void** slot);
}

void note(uint32_t entry, int answer) {
  const uint32_t bit = 1u << (answer == 0 ? 0 : 1 + static_cast<unsigned>(answer) % 31);
  if ((answered[entry].fetch_or(bit, std::memory_order_relaxed) & bit) != 0) return;
  cw::evidence::line("entry\t%s\t%d", __cw_entry_names[entry], answer);
}

// A forked child has a log of its own.
void in_child() {
  for (uint32_t i = 0; i < __cw_entry_count; ++i) answered[i].store(0, std::memory_order_relaxed);
}

// The function to go on with.
const void* __cw_evidence_enter(uint32_t entry, const void** slot) {
  if (nested == kMostNested) return own[entry];  // left by longjmp, or more callbacks than anyone nests
  calls[nested++] = Call{slot, *slot, entry};
  *slot = __cw_evidence_return;
  ++*cw::evidence::open_calls();
  return own[entry];
}

// The address to return to.
const void* __cw_evidence_leave(int answer, const void** slot) {
  do {
    --nested;
    --*cw::evidence::open_calls();
  } while (nested > 0 && calls[nested].slot != slot);
  if (calls[nested].slot != slot) std::abort();
  // What an entry calls of another library of ours is not what the program calls.
  if (*cw::evidence::open_calls() == 0) note(calls[nested].entry, answer);
  return calls[nested].caller;
}

}  // namespace

namespace cw::evidence {

void watch_entries() {
  if (!enabled || own != nullptr) return;
  auto* const entries = static_cast<const void**>(std::calloc(__cw_entry_count, sizeof(void*)));
  answered = static_cast<std::atomic<uint32_t>*>(std::calloc(__cw_entry_count, sizeof(std::atomic<uint32_t>)));
  if (entries == nullptr || answered == nullptr) return;
  own = entries;
  char program[4096];
  const ssize_t length = readlink("/proc/self/exe", program, sizeof program);
  if (length > 0) line("file\t%.*s", static_cast<int>(length), program);
  for (uint32_t i = 0; i < __cw_entry_count; ++i) {
    own[i] = __cw_entries[i];
    if (__cw_entry_names[i] != nullptr) __cw_entries[i] = __cw_evidence_stubs + i * kStubBytes;
  }
  pthread_atfork(nullptr, nullptr, in_child);
}

}  // namespace cw::evidence
