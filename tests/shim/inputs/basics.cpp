// Memory, launches, symbols, cooperative launch, printf, heap: everything in order.
#include "harness.hpp"

using namespace harness;

static void vectors() {
  const int n = 1000;
  std::vector<float> a(n), b(n), c(n);
  for (int i = 0; i < n; ++i) a[i] = i, b[i] = 2 * i;
  float *da = device_alloc<float>(n), *db = device_alloc<float>(n), *dc = device_alloc<float>(n);
  OK(cudaMemcpy(da, a.data(), n * 4, cudaMemcpyHostToDevice));
  OK(cudaMemcpy(db, b.data(), n * 4, cudaMemcpyHostToDevice));
  OK(launch(&add, 8, 128, 0, nullptr, da, db, dc, n));
  OK(cudaMemcpy(c.data(), dc, n * 4, cudaMemcpyDeviceToHost));
  for (int i = 0; i < n; ++i) CHECK_EQ(c[i], 3 * i);
  OK(cudaFree(da));
  OK(cudaFree(db));
  OK(cudaFree(dc));
}

// Also where freed memory held something.
static void fresh_memory_is_zero() {
  for (size_t bytes : {100, 5000, 1 << 20}) {
    void* memory = nullptr;
    for (int round = 0; round < 2; ++round) {
      OK(cudaMalloc(&memory, bytes));
      std::vector<unsigned char> host(bytes, 1);
      OK(cudaMemcpy(host.data(), memory, bytes, cudaMemcpyDeviceToHost));
      for (unsigned char byte : host) CHECK_EQ(byte, 0);
      OK(cudaMemset(memory, 0xA5, bytes));
      OK(cudaFree(memory));
    }
  }
}

static void every_block_once() {
  const dim3 grid(7, 5, 3);
  unsigned* out = device_alloc<unsigned>(105);
  OK(launch(&where, grid, 1, 100, nullptr, out));
  std::vector<unsigned> host(105);
  OK(cudaMemcpy(host.data(), out, 420, cudaMemcpyDefault));
  for (unsigned i = 0; i < 105; ++i) CHECK_EQ(host[i], i % 7 | i / 7 % 5 << 8 | i / 35 << 16);
  OK(cudaFree(out));
  int* sum = device_alloc<int>(1);
  OK(launch(&add_value, dim3(100, 10, 10), dim3(4, 4, 4), 0, nullptr, sum, 1));
  int total = 0;
  OK(cudaMemcpy(&total, sum, 4, cudaMemcpyDeviceToHost));
  CHECK_EQ(total, 640000);
}

