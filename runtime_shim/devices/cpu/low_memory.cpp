#include "devices/cpu/low_memory.hpp"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <new>

#include "core/immortal.hpp"
#include "core/log.hpp"
#include "core/sync.hpp"

namespace cw::cpu {
namespace {

constexpr uint64_t kEnd = uint64_t{1} << 32;
constexpr size_t kSlab = size_t{32} << 20;  // address space, not memory, until it is used
constexpr unsigned kSmallest = 12;          // log2 of the bytes of the smallest piece

struct Piece {
  Piece* next;
};

struct LowMemory {
  Mutex mutex;
  Piece* free[32 - kSmallest] = {};  // by log2 of their bytes
  char* at = nullptr;                // what is left of the slab
  char* end = nullptr;
};
Immortal<LowMemory> low;

unsigned class_of(size_t bytes) {
  unsigned log = kSmallest;
  while (log < 31 && size_t{1} << log < bytes) ++log;
  return log - kSmallest;
}

// From the top down: the heap of a program that is not position independent grows from below.
char* map_below(uint64_t limit, size_t bytes) {
  for (uint64_t at = limit - bytes; at >= kSlab; at -= kSlab) {
    void* const wish = reinterpret_cast<void*>(at);
    constexpr int kFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE;
    void* const memory = mmap(wish, bytes, PROT_READ | PROT_WRITE, kFlags, -1, 0);
    if (memory == wish) return static_cast<char*>(memory);
    if (memory != MAP_FAILED) munmap(memory, bytes);  // a kernel that takes the place for a wish
  }
  return nullptr;
}

// Where no address is negative as an `int`, if there is room.
char* map_low(size_t bytes) {
  char* memory = map_below(kEnd / 2, bytes);
  if (memory == nullptr) memory = map_below(kEnd, bytes);
  if (memory != nullptr) return memory;
  say("no room for shared memory below 4 GiB of the address space");
  abort();
}

void* cut(LowMemory& all, size_t bytes) {
  if (bytes > kSlab) return map_low(bytes);
  if (static_cast<size_t>(all.end - all.at) < bytes) {
    all.at = map_low(kSlab);
    all.end = all.at + kSlab;
  }
  void* const piece = all.at;
  all.at += bytes;
  return piece;
}

}  // namespace

void* take_low(size_t bytes) {
  const unsigned size_class = class_of(bytes);
  Lock lock(low.value.mutex);
  Piece*& first = low.value.free[size_class];
  if (first == nullptr) return cut(low.value, size_t{1} << (size_class + kSmallest));
  Piece* const piece = first;
  first = piece->next;
  return piece;
}

void give_low(void* memory, size_t bytes) {
  const unsigned size_class = class_of(bytes);
  Lock lock(low.value.mutex);
  low.value.free[size_class] = new (memory) Piece{low.value.free[size_class]};
}

}  // namespace cw::cpu
