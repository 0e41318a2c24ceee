// cuda::barrier, latch, counting_semaphore, pipeline and memcpy_async, in shared and in global memory.
#include <cooperative_groups.h>

#include <cstdio>
#include <cuda/barrier>
#include <cuda/latch>
#include <cuda/pipeline>
#include <cuda/semaphore>

namespace cg = cooperative_groups;
constexpr int threads = 96;

template <cuda::thread_scope scope>
__device__ void phases(cuda::barrier<scope>& barrier, int* data, int* wrong) {
  int me = threadIdx.x, next = (me + 1) % threads;
  for (int phase = 0; phase < 4; phase++) {
    data[me] = phase * 100 + me;
    barrier.arrive_and_wait();
    if (data[next] != phase * 100 + next) atomicAdd(wrong, 1);
    auto token = barrier.arrive();
    barrier.wait(static_cast<decltype(token)&&>(token));
  }
  // The last third leaves; the others go on without them.
  if (me >= 64) {
    barrier.arrive_and_drop();
    return;
  }
  data[me] = -me;
  barrier.arrive_and_wait();
  if (data[me ^ 1] != -(me ^ 1)) atomicAdd(wrong, 1);
  barrier.arrive();
  barrier.wait_parity(true);  // of the tenth phase
}

__global__ void in_shared_memory(int* wrong) {
  __shared__ cuda::barrier<cuda::thread_scope_block> barrier;
  __shared__ int data[threads];
  if (!threadIdx.x) init(&barrier, threads);
  __syncthreads();
  phases(barrier, data, wrong);
}

__device__ cuda::barrier<cuda::thread_scope_device> global_barrier{threads};
__device__ int global_data[threads];

__global__ void in_global_memory(int* wrong) { phases(global_barrier, global_data, wrong); }

/// Runs when a phase completes, once, before anybody goes on.
struct Count {
  int* completed;
  __device__ void operator()() noexcept { ++*completed; }
};

__global__ void with_completion(int* wrong) {
  __shared__ char storage[sizeof(cuda::barrier<cuda::thread_scope_block, Count>)] __attribute__((aligned(16)));
  __shared__ int completed;
  auto& barrier = *reinterpret_cast<cuda::barrier<cuda::thread_scope_block, Count>*>(storage);
  if (!threadIdx.x) completed = 0, new (storage) cuda::barrier<cuda::thread_scope_block, Count>(threads, Count{&completed});
  __syncthreads();
  for (int phase = 1; phase < 5; phase++) {
    barrier.arrive_and_wait();
    if (*static_cast<volatile int*>(&completed) != phase) atomicAdd(wrong, 1);
    __syncthreads();
  }
}

__global__ void latches(int* wrong) {
  __shared__ char storage[sizeof(cuda::latch<cuda::thread_scope_block>)] __attribute__((aligned(16)));
  auto& done = *reinterpret_cast<cuda::latch<cuda::thread_scope_block>*>(storage);
  __shared__ int count;
  if (!threadIdx.x) count = 0, new (storage) cuda::latch<cuda::thread_scope_block>(threads);
  __syncthreads();
  atomicAdd(&count, 1);
  if (threadIdx.x % 32 == 0)
    done.arrive_and_wait();
  else
    done.count_down(), done.wait();
  if (atomicAdd(&count, 0) != threads || !done.try_wait()) atomicAdd(wrong, 1);
}

__global__ void semaphores(int* wrong) {
  using Semaphore = cuda::counting_semaphore<cuda::thread_scope_block, 2>;
  __shared__ char storage[sizeof(Semaphore)] __attribute__((aligned(16)));
  __shared__ int inside;
  auto& semaphore = *reinterpret_cast<Semaphore*>(storage);
  if (!threadIdx.x) inside = 0, new (storage) Semaphore(2);
  __syncthreads();
  if (threadIdx.x % 32 == 0)
    for (int round = 0; round < 3; round++) {
      semaphore.acquire();
      if (atomicAdd(&inside, 1) > 1) atomicAdd(wrong, 1);
      atomicSub(&inside, 1);
      semaphore.release();
    }
  __syncthreads();
  if (!threadIdx.x && !(semaphore.try_acquire() && semaphore.try_acquire() && !semaphore.try_acquire())) atomicAdd(wrong, 1);
}

