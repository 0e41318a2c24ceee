// The checks `memory` and `values`: accesses outside of every allocation or of LDS, and loads of bytes that nobody has written.
#include "emulator/machine/memory.hpp"

#include <stdio.h>

#include "emulator/checks/allocations.hpp"
#include "emulator/machine/checks.hpp"

namespace cw::amd {
namespace {

const char* verb(Access access) { return access == Access::kLoad ? "reads" : access == Access::kStore ? "writes" : "changes"; }

unsigned long long number(u64 value) { return value; }

// `8 bytes behind an allocation of 400 bytes at 0x...`.
void describe(u64 address, char (&text)[160]) {
  Extent extent;
  bool freed = false;
  if (!allocations().nearest(address, &extent, &freed)) {
    snprintf(text, sizeof text, "outside of every allocation");
    return;
  }
  const u64 end = extent.begin + extent.bytes;
  char place[64] = "across the end of";
  if (freed) snprintf(place, sizeof place, "in freed memory: byte %llu of", number(address - extent.begin));
  if (!freed && address > end) snprintf(place, sizeof place, "%llu bytes behind", number(address - end));
  if (!freed && address == end) snprintf(place, sizeof place, "right behind");
  if (!freed && address < extent.begin) snprintf(place, sizeof place, "%llu bytes before", number(extent.begin - address));
  snprintf(text, sizeof text, "%s an allocation of %llu bytes at %#llx", place, number(extent.bytes), number(extent.begin));
}

// Buffer instructions reach a wave's private memory by its address.
bool is_private(const Wave& wave, u64 address) {
  const u64 begin = reinterpret_cast<u64>(wave.scratch);
  return address - begin < u64{wave.scratch_bytes} * wave.lanes;
}

void check_global(const Wave& wave, const Instruction& instruction, const Touch& touch) {
  if (allocations().empty()) return;  // nobody keeps the books
  each_of(touch.active, [&](u32 lane) {
    const u64 address = touch.at[lane];
    if (allocations().holds(address, touch.bytes) || is_private(wave, address)) return;
    char text[160];
    describe(address, text);
    report(wave, kCheckMemory, instruction, lane, "%s %u bytes at %#llx, %s", verb(touch.access), touch.bytes, number(address),
           text);
  });
}

void check_bounds(Wave& wave, const Instruction& instruction, const Touch& touch) {
  if (touch.space == Space::kGlobal) return check_global(wave, instruction, touch);
  if (touch.space != Space::kShared) return;  // private memory is always checked
  each_of(touch.absent, [&](u32 lane) {
    report(wave, kCheckMemory, instruction, lane, "%s %u bytes at offset %llu of shared memory, of which there are %u",
           verb(touch.access), touch.bytes, number(touch.at[lane]), wave.lds_bytes);
  });
}

void check_values(Wave& wave, const Instruction& instruction, const Touch& touch) {
  if (touch.space != Space::kGlobal) return;
  each_of(touch.active, [&](u32 lane) {
    const u64 address = touch.at[lane];
    if (touch.access != Access::kStore && !allocations().was_written(address, touch.bytes))
      report(wave, kCheckValues, instruction, lane, "%s %u bytes at %#llx that nobody has written", verb(touch.access), touch.bytes,
             number(address));
    if (touch.access != Access::kLoad) allocations().mark_written(address, touch.bytes);
  });
}

TouchCheck bounds(kCheckMemory, check_bounds);
TouchCheck values(kCheckValues, check_values);

}  // namespace
}  // namespace cw::amd
