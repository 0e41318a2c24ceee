#include "emulator/hip/copies.hpp"

#include <cstring>

#include "emulator/api.h"
#include "emulator/hip/call.hpp"
#include "emulator/hip/device.hpp"
#include "emulator/hip/memory.hpp"

namespace cw::amdhip {
namespace {

size_t span(size_t width, size_t height, size_t depth, size_t pitch, size_t slice) {
  return (depth - 1) * slice + (height - 1) * pitch + width;
}

template <typename Row>
void each_row(size_t height, size_t depth, Row row) {
  for (size_t z = 0; z < depth; ++z) {
    for (size_t y = 0; y < height; ++y) row(y, z);
  }
}

void run(const Copy& c) {
  each_row(c.height, c.depth, [&](size_t y, size_t z) {
    char* to = static_cast<char*>(c.dst) + z * c.dst_slice + y * c.dst_pitch;
    const char* from = static_cast<const char*>(c.src) + z * c.src_slice + y * c.src_pitch;
    cw_amd_memory_copied(to, from, c.width);
    memmove(to, from, c.width);
  });
}

void run(const Fill& f) {
  each_row(f.height, f.depth, [&](size_t y, size_t z) {
    char* row = static_cast<char*>(f.dst) + z * f.slice + y * f.pitch;
    cw_amd_memory_written(row, f.width * f.value_bytes);
    if (f.value_bytes == 1) {
      memset(row, static_cast<int>(f.value), f.width);
      return;
    }
    for (size_t x = 0; x < f.width; ++x) memcpy(row + x * f.value_bytes, &f.value, f.value_bytes);
  });
}

bool is_unknown(const void* address) {
  Allocation found;
  return !memory().find(address, &found);
}

// The work and its stream, both checked.
template <typename Job>
Error submit(const Job& job, void* handle, bool now) {
  Stream* stream = find_stream(handle);
  if (stream == nullptr) return hipErrorInvalidHandle;
  const Error fault = stream->device().error();
  if (fault != hipSuccess) return fault;
  Owned<Work> piece = work([job] {
    run(job);
    return hipSuccess;
  });
  if (now) return stream->perform(static_cast<Owned<Work>&&>(piece));
  stream->submit(static_cast<Owned<Work>&&>(piece));
  return hipSuccess;
}

}  // namespace

Error copy(const Copy& c, int kind, void* stream, bool now) {
  if (kind < 0 || kind > static_cast<int>(CopyKind::kDefault)) return hipErrorInvalidMemcpyDirection;
  if (c.width == 0 || c.height == 0 || c.depth == 0) return hipSuccess;
  if (c.dst == nullptr || c.src == nullptr) return hipErrorInvalidValue;
  if (c.height > 1 && (c.dst_pitch < c.width || c.src_pitch < c.width)) return hipErrorInvalidPitchValue;
  const bool inside = memory().fits(c.dst, span(c.width, c.height, c.depth, c.dst_pitch, c.dst_slice)) &&
                      memory().fits(c.src, span(c.width, c.height, c.depth, c.src_pitch, c.src_slice));
  if (!inside) return hipErrorInvalidValue;
  const bool staged = kind != static_cast<int>(CopyKind::kDeviceToDevice) && (is_unknown(c.dst) || is_unknown(c.src));
  return submit(c, stream, now || staged);
}

Error fill(const Fill& f, void* stream, bool now) {
  if (f.width == 0 || f.height == 0 || f.depth == 0) return hipSuccess;
  if (f.dst == nullptr) return hipErrorInvalidValue;
  const size_t width = f.width * f.value_bytes;
  if (f.height > 1 && f.pitch < width) return hipErrorInvalidPitchValue;
  if (!memory().fits(f.dst, span(width, f.height, f.depth, f.pitch, f.slice))) return hipErrorInvalidValue;
  return submit(f, stream, now);
}

}  // namespace cw::amdhip
