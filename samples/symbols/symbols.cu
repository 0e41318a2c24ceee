// Variables that live on the device: __constant__ and __device__ symbols.
//
// Teaches: cudaMemcpyToSymbol and cudaMemcpyFromSymbol (with offsets), cudaGetSymbolAddress and cudaGetSymbolSize,
// constant memory (read by all threads at the same address: one broadcast), static initialisers, and a __device__
// variable that keeps its value from launch to launch.
//
// Build: nvcc symbols.cu -o symbols

#include <cmath>
#include <vector>

#include "../common/check.h"

constexpr int DEGREE = 5;

__constant__ float coefficients[DEGREE + 1];        // set by the host before the launch
__constant__ int shifts[4] = {1, 2, 4, 8};          // set when the program is loaded
__device__ unsigned evaluations = 100;              // survives launches
__device__ float table[16];                         // filled through its address
static __device__ const char message[] = "device";  // only used on the device

// Horner's rule; fmaf makes the result the same on every processor.
__global__ void evaluate(const float* points, float* values, int count) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= count) return;
  float sum = coefficients[DEGREE];
  for (int power = DEGREE - 1; power >= 0; --power) sum = fmaf(sum, points[i], coefficients[power]);
  values[i] = sum + table[i % 16] + shifts[i % 4] + (message[i % 6] == 'd');
  atomicAdd(&evaluations, 1u);
}

int main() {
  const int count = 5000;
  const float polynomial[DEGREE + 1] = {1.0f, -0.5f, 0.25f, 3.0f, -2.0f, 0.125f};
  std::vector<float> points(count), values(count), filling(16);
  for (int i = 0; i < count; ++i) points[i] = -1 + 2.0f * i / count;
  for (int i = 0; i < 16; ++i) filling[i] = 1000.0f * i;

  // The first three coefficients, then the rest at their byte offset.
  CUDA_CHECK(cudaMemcpyToSymbol(coefficients, polynomial, 3 * sizeof(float)));
  CUDA_CHECK(cudaMemcpyToSymbol(coefficients, polynomial + 3, 3 * sizeof(float), 3 * sizeof(float)));

  void* table_address = nullptr;
  size_t table_bytes = 0;
  CUDA_CHECK(cudaGetSymbolAddress(&table_address, table));
  CUDA_CHECK(cudaGetSymbolSize(&table_bytes, table));
  CUDA_CHECK(cudaMemcpy(table_address, filling.data(), table_bytes, cudaMemcpyHostToDevice));

  float *device_points, *device_values;
  CUDA_CHECK(cudaMalloc(&device_points, count * sizeof(float)));
  CUDA_CHECK(cudaMalloc(&device_values, count * sizeof(float)));
  CUDA_CHECK(cudaMemcpy(device_points, points.data(), count * sizeof(float), cudaMemcpyHostToDevice));
  for (int launch = 0; launch < 2; ++launch) {
    evaluate<<<samples::blocks_for(count, 128), 128>>>(device_points, device_values, count);
    CUDA_CHECK(cudaGetLastError());
  }
  CUDA_CHECK(cudaMemcpy(values.data(), device_values, count * sizeof(float), cudaMemcpyDeviceToHost));
  unsigned evaluated = 0;
  CUDA_CHECK(cudaMemcpyFromSymbol(&evaluated, evaluations, sizeof(evaluated)));
  CUDA_CHECK(cudaFree(device_points));
  CUDA_CHECK(cudaFree(device_values));

  // Every operation is specified to the bit (fmaf and additions in a fixed order), so the results are equal.
  int wrong = 0;
  for (int i = 0; i < count; ++i) {
    float sum = polynomial[DEGREE];
    for (int power = DEGREE - 1; power >= 0; --power) sum = std::fmaf(sum, points[i], polynomial[power]);
    const float expected = sum + filling[i % 16] + (1 << i % 4) + (i % 6 == 0);
    wrong += values[i] != expected;
  }
  const bool pass = wrong == 0 && evaluated == 100 + 2 * count && table_bytes == 16 * sizeof(float);
  return samples::verdict(pass, "symbols: %d of %d values wrong, counter %u (expected %d)", wrong, count, evaluated,
                          100 + 2 * count);
}
