// Arrays, mipmapped arrays, objects on them, and every kind of copy between arrays, pitched memory and the host.
#include <cuda_runtime.h>

#include <cstring>

#include "harness.hpp"

using namespace harness;

constexpr size_t kWidth = 8, kHeight = 4, kDepth = 3, kCells = kWidth * kHeight * kDepth;
static int source[kCells], result[kCells];

static cudaArray_t make(size_t width, size_t height, size_t depth, unsigned flags = 0) {
  cudaArray_t array;
  const cudaChannelFormatDesc word = cudaCreateChannelDesc<int>();
  OK(cudaMalloc3DArray(&array, &word, make_cudaExtent(width, height, depth), flags));
  return array;
}

// `width` x `height` integers of `result` are those of `source` from (x, y) on, row by row.
static void same_box(size_t width, size_t height, size_t x = 0, size_t y = 0) {
  for (size_t row = 0; row < height; ++row) {
    for (size_t column = 0; column < width; ++column) {
      CHECK_EQ(result[row * width + column], source[(row + y) * kWidth + column + x]);
    }
  }
  std::memset(result, 0, sizeof result);
}

static void descriptions() {
  cudaArray_t array = make(kWidth, kHeight, 0, cudaArraySurfaceLoadStore);
  cudaChannelFormatDesc format;
  cudaExtent extent;
  unsigned flags = 0;
  OK(cudaArrayGetInfo(&format, &extent, &flags, array));
  CHECK_EQ(format.x == 32 && format.y == 0 && format.f == cudaChannelFormatKindSigned, true);
  CHECK_EQ(extent.width == kWidth && extent.height == kHeight && extent.depth == 0, true);
  CHECK_EQ(flags, cudaArraySurfaceLoadStore);
  cudaArrayMemoryRequirements needs;
  CHECK_EQ(cudaArrayGetMemoryRequirements(&needs, array, 0), cudaErrorInvalidValue);  // only for arrays of deferred mapping
  cudaGetLastError();
  OK(cudaFreeArray(array));
}

static void copies_2d() {
  cudaStream_t stream;
  OK(cudaStreamCreate(&stream));
  cudaArray_t array = make(kWidth, kHeight, 0), other = make(kWidth, kHeight, 0);
  const size_t row = kWidth * 4;
  OK(cudaMemcpy2DToArrayAsync(array, 0, 0, source, row, row, kHeight, cudaMemcpyHostToDevice, stream));
  OK(cudaMemcpy2DFromArrayAsync(result, row, array, 0, 0, row, kHeight, cudaMemcpyDeviceToHost, stream));
  OK(cudaStreamSynchronize(stream));
  same_box(kWidth, kHeight);
  OK(cudaMemcpy2DArrayToArray(other, 0, 0, array, 4, 1, 12, 2, cudaMemcpyDeviceToDevice));  // 3 x 2 from (1, 1)
  OK(cudaMemcpy2DFromArray(result, 12, other, 0, 0, 12, 2, cudaMemcpyDeviceToHost));
  same_box(3, 2, 1, 1);
  OK(cudaMemcpyArrayToArray(other, 0, 0, array, 0, 0, 2 * row, cudaMemcpyDeviceToDevice));
  OK(cudaMemcpyFromArrayAsync(result, other, 0, 0, 2 * row, cudaMemcpyDeviceToHost, stream));
  OK(cudaStreamSynchronize(stream));
  same_box(kWidth, 2);
  OK(cudaMemcpyToArrayAsync(other, 0, 2, source, row, cudaMemcpyHostToDevice, stream));
  OK(cudaMemcpyFromArrayAsync(result, other, 0, 2, row, cudaMemcpyDeviceToHost, stream));
  OK(cudaStreamSynchronize(stream));
  same_box(kWidth, 1);
  void* pitched;
  size_t pitch = 0;
  OK(cudaMallocPitch(&pitched, &pitch, row, kHeight));
  OK(cudaMemcpy2DAsync(pitched, pitch, source, row, row, kHeight, cudaMemcpyHostToDevice, stream));
  OK(cudaMemcpy2DAsync(result, 8, static_cast<char*>(pitched) + pitch + 4, pitch, 8, 3, cudaMemcpyDeviceToHost, stream));
  OK(cudaStreamSynchronize(stream));
  same_box(2, 3, 1, 1);
  OK(cudaFree(pitched));
  OK(cudaFreeArray(array));
  OK(cudaFreeArray(other));
  OK(cudaStreamDestroy(stream));
}