static void symbols() {
  int *out = device_alloc<int>(6), host[6], value = 40, two[2] = {30, 31};
  size_t size = 0;
  void* address = nullptr;
  OK(cudaGetSymbolSize(&size, table));
  CHECK_EQ(size, 16);
  OK(cudaGetSymbolAddress(&address, counter));
  OK(cudaMemcpyToSymbol(counter, &value, 4, 0, cudaMemcpyHostToDevice));
  OK(cudaMemcpyToSymbol(table, two, 8, 8, cudaMemcpyHostToDevice));
  CHECK_EQ(cudaMemcpyToSymbol(table, two, 8, 12, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
  CHECK_EQ(cudaMemcpyToSymbol(&value, two, 4, 0, cudaMemcpyHostToDevice), cudaErrorInvalidSymbol);
  CHECK_EQ(cudaGetLastError(), cudaErrorInvalidSymbol);
  CHECK_EQ(*managed_value, 7);
  *managed_value = 70;
  OK(launch(&read_variables, 1, 1, 0, nullptr, out));
  OK(cudaMemcpy(host, out, 24, cudaMemcpyDeviceToHost));
  const int want[6] = {40, 1, 2, 30, 31, 70};
  for (int i = 0; i < 6; ++i) CHECK_EQ(host[i], want[i]);
  OK(cudaMemcpyFromSymbol(&value, counter, 4, 0, cudaMemcpyDeviceToHost));
  CHECK_EQ(value, 41);
  CHECK_EQ(*managed_value, 71);
}

static void pitched() {
  void* memory = nullptr;
  size_t pitch = 0;
  OK(cudaMallocPitch(&memory, &pitch, 100, 4));
  CHECK_EQ(pitch % 256, 0);
  std::vector<char> in(400), out(400);
  for (int i = 0; i < 400; ++i) in[i] = static_cast<char>(i);
  OK(cudaMemcpy2D(memory, pitch, in.data(), 100, 100, 4, cudaMemcpyHostToDevice));
  OK(cudaMemset2D(static_cast<char*>(memory) + 2 * pitch, pitch, 9, 50, 1));
  OK(cudaMemcpy2D(out.data(), 100, memory, pitch, 100, 4, cudaMemcpyDeviceToHost));
  for (int i = 0; i < 400; ++i) CHECK_EQ(out[i], i >= 200 && i < 250 ? 9 : static_cast<char>(i));
  CHECK_EQ(cudaMemcpy2D(memory, 50, in.data(), 100, 100, 4, cudaMemcpyHostToDevice), cudaErrorInvalidPitchValue);
  CHECK_EQ(cudaMemcpy2D(memory, pitch, in.data(), 100, 100, 5, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
  cudaGetLastError();
  OK(cudaFree(memory));
}

static void arrays() {
  const cudaChannelFormatDesc format = cudaCreateChannelDesc(32, 0, 0, 0, cudaChannelFormatKindSigned);
  cudaArray_t flat, cube;
  std::vector<int> in(60), out(60, -1);
  for (int i = 0; i < 60; ++i) in[i] = i;
  OK(cudaMallocArray(&flat, &format, 5, 4, 0));
  OK(cudaMemcpy2DToArray(flat, 0, 0, in.data(), 20, 20, 4, cudaMemcpyHostToDevice));
  OK(cudaMemcpy2DFromArray(out.data(), 8, flat, 8, 1, 8, 2, cudaMemcpyDeviceToHost));
  const int want[4] = {7, 8, 12, 13};
  for (int i = 0; i < 4; ++i) CHECK_EQ(out[i], want[i]);
  CHECK_EQ(cudaMemcpy2DToArray(flat, 4, 0, in.data(), 20, 20, 1, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
  OK(cudaMemcpyToArray(flat, 12, 0, in.data(), 16, cudaMemcpyHostToDevice));  // runs on into the next row
  OK(cudaMemcpyFromArray(out.data(), flat, 8, 0, 28, cudaMemcpyDeviceToHost));
  const int runs[7] = {2, 0, 1, 2, 3, 7, 8};
  for (int i = 0; i < 7; ++i) CHECK_EQ(out[i], runs[i]);
  OK(cudaFreeArray(flat));
  CHECK_EQ(cudaFreeArray(flat), cudaErrorInvalidResourceHandle);
  cudaGetLastError();
  OK(cudaMalloc3DArray(&cube, &format, cudaExtent{5, 4, 3}, 0));
  cudaMemcpy3DParms copy = {};
  copy.srcPtr = cudaPitchedPtr{in.data(), 20, 5, 4};
  copy.dstArray = cube;
  copy.extent = cudaExtent{5, 4, 3};
  copy.kind = cudaMemcpyHostToDevice;
  OK(cudaMemcpy3D(&copy));
  copy = {};
  copy.srcArray = cube;
  copy.srcPos = cudaPos{1, 2, 1};
  copy.dstPtr = cudaPitchedPtr{out.data(), 8, 2, 2};
  copy.extent = cudaExtent{2, 2, 2};
  copy.kind = cudaMemcpyDeviceToHost;
  OK(cudaMemcpy3D(&copy));
  const int box[8] = {31, 32, 36, 37, 51, 52, 56, 57};
  for (int i = 0; i < 8; ++i) CHECK_EQ(out[i], box[i]);
  OK(cudaFreeArray(cube));
}

static void cooperative() {
  const int blocks = 6;
  int *values = device_alloc<int>(blocks), *sums = device_alloc<int>(blocks), host[blocks];
  void* arguments[] = {&values, &sums};
  OK(cudaLaunchCooperativeKernel(&grid_sum, blocks, 32, arguments, 0, nullptr));
  OK(cudaMemcpy(host, sums, sizeof host, cudaMemcpyDeviceToHost));
  for (int i = 0; i < blocks; ++i) CHECK_EQ(host[i], 21 + 10 * i);
  CHECK_EQ(cudaLaunchCooperativeKernel(&grid_sum, 1 << 20, 32, arguments, 0, nullptr), cudaErrorCooperativeLaunchTooLarge);
  CHECK_EQ(cudaGetLastError(), cudaErrorCooperativeLaunchTooLarge);
}

static void device_heap() {
  int *ok = device_alloc<int>(1), host = 0;
  OK(launch(&heap, 1, 1, 0, nullptr, ok));
  OK(cudaMemcpy(&host, ok, 4, cudaMemcpyDeviceToHost));
  CHECK_EQ(host, 1);
}

int main() {
  vectors();
  fresh_memory_is_zero();
  every_block_once();
  symbols();
  pitched();
  arrays();
  cooperative();
  device_heap();
  OK(launch(&print_all, 1, 1, 0, nullptr));
  OK(cudaDeviceSynchronize());
  OK(cudaDeviceReset());
  vectors();
  std::puts("done");
}
