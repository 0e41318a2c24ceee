// Fills with elements of one, two or four bytes.
#include "driver_api/entry.hpp"

using namespace cw::driver;

namespace {

// Addresses and pitches are multiples of the element's size.
CUresult fill(CUdeviceptr to, size_t pitch, unsigned value, unsigned bytes, size_t width, size_t height, CUstream stream,
              bool now) {
  return in_context([&] {
    if (to % bytes != 0 || (height > 1 && pitch % bytes != 0)) return cudaErrorInvalidValue;
    return internal().memory.fill(pointer(to), pitch, value, bytes, width, height, stream, now);
  });
}

}  // namespace

CUresult cuMemsetD8(CUdeviceptr to, unsigned char value, size_t count) { return fill(to, 0, value, 1, count, 1, nullptr, true); }
CUresult cuMemsetD8Async(CUdeviceptr to, unsigned char value, size_t count, CUstream stream) {
  return fill(to, 0, value, 1, count, 1, stream, false);
}
CUresult cuMemsetD2D8(CUdeviceptr to, size_t pitch, unsigned char value, size_t width, size_t height) {
  return fill(to, pitch, value, 1, width, height, nullptr, true);
}
CUresult cuMemsetD2D8Async(CUdeviceptr to, size_t pitch, unsigned char value, size_t width, size_t height, CUstream stream) {
  return fill(to, pitch, value, 1, width, height, stream, false);
}

CUresult cuMemsetD16(CUdeviceptr to, unsigned short value, size_t count) { return fill(to, 0, value, 2, count, 1, nullptr, true); }
CUresult cuMemsetD16Async(CUdeviceptr to, unsigned short value, size_t count, CUstream stream) {
  return fill(to, 0, value, 2, count, 1, stream, false);
}
CUresult cuMemsetD2D16(CUdeviceptr to, size_t pitch, unsigned short value, size_t width, size_t height) {
  return fill(to, pitch, value, 2, width, height, nullptr, true);
}
CUresult cuMemsetD2D16Async(CUdeviceptr to, size_t pitch, unsigned short value, size_t width, size_t height, CUstream stream) {
  return fill(to, pitch, value, 2, width, height, stream, false);
}

CUresult cuMemsetD32(CUdeviceptr to, unsigned value, size_t count) { return fill(to, 0, value, 4, count, 1, nullptr, true); }
CUresult cuMemsetD32Async(CUdeviceptr to, unsigned value, size_t count, CUstream stream) {
  return fill(to, 0, value, 4, count, 1, stream, false);
}
CUresult cuMemsetD2D32(CUdeviceptr to, size_t pitch, unsigned value, size_t width, size_t height) {
  return fill(to, pitch, value, 4, width, height, nullptr, true);
}
CUresult cuMemsetD2D32Async(CUdeviceptr to, size_t pitch, unsigned value, size_t width, size_t height, CUstream stream) {
  return fill(to, pitch, value, 4, width, height, stream, false);
}
