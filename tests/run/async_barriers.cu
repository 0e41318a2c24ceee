// Barriers in shared memory and asynchronous copies: cuda_awbarrier.h, cuda_pipeline.h, cooperative_groups/memcpy_async.h.
#include <cooperative_groups.h>
#include <cooperative_groups/memcpy_async.h>
#include <cuda_awbarrier.h>
#include <cuda_pipeline.h>

#include <cstdio>

namespace cg = cooperative_groups;
using nvcuda::experimental::awbarrier;
constexpr int THREADS = 128;

// Warp 0 produces, the others consume; two slots, a barrier for full and one for empty each.
__global__ void producer_and_consumers(const int* in, int* out, int rounds) {
  __shared__ int slot[2][32];
  __shared__ awbarrier full[2], empty[2];
  const int i = threadIdx.x, lane = i % 32;
  if (i < 2) {
    init(&full[i], THREADS);
    init(&empty[i], THREADS);
  }
  __syncthreads();
  int sum = 0;
  for (int round = 0; round < rounds; ++round) {
    const int at = round % 2;
    if (i < 32) {
      if (round >= 2) empty[at].arrive_and_wait();
      slot[at][lane] = in[round * 32 + lane];
      full[at].arrive();
    } else {
      full[at].wait(full[at].arrive());
      sum += slot[at][(lane + i / 32) % 32];
      if (round + 2 < rounds) empty[at].arrive();
    }
  }
  out[i] = sum;
}

__global__ void primitives(int* out) {
  __shared__ __mbarrier_t barrier;
  const int i = threadIdx.x;
  if (i == 0) __mbarrier_init(&barrier, 64);
  __syncthreads();
  bool parity = false;
  int seen = 0;
  // In each round one thread takes part for the last time.
  for (int round = 0; round < 5 && i < 64 - round; ++round) {
    const bool last = i == 63 - round;
    const __mbarrier_token_t token = last ? __mbarrier_arrive_and_drop(&barrier) : __mbarrier_arrive(&barrier);
    const unsigned pending = __mbarrier_token_pending_count(token);
    seen += pending > 0 && pending <= 64u - round;
    if (round % 2 == 0) {
      while (!__mbarrier_test_wait(&barrier, token)) {
      }
    } else {
      while (!__mbarrier_test_wait_parity(&barrier, parity)) {
      }
    }
    parity = !parity;
  }
  out[i] = seen;
}

__global__ void copies(const double* in, double* out, int stages) {
  __shared__ double buffer[4][THREADS];
  const int i = threadIdx.x;
  double sum = 0;
  for (int stage = 0; stage < stages + 3; ++stage) {
    if (stage < stages) __pipeline_memcpy_async(&buffer[stage % 4][i], in + stage * THREADS + i, 8, stage == 5 ? 8 : 0);
    __pipeline_commit();
    if (stage < 3) continue;
    __pipeline_wait_prior(3);
    __syncthreads();
    sum = sum * 3 + buffer[(stage - 3) % 4][THREADS - 1 - i];
    __syncthreads();
  }
  out[i] = sum;
}

__global__ void group_copies(const char* in, char* out, int bytes) {
  __shared__ alignas(16) char buffer[3 * 1024];
  const cg::thread_block block = cg::this_thread_block();
  cg::memcpy_async(block, buffer, in, bytes);
  cg::wait(block);
  for (int i = (int)block.thread_rank(); i < bytes; i += (int)block.size()) out[i] = buffer[bytes - 1 - i];
  block.sync();
  const auto tile = cg::tiled_partition<32>(block);
  const short* from = reinterpret_cast<const short*>(in);
  short* part = reinterpret_cast<short*>(buffer) + tile.meta_group_rank() * 64;
  cg::memcpy_async(tile, part, 64, from + tile.meta_group_rank() * 64, 50);
  cg::memcpy_async(tile, part + 50, from, 8 * sizeof(short));
  cg::wait_prior<1>(tile);
  out[bytes + tile.meta_group_rank() * 32 + tile.thread_rank()] = (char)part[49 - tile.thread_rank()];
  cg::wait(tile);
  if (tile.thread_rank() == 0) out[bytes + THREADS + tile.meta_group_rank()] = (char)part[57];
}