/// Copies tile after tile in, two at a time, adds one, and checks; `T` gives the alignment of what is copied.
template <class T>
__global__ void pipelines(const T* in, int tiles, int* wrong) {
  __shared__ T tile[2][threads];
  __shared__ cuda::pipeline_shared_state<cuda::thread_scope_block, 2> state;
  auto block = cg::this_thread_block();
  auto pipeline = cuda::make_pipeline(block, &state);
  for (int fetched = 0, used = 0; used < tiles; used++) {
    for (; fetched < tiles && fetched < used + 2; fetched++) {
      pipeline.producer_acquire();
      cuda::memcpy_async(block, tile[fetched % 2], in + fetched * threads, cuda::aligned_size_t<alignof(T)>(sizeof tile[0]),
                         pipeline);
      pipeline.producer_commit();
    }
    pipeline.consumer_wait();
    int other = threads - 1 - threadIdx.x;
    if (tile[used % 2][other] != in[used * threads + other]) atomicAdd(wrong, 1);
    pipeline.consumer_release();
  }
}

template <class T>
__global__ void own_pipeline(const T* in, int* wrong) {
  __shared__ T tile[2][threads];
  cuda::pipeline<cuda::thread_scope_thread> pipeline = cuda::make_pipeline();
  for (int i = 0; i < 2; i++) {
    pipeline.producer_acquire();
    cuda::memcpy_async(&tile[i][threadIdx.x], in + i * threads + threadIdx.x, sizeof(T), pipeline);
    pipeline.producer_commit();
  }
  cuda::pipeline_consumer_wait_prior<1>(pipeline);
  if (tile[0][threadIdx.x] != in[threadIdx.x]) atomicAdd(wrong, 1);
  cuda::pipeline_consumer_wait_prior<0>(pipeline);
  if (tile[1][threadIdx.x] != in[threads + threadIdx.x]) atomicAdd(wrong, 1);
}

template <class T>
__global__ void copies_with_barrier(const T* in, int* wrong) {
  __shared__ cuda::barrier<cuda::thread_scope_block> barrier;
  __shared__ T tile[threads];
  auto block = cg::this_thread_block();
  if (!threadIdx.x) init(&barrier, threads);
  block.sync();
  cuda::memcpy_async(block, tile, in, sizeof tile, barrier);
  barrier.arrive_and_wait();
  if (tile[threads - 1 - threadIdx.x] != in[threads - 1 - threadIdx.x]) atomicAdd(wrong, 1);
}

int *wrong, failures;

void report(const char* name) {
  cudaError_t status = cudaDeviceSynchronize();
  bool right = status == cudaSuccess && !*wrong;
  printf("%s %s %s %d\n", name, right ? "ok" : "WRONG", cudaGetErrorString(status), *wrong);
  failures += !right, *wrong = 0;
}

template <class T>
void copies(const char* name) {
  T* in;
  cudaMallocManaged(&in, 5 * threads * sizeof(T));
  for (int i = 0; i < 5 * threads; i++) in[i] = static_cast<T>(i * 7 + 1);
  pipelines<T><<<1, threads>>>(in, 5, wrong);
  own_pipeline<T><<<1, threads>>>(in, wrong);
  copies_with_barrier<T><<<1, threads>>>(in, wrong);
  report(name);
  cudaFree(in);
}

int main() {
  cudaMallocManaged(&wrong, sizeof *wrong), *wrong = 0;
  in_shared_memory<<<1, threads>>>(wrong), report("barrier in shared memory");
  in_global_memory<<<1, threads>>>(wrong), report("barrier in global memory");
  with_completion<<<1, threads>>>(wrong), report("barrier with a completion function");
  latches<<<1, threads>>>(wrong), report("latch");
  semaphores<<<1, threads>>>(wrong), report("semaphore");
  copies<int>("copies of int"), copies<double>("copies of double"), copies<unsigned char>("copies of unsigned char");
  return failures;
}
