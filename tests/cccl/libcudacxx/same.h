// The same function on the host and on one device thread: what both record must be equal, and equal to the facts it states itself.
#pragma once
#include <cstdio>
#include <cstring>

struct Record {
  static constexpr int capacity = 192;
  long long values[capacity];
  int count, failed_line;

  template <class T>
  __host__ __device__ void add(T value) {
    long long bits = 0;
    if constexpr (sizeof value == 1 || T(0.5) == T(0))
      bits = value;
    else
      memcpy(&bits, &value, sizeof value);
    if (count < capacity) values[count] = bits;
    count++;
  }
  __host__ __device__ void check(bool holds, int line) {
    if (!holds && !failed_line) failed_line = line;
  }
};
#define CHECK(record, ...) (record).check((__VA_ARGS__), __LINE__)

template <void (*function)(Record&)>
__global__ void on_device(Record* record) {
  function(*record);
}

template <void (*function)(Record&)>
int same(const char* name) {
  Record host{}, *device;
  function(host);
  cudaMallocManaged(&device, sizeof *device);
  memset(device, 0, sizeof *device);
  on_device<function><<<1, 1>>>(device);
  cudaError_t status = cudaDeviceSynchronize();
  bool right = status == cudaSuccess && !host.failed_line && host.count <= Record::capacity && !memcmp(&host, device, sizeof host);
  if (right)
    printf("%s ok, %d values\n", name, host.count);
  else {
    printf("%s WRONG: %s, line %d on the host, %d on the device\n", name, cudaGetErrorString(status), host.failed_line,
           device->failed_line);
    for (int i = 0; i < host.count && i < Record::capacity; i++)
      if (host.values[i] != device->values[i]) {
        printf("value %d: %llx %llx\n", i, host.values[i], device->values[i]);
        break;
      }
  }
  cudaFree(device);
  return !right;
}
