// Streams and events: copies and kernels that overlap, in the order the program asks for.
//
// Teaches: page-locked host memory (cudaMallocHost) and cudaMemcpyAsync, several streams, an event as a dependency
// between streams (cudaStreamWaitEvent) and as a clock (cudaEventElapsedTime), a host function in a stream, and
// cudaStreamQuery. Work in one stream runs in order; between streams only events and synchronisation give an order.
//
// Build: nvcc streams_events.cu -o streams_events

#include <atomic>
#include <vector>

#include "../common/check.h"

constexpr int STREAMS = 4, CHUNK = 1 << 16, THREADS = 256;

// Some work per element, so that a kernel takes a while: 64 steps of a linear congruential generator.
__host__ __device__ inline unsigned churn(unsigned value) {
  for (int turn = 0; turn < 64; ++turn) value = value * 1664525u + 1013904223u;
  return value;
}

__global__ void churn_all(unsigned* values, int count) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < count) values[i] = churn(values[i]);
}

// Adds all chunks: must not start before every stream has finished its own.
__global__ void add_chunks(const unsigned* values, unsigned* sums, int chunk, int chunks) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= chunk) return;
  unsigned sum = 0;
  for (int k = 0; k < chunks; ++k) sum += values[k * chunk + i];
  sums[i] = sum;
}

// Runs on a host thread when its stream gets there. It must not call CUDA functions.
void count_chunk(void* counter) { static_cast<std::atomic<int>*>(counter)->fetch_add(1); }

int main() {
  const int count = STREAMS * CHUNK;
  unsigned *host_values, *host_sums, *values, *sums;
  CUDA_CHECK(cudaMallocHost(&host_values, count * sizeof(unsigned)));
  CUDA_CHECK(cudaMallocHost(&host_sums, CHUNK * sizeof(unsigned)));
  CUDA_CHECK(cudaMalloc(&values, count * sizeof(unsigned)));
  CUDA_CHECK(cudaMalloc(&sums, CHUNK * sizeof(unsigned)));
  for (int i = 0; i < count; ++i) host_values[i] = 7u * i + 1;

  // Non-blocking streams do not wait for the default stream, nor it for them.
  std::vector<cudaStream_t> streams(STREAMS);
  std::vector<cudaEvent_t> done(STREAMS);
  for (int k = 0; k < STREAMS; ++k) {
    CUDA_CHECK(cudaStreamCreateWithFlags(&streams[k], cudaStreamNonBlocking));
    CUDA_CHECK(cudaEventCreateWithFlags(&done[k], cudaEventDisableTiming));
  }
  cudaEvent_t begin, end;
  CUDA_CHECK(cudaEventCreate(&begin));
  CUDA_CHECK(cudaEventCreate(&end));
  std::atomic<int> chunks_done{0};

  CUDA_CHECK(cudaEventRecord(begin, streams[0]));
  for (int k = 0; k < STREAMS; ++k) {
    unsigned* chunk = values + k * CHUNK;
    CUDA_CHECK(cudaMemcpyAsync(chunk, host_values + k * CHUNK, CHUNK * sizeof(unsigned), cudaMemcpyHostToDevice, streams[k]));
    churn_all<<<samples::blocks_for(CHUNK, THREADS), THREADS, 0, streams[k]>>>(chunk, CHUNK);
    CUDA_CHECK(cudaGetLastError());
    CUDA_CHECK(cudaLaunchHostFunc(streams[k], count_chunk, &chunks_done));
    CUDA_CHECK(cudaEventRecord(done[k], streams[k]));
  }

  // Stream 0 joins the others, then adds and copies back.
  for (int k = 1; k < STREAMS; ++k) CUDA_CHECK(cudaStreamWaitEvent(streams[0], done[k], 0));
  add_chunks<<<samples::blocks_for(CHUNK, THREADS), THREADS, 0, streams[0]>>>(values, sums, CHUNK, STREAMS);
  CUDA_CHECK(cudaGetLastError());
  CUDA_CHECK(cudaMemcpyAsync(host_sums, sums, CHUNK * sizeof(unsigned), cudaMemcpyDeviceToHost, streams[0]));
  CUDA_CHECK(cudaEventRecord(end, streams[0]));

  CUDA_CHECK(cudaEventSynchronize(end));  // the host waits here, and only here
  const bool all_done = chunks_done == STREAMS && cudaStreamQuery(streams[0]) == cudaSuccess;
  float milliseconds = -1;
  CUDA_CHECK(cudaEventElapsedTime(&milliseconds, begin, end));

  int wrong = 0;
  for (int i = 0; i < CHUNK; ++i) {
    unsigned sum = 0;
    for (int k = 0; k < STREAMS; ++k) sum += churn(host_values[k * CHUNK + i]);
    wrong += host_sums[i] != sum;
  }

  for (int k = 0; k < STREAMS; ++k) {
    CUDA_CHECK(cudaEventDestroy(done[k]));
    CUDA_CHECK(cudaStreamDestroy(streams[k]));
  }
  CUDA_CHECK(cudaEventDestroy(begin));
  CUDA_CHECK(cudaEventDestroy(end));
  CUDA_CHECK(cudaFreeHost(host_values));
  CUDA_CHECK(cudaFreeHost(host_sums));
  CUDA_CHECK(cudaFree(values));
  CUDA_CHECK(cudaFree(sums));
  return samples::verdict(wrong == 0 && all_done && milliseconds > 0,
                          "streams_events: %d streams, %d sums wrong, %d host functions ran, time %s", STREAMS, wrong,
                          chunks_done.load(), milliseconds > 0 ? "measured" : "missing");
}
