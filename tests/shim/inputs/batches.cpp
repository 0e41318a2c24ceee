// cudaMemcpyBatchAsync, cudaMemcpy3DBatchAsync: many copies in one call.
#include "harness.hpp"

using namespace harness;

#define FAILS(call, error)               \
  do {                                   \
    CHECK_EQ(call, error);               \
    CHECK_EQ(cudaGetLastError(), error); \
  } while (0)

static cudaStream_t stream;

static void plain() {
  int *device = device_alloc<int>(4), host[4] = {1, 2, 3, 4}, back[4] = {};
  void* dst[] = {device, device + 2};
  void* src[] = {host + 2, host};
  size_t bytes[] = {8, 8}, first[] = {0, 1}, failed = 0;
  cudaMemcpyAttributes attributes[2] = {};
  attributes[0].srcAccessOrder = cudaMemcpySrcAccessOrderStream;
  attributes[1].srcAccessOrder = cudaMemcpySrcAccessOrderDuringApiCall;
  OK(cudaMemcpyBatchAsync(dst, src, bytes, 2, attributes, first, 2, &failed, stream));
  OK(cudaMemcpyAsync(back, device, sizeof back, cudaMemcpyDeviceToHost, stream));
  OK(cudaStreamSynchronize(stream));
  const int want[4] = {3, 4, 1, 2};
  for (int i = 0; i < 4; ++i) CHECK_EQ(back[i], want[i]);
  FAILS(cudaMemcpyBatchAsync(dst, src, bytes, 2, attributes, first, 2, &failed, nullptr), cudaErrorInvalidValue);
  bytes[1] = 12;  // leaves the allocation
  FAILS(cudaMemcpyBatchAsync(dst, src, bytes, 2, attributes, first, 1, &failed, stream), cudaErrorInvalidValue);
  CHECK_EQ(failed, 1);
  bytes[1] = 8;
  first[0] = 1;
  FAILS(cudaMemcpyBatchAsync(dst, src, bytes, 2, attributes, first, 1, &failed, stream), cudaErrorInvalidValue);
  CHECK_EQ(failed == SIZE_MAX, true);
  first[0] = 0;
  attributes[0].srcAccessOrder = cudaMemcpySrcAccessOrderInvalid;
  FAILS(cudaMemcpyBatchAsync(dst, src, bytes, 2, attributes, first, 1, nullptr, stream), cudaErrorInvalidValue);
  OK(cudaFree(device));
}

static cudaMemcpy3DOperand at(void* memory, size_t row) {
  cudaMemcpy3DOperand side = {};
  side.type = cudaMemcpyOperandTypePointer;
  side.op.ptr.ptr = memory;
  side.op.ptr.rowLength = row;
  return side;
}

static void boxes() {
  unsigned char host[12], back[6] = {};
  for (int i = 0; i < 12; ++i) host[i] = static_cast<unsigned char>(i);
  auto* device = device_alloc<unsigned char>(6);
  cudaMemcpy3DBatchOp list[2] = {};
  list[0].src = at(host + 1, 4);  // three columns of a 3 x 4 matrix, two rows
  list[0].dst = at(device, 0);
  list[0].extent = cudaExtent{3, 2, 1};
  list[0].srcAccessOrder = cudaMemcpySrcAccessOrderStream;
  list[1] = list[0];
  list[1].src = at(host + 8, 0);
  list[1].dst = at(device + 5, 0);
  list[1].extent = cudaExtent{1, 1, 1};
  size_t failed = 0;
  OK(cudaMemcpy3DBatchAsync(2, list, &failed, 0, stream));
  OK(cudaMemcpyAsync(back, device, sizeof back, cudaMemcpyDeviceToHost, stream));
  OK(cudaStreamSynchronize(stream));
  const int want[6] = {1, 2, 3, 5, 6, 8};
  for (int i = 0; i < 6; ++i) CHECK_EQ(back[i], want[i]);
  list[1].src.op.ptr.ptr = nullptr;
  FAILS(cudaMemcpy3DBatchAsync(2, list, &failed, 0, stream), cudaErrorInvalidValue);
  CHECK_EQ(failed, 1);
  FAILS(cudaMemcpy3DBatchAsync(2, list, &failed, 1, stream), cudaErrorInvalidValue);
  FAILS(cudaMemcpy3DBatchAsync(0, list, nullptr, 0, stream), cudaErrorInvalidValue);
  OK(cudaFree(device));
}

int main() {
  OK(cudaStreamCreate(&stream));
  plain();
  boxes();
  OK(cudaStreamDestroy(stream));
  std::puts("done");
}
