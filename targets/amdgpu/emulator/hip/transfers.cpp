// hipMemcpy, hipMemset and their kin.
#include "emulator/hip/call.hpp"
#include "emulator/hip/copies.hpp"

namespace cw::amdhip {
namespace {

constexpr int kToDevice = static_cast<int>(CopyKind::kHostToDevice);
constexpr int kToHost = static_cast<int>(CopyKind::kDeviceToHost);
constexpr int kOnDevice = static_cast<int>(CopyKind::kDeviceToDevice);

struct PitchedPtr {
  void* ptr;
  size_t pitch, xsize, ysize;
};
struct Extent {
  size_t width, height, depth;
};
struct Position {
  size_t x, y, z;
};
struct Memcpy3DParms {
  void* src_array;
  Position src_position;
  PitchedPtr src;
  void* dst_array;
  Position dst_position;
  PitchedPtr dst;
  Extent extent;
  int kind;
};

int plain(void* dst, const void* src, size_t bytes, int kind, void* stream, bool now) {
  return answer([&] { return copy(Copy::plain(dst, src, bytes), kind, stream, now); });
}

int rows(void* dst, size_t dst_pitch, const void* src, size_t src_pitch, size_t width, size_t height, int kind, void* stream,
         bool now) {
  const Copy job = {dst, dst_pitch, 0, src, src_pitch, 0, width, height, 1};
  return answer([&] { return copy(job, kind, stream, now); });
}

Error box(const Memcpy3DParms* p, void* stream, bool now) {
  if (p == nullptr) return hipErrorInvalidValue;
  if (p->src_array != nullptr || p->dst_array != nullptr) return hipErrorNotSupported;
  const auto place = [](const PitchedPtr& at, const Position& x) {
    return static_cast<char*>(at.ptr) + (x.z * at.ysize + x.y) * at.pitch + x.x;
  };
  const Copy job = {place(p->dst, p->dst_position),
                    p->dst.pitch,
                    p->dst.pitch * p->dst.ysize,
                    place(p->src, p->src_position),
                    p->src.pitch,
                    p->src.pitch * p->src.ysize,
                    p->extent.width,
                    p->extent.height,
                    p->extent.depth};
  return copy(job, p->kind, stream, now);
}

int values(void* dst, uint32_t value, uint32_t value_bytes, size_t count, void* stream, bool now) {
  return answer([&] { return fill(Fill{dst, 0, 0, value, value_bytes, count, 1, 1}, stream, now); });
}

}  // namespace

HIP_API int hipMemcpy(void* dst, const void* src, size_t bytes, int kind) { return plain(dst, src, bytes, kind, nullptr, true); }
HIP_API int hipMemcpyAsync(void* dst, const void* src, size_t bytes, int kind, void* stream) {
  return plain(dst, src, bytes, kind, stream, false);
}
HIP_API int hipMemcpyWithStream(void* dst, const void* src, size_t bytes, int kind, void* stream) {
  return plain(dst, src, bytes, kind, stream, true);
}
HIP_API int hipMemcpyHtoD(void* dst, const void* src, size_t bytes) { return plain(dst, src, bytes, kToDevice, nullptr, true); }
HIP_API int hipMemcpyDtoH(void* dst, const void* src, size_t bytes) { return plain(dst, src, bytes, kToHost, nullptr, true); }
HIP_API int hipMemcpyDtoD(void* dst, const void* src, size_t bytes) { return plain(dst, src, bytes, kOnDevice, nullptr, true); }
HIP_API int hipMemcpyHtoDAsync(void* dst, const void* src, size_t bytes, void* stream) {
  return plain(dst, src, bytes, kToDevice, stream, false);
}
HIP_API int hipMemcpyDtoHAsync(void* dst, const void* src, size_t bytes, void* stream) {
  return plain(dst, src, bytes, kToHost, stream, false);
}
HIP_API int hipMemcpyDtoDAsync(void* dst, const void* src, size_t bytes, void* stream) {
  return plain(dst, src, bytes, kOnDevice, stream, false);
}
HIP_API int hipMemcpyPeer(void* dst, int, const void* src, int, size_t bytes) {
  return plain(dst, src, bytes, kOnDevice, nullptr, true);
}
HIP_API int hipMemcpyPeerAsync(void* dst, int, const void* src, int, size_t bytes, void* stream) {
  return plain(dst, src, bytes, kOnDevice, stream, false);
}

HIP_API int hipMemcpy2D(void* dst, size_t dst_pitch, const void* src, size_t src_pitch, size_t width, size_t height, int kind) {
  return rows(dst, dst_pitch, src, src_pitch, width, height, kind, nullptr, true);
}
HIP_API int hipMemcpy2DAsync(void* dst, size_t dst_pitch, const void* src, size_t src_pitch, size_t width, size_t height, int kind,
                             void* stream) {
  return rows(dst, dst_pitch, src, src_pitch, width, height, kind, stream, false);
}
HIP_API int hipMemcpy3D(const Memcpy3DParms* p) {
  return answer([&] { return box(p, nullptr, true); });
}
HIP_API int hipMemcpy3DAsync(const Memcpy3DParms* p, void* stream) {
  return answer([&] { return box(p, stream, false); });
}

HIP_API int hipMemset(void* dst, int value, size_t bytes) {
  return values(dst, static_cast<uint8_t>(value), 1, bytes, nullptr, true);
}
HIP_API int hipMemsetAsync(void* dst, int value, size_t bytes, void* stream) {
  return values(dst, static_cast<uint8_t>(value), 1, bytes, stream, false);
}
HIP_API int hipMemsetD8(void* dst, unsigned char value, size_t count) { return values(dst, value, 1, count, nullptr, true); }
HIP_API int hipMemsetD8Async(void* dst, unsigned char value, size_t count, void* stream) {
  return values(dst, value, 1, count, stream, false);
}
HIP_API int hipMemsetD16(void* dst, unsigned short value, size_t count) { return values(dst, value, 2, count, nullptr, true); }
HIP_API int hipMemsetD16Async(void* dst, unsigned short value, size_t count, void* stream) {
  return values(dst, value, 2, count, stream, false);
}
HIP_API int hipMemsetD32(void* dst, int value, size_t count) {
  return values(dst, static_cast<uint32_t>(value), 4, count, nullptr, true);
}
HIP_API int hipMemsetD32Async(void* dst, int value, size_t count, void* stream) {
  return values(dst, static_cast<uint32_t>(value), 4, count, stream, false);
}
HIP_API int hipMemset2D(void* dst, size_t pitch, int value, size_t width, size_t height) {
  return answer([&] { return fill(Fill{dst, pitch, 0, static_cast<uint8_t>(value), 1, width, height, 1}, nullptr, true); });
}
HIP_API int hipMemset2DAsync(void* dst, size_t pitch, int value, size_t width, size_t height, void* stream) {
  return answer([&] { return fill(Fill{dst, pitch, 0, static_cast<uint8_t>(value), 1, width, height, 1}, stream, false); });
}
HIP_API int hipMemset3D(PitchedPtr dst, int value, Extent extent) {
  const Fill job = {dst.ptr, dst.pitch,    dst.pitch * dst.ysize, static_cast<uint8_t>(value),
                    1,       extent.width, extent.height,         extent.depth};
  return answer([&] { return fill(job, nullptr, true); });
}
HIP_API int hipMemset3DAsync(PitchedPtr dst, int value, Extent extent, void* stream) {
  const Fill job = {dst.ptr, dst.pitch,    dst.pitch * dst.ysize, static_cast<uint8_t>(value),
                    1,       extent.width, extent.height,         extent.depth};
  return answer([&] { return fill(job, stream, false); });
}

}  // namespace cw::amdhip