static void volumes() {
  cudaStream_t stream;
  OK(cudaStreamCreate(&stream));
  cudaPitchedPtr volume;
  const cudaExtent all = make_cudaExtent(kWidth * 4, kHeight, kDepth);
  OK(cudaMalloc3D(&volume, all));
  CHECK_EQ(volume.pitch >= all.width && volume.xsize == all.width && volume.ysize == kHeight, true);
  OK(cudaMemset3D(volume, 0x11, all));
  OK(cudaMemset3DAsync(volume, 0x22, make_cudaExtent(8, 2, 1), stream));
  cudaMemcpy3DParms out = {};
  out.srcPtr = volume;
  out.dstPtr = make_cudaPitchedPtr(result, kWidth * 4, kWidth, kHeight);
  out.extent = all;
  out.kind = cudaMemcpyDeviceToHost;
  OK(cudaMemcpy3DAsync(&out, stream));
  OK(cudaStreamSynchronize(stream));
  for (size_t i = 0; i < kCells; ++i) CHECK_EQ(result[i], i % kWidth < 2 && i / kWidth < 2 ? 0x22222222 : 0x11111111);
  OK(cudaFree(volume.ptr));
  OK(cudaStreamDestroy(stream));
}

static void mipmaps() {
  cudaMipmappedArray_t levels;
  const cudaChannelFormatDesc word = cudaCreateChannelDesc<int>();
  OK(cudaMallocMipmappedArray(&levels, &word, make_cudaExtent(8, 8, 0), 3));
  cudaArray_t level;
  cudaExtent extent;
  OK(cudaGetMipmappedArrayLevel(&level, levels, 2));
  OK(cudaArrayGetInfo(nullptr, &extent, nullptr, level));
  CHECK_EQ(extent.width == 2 && extent.height == 2, true);
  CHECK_EQ(cudaGetMipmappedArrayLevel(&level, levels, 3), cudaErrorInvalidValue);
  cudaGetLastError();
  cudaArrayMemoryRequirements needs;
  CHECK_EQ(cudaMipmappedArrayGetMemoryRequirements(&needs, levels, 0), cudaErrorInvalidValue);
  cudaGetLastError();
  OK(cudaFreeMipmappedArray(levels));
}

static void objects() {
  cudaArray_t array = make(kWidth, kHeight, 0, cudaArraySurfaceLoadStore);
  cudaResourceDesc resource = {}, told = {};
  resource.resType = cudaResourceTypeArray;
  resource.res.array.array = array;
  cudaTextureDesc reading = {}, read = {};
  reading.addressMode[0] = cudaAddressModeMirror;
  reading.filterMode = cudaFilterModePoint;
  reading.normalizedCoords = 1;
  reading.maxAnisotropy = 4;
  cudaResourceViewDesc view = {}, seen = {};
  view.format = cudaResViewFormatSignedInt1;
  view.width = kWidth;
  view.height = kHeight;
  cudaTextureObject_t texture = 0;
  OK(cudaCreateTextureObject(&texture, &resource, &reading, &view));
  OK(cudaGetTextureObjectResourceDesc(&told, texture));
  CHECK_SAME(told.res.array.array, array);
  OK(cudaGetTextureObjectTextureDesc(&read, texture));
  CHECK_EQ(read.addressMode[0] == cudaAddressModeMirror && read.normalizedCoords == 1 && read.maxAnisotropy == 4, true);
  OK(cudaGetTextureObjectResourceViewDesc(&seen, texture));
  CHECK_EQ(seen.format == cudaResViewFormatSignedInt1 && seen.width == kWidth, true);
  OK(cudaDestroyTextureObject(texture));
  cudaSurfaceObject_t surface = 0;
  OK(cudaCreateSurfaceObject(&surface, &resource));
  told = {};
  OK(cudaGetSurfaceObjectResourceDesc(&told, surface));
  CHECK_EQ(told.resType == cudaResourceTypeArray && told.res.array.array == array, true);
  OK(cudaDestroySurfaceObject(surface));
  CHECK_EQ(cudaGetSurfaceObjectResourceDesc(&told, surface), cudaErrorInvalidValue);
  cudaGetLastError();
  OK(cudaFreeArray(array));
}

int main() {
  for (size_t i = 0; i < kCells; ++i) source[i] = static_cast<int>(i * i + 1);
  descriptions();
  copies_2d();
  volumes();
  mipmaps();
  objects();
  std::puts("done");
}