struct Record {
  int key;
  double values[5];
};
__global__ void records(const Record* in, Record* out) {
  __shared__ Record kept[THREADS];
  nvcuda::experimental::pipeline pipe;
  const int i = threadIdx.x;
  nvcuda::experimental::memcpy_async(kept[i], in[i], pipe);
  const size_t batch = pipe.commit();
  pipe.wait(batch);
  __syncthreads();
  out[i] = kept[THREADS - 1 - i];
}

void report(const char* what, int wrong) { printf("%s: %d wrong\n", what, wrong); }
bool ran(const char* what) {
  const cudaError_t error = cudaDeviceSynchronize();
  if (error != cudaSuccess) printf("%s: %s\n", what, cudaGetErrorName(error));
  return error == cudaSuccess;
}

int main() {
  constexpr int ROUNDS = 9;
  double *in, *out;
  cudaMallocManaged(&in, 8192 * sizeof(double));
  cudaMallocManaged(&out, 8192 * sizeof(double));
  int *in_numbers = reinterpret_cast<int*>(in), *out_numbers = reinterpret_cast<int*>(out);

  int wrong = 0;
  for (int i = 0; i < ROUNDS * 32; ++i) in_numbers[i] = i * i % 1000;
  producer_and_consumers<<<1, THREADS>>>(in_numbers, out_numbers, ROUNDS);
  if (!ran("producer")) return 1;
  for (int i = 32; i < THREADS; ++i) {
    int sum = 0;
    for (int round = 0; round < ROUNDS; ++round) sum += in_numbers[round * 32 + (i % 32 + i / 32) % 32];
    wrong += out_numbers[i] != sum;
  }
  report("producer and consumers", wrong);

  wrong = 0;
  primitives<<<1, 64>>>(out_numbers);
  if (!ran("primitives")) return 1;
  for (int i = 0; i < 64; ++i) wrong += out_numbers[i] != (64 - i < 5 ? 64 - i : 5);
  report("primitives", wrong);

  wrong = 0;
  for (int i = 0; i < 8 * THREADS; ++i) in[i] = i % 97;
  copies<<<1, THREADS>>>(in, out, 8);
  if (!ran("copies")) return 1;
  for (int i = 0; i < THREADS; ++i) {
    double sum = 0;
    for (int stage = 0; stage < 8; ++stage) sum = sum * 3 + (stage == 5 ? 0 : in[stage * THREADS + THREADS - 1 - i]);
    wrong += out[i] != sum;
  }
  report("copies", wrong);

  char *in_bytes = reinterpret_cast<char*>(in), *out_bytes = reinterpret_cast<char*>(out);
  for (int i = 0; i < 4096; ++i) in_bytes[i] = (char)(i * 7 % 101);
  for (int bytes : {4, 48, 1000, 1001, 2048, 3072}) {
    wrong = 0;
    group_copies<<<1, THREADS>>>(in_bytes, out_bytes, bytes);
    if (!ran("group copies")) return 1;
    for (int i = 0; i < bytes; ++i) wrong += out_bytes[i] != in_bytes[bytes - 1 - i];
    for (int i = 0; i < THREADS; ++i) wrong += out_bytes[bytes + i] != in_bytes[2 * (i / 32 * 64 + 49 - i % 32)];
    for (int t = 0; t < THREADS / 32; ++t) wrong += out_bytes[bytes + THREADS + t] != in_bytes[2 * 7];
    report("group copies", wrong);
  }

  wrong = 0;
  auto *in_records = reinterpret_cast<Record*>(in), *out_records = reinterpret_cast<Record*>(out);
  for (int i = 0; i < THREADS; ++i) in_records[i] = Record{i, {i * 1.0, i * 2.0, i * 3.0, i * 4.0, i * 5.0}};
  records<<<1, THREADS>>>(in_records, out_records);
  if (!ran("records")) return 1;
  for (int i = 0; i < THREADS; ++i) {
    wrong += out_records[i].key != THREADS - 1 - i || out_records[i].values[4] != 5.0 * (THREADS - 1 - i);
  }
  report("records", wrong);
}
