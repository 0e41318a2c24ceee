// soak <calls> <threads>: mixed calls from several threads. Each thread keeps books of what its kernels, copies and callbacks must
// have done; in the end the books agree, nothing is left alive, and memory has not grown.
#include <atomic>
#include <cinttypes>
#include <cstring>
#include <random>
#include <thread>

#include "harness.hpp"

using namespace harness;

namespace {

struct Census {  // core/census.hpp
  size_t allocations, streams, events, graphs, graph_execs, arrays, pools;
};

constexpr int kInts = 1024;
std::atomic<uint64_t> calls{0};
uint64_t wanted;

size_t resident_kib() {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word) {
    if (word == "VmRSS:") break;
  }
  size_t kib = 0;
  status >> kib;
  return kib;
}

// One thread's world: a stream, memory that its kernels add to, and what they must have added.
class Worker {
 public:
  explicit Worker(unsigned seed) : random_(seed) {
    OK(cudaStreamCreateWithFlags(&stream_, seed % 2 == 0 ? cudaStreamDefault : cudaStreamNonBlocking));
    OK(cudaEventCreate(&event_));
    OK(cudaEventCreateWithFlags(&untimed_, cudaEventDisableTiming));
    OK(cudaMallocHost(reinterpret_cast<void**>(&pinned_), kInts * sizeof(int)));
    counter_ = device_alloc<int>(1);
    table_ = device_alloc<int>(kInts);
    OK(cudaDeviceSynchronize());
  }

  ~Worker() {
    OK(cudaStreamSynchronize(stream_));
    int got = 0;
    OK(cudaMemcpyAsync(&got, counter_, sizeof got, cudaMemcpyDeviceToHost, stream_));
    OK(cudaStreamSynchronize(stream_));
    CHECK_EQ(static_cast<unsigned>(got), static_cast<unsigned>(added_));
    CHECK_EQ(called_.load(), called_back_);
    OK(cudaFree(counter_));
    OK(cudaFree(table_));
    OK(cudaFreeHost(pinned_));
    OK(cudaEventDestroy(event_));
    OK(cudaEventDestroy(untimed_));
    OK(cudaStreamDestroy(stream_));
  }

  void work() {
    using Step = void (Worker::*)();
    static constexpr Step steps[] = {&Worker::launches,      &Worker::launches, &Worker::copies, &Worker::copies,
                                     &Worker::fills,         &Worker::events,   &Worker::events, &Worker::queries,
                                     &Worker::synchronously, &Worker::memory,   &Worker::async,  &Worker::callbacks,
                                     &Worker::streams,       &Worker::errors,   &Worker::graphs, &Worker::pools};
    while (calls.load(std::memory_order_relaxed) < wanted) (this->*steps[random_() % std::size(steps)])();
  }

 private:
  template <typename... Calls>
  void count(Calls... made) {
    for (const cudaError_t error : {made...}) OK(error);
    calls.fetch_add(sizeof...(made), std::memory_order_relaxed);
  }

  void launches() {
    const unsigned blocks = 1 + random_() % 3;
    for (int i = 0; i < 4; ++i) {
      count(launch(&add_value, blocks, 8, 0, stream_, counter_, 1));
      added_ += blocks * 8;
    }
  }

  void copies() {
    const int first = static_cast<int>(random_());
    for (int i = 0; i < kInts; ++i) pinned_[i] = first + i;
    count(cudaMemcpyAsync(table_, pinned_, kInts * sizeof(int), cudaMemcpyHostToDevice, stream_),
          cudaMemcpyAsync(pinned_, table_ + 1, (kInts - 1) * sizeof(int), cudaMemcpyDeviceToHost, stream_),
          cudaStreamSynchronize(stream_));
    CHECK_EQ(pinned_[kInts - 2], first + kInts - 1);
  }

  void fills() {
    const int value = static_cast<int>(random_() % 256);
    count(cudaMemsetAsync(table_, value, kInts * sizeof(int), stream_),
          cudaMemcpyAsync(pinned_, table_, sizeof(int), cudaMemcpyDeviceToHost, stream_), cudaStreamSynchronize(stream_));
    CHECK_EQ(pinned_[0], value * 0x01010101);
  }

  void events() {
    float milliseconds = -1;
    count(cudaEventRecord(event_, stream_), cudaStreamWaitEvent(stream_, event_, 0), cudaEventRecord(untimed_, stream_),
          cudaEventSynchronize(untimed_), cudaEventQuery(event_), cudaEventElapsedTime(&milliseconds, event_, event_));
    CHECK_EQ(milliseconds, 0);
  }

  void queries() {
    int device = -1;
    size_t size = 0;
    cudaFuncAttributes attributes;
    cudaPointerAttributes pointer;
    count(cudaGetDevice(&device), cudaDeviceGetLimit(&size, cudaLimitMallocHeapSize), cudaFuncGetAttributes(&attributes, &empty),
          cudaPointerGetAttributes(&pointer, table_ + 5), cudaGetLastError());
    CHECK_EQ(pointer.type, cudaMemoryTypeDevice);
  }

  void synchronously() {
    const int value = static_cast<int>(random_());
    int got = 0;
    count(cudaMemcpy(table_, &value, sizeof value, cudaMemcpyHostToDevice),
          cudaMemcpy(&got, table_, sizeof got, cudaMemcpyDeviceToHost));
    CHECK_EQ(got, value);
  }

  void memory() {
    void *one = nullptr, *other = nullptr;
    count(cudaMalloc(&one, 64 + random_() % 5000), cudaMallocManaged(&other, 256, cudaMemAttachGlobal), cudaFree(one),
          cudaFree(other));
  }

  void async() {
    int* memory = nullptr;
    count(cudaMallocAsync(reinterpret_cast<void**>(&memory), 1 + random_() % 9000, stream_), cudaMemsetAsync(memory, 1, 1, stream_),
          cudaFreeAsync(memory, stream_));
  }

  void callbacks() {
    count(cudaLaunchHostFunc(stream_, [](void* self) { static_cast<Worker*>(self)->called_.fetch_add(1); }, this));
    ++called_back_;
  }

  void streams() {
    if (random_() % 8 != 0) return;
    cudaStream_t stream;
    count(cudaStreamCreateWithPriority(&stream, cudaStreamNonBlocking, -static_cast<int>(random_() % 5)));
    count(cudaEventRecord(event_, stream_), cudaStreamWaitEvent(stream, event_, 0),
          launch(&add_value, 1, 8, 0, stream, counter_, 2), cudaEventRecord(untimed_, stream),
          cudaStreamWaitEvent(stream_, untimed_, 0), cudaStreamDestroy(stream));
    added_ += 16;
  }

  void errors() {
    CHECK_EQ(cudaFree(reinterpret_cast<void*>(0x10)), cudaErrorInvalidValue);
    CHECK_EQ(cudaEventDestroy(reinterpret_cast<cudaEvent_t>(0x10)), cudaErrorInvalidResourceHandle);
    CHECK_EQ(cudaGetLastError(), cudaErrorInvalidResourceHandle);
    calls.fetch_add(3, std::memory_order_relaxed);
  }

  void graphs() {
    if (random_() % 8 != 0) return;
    cudaStream_t recorder;
    cudaGraph_t graph;
    cudaGraphExec_t exec;
    count(cudaStreamCreateWithFlags(&recorder, cudaStreamNonBlocking));
    count(cudaStreamBeginCapture(recorder, cudaStreamCaptureModeThreadLocal));
    for (int i = 0; i < 3; ++i) count(launch(&add_value, 1, 8, 0, recorder, counter_, 1));
    count(cudaStreamEndCapture(recorder, &graph));
    count(cudaGraphInstantiate(&exec, graph, 0));
    count(cudaGraphLaunch(exec, stream_), cudaGraphLaunch(exec, stream_), cudaGraphExecDestroy(exec), cudaGraphDestroy(graph),
          cudaStreamDestroy(recorder));
    added_ += 2 * 3 * 8;
  }

  void pools() {
    if (random_() % 8 != 0) return;
    cudaMemPoolProps properties = {};
    properties.allocType = cudaMemAllocationTypePinned;
    properties.location.type = cudaMemLocationTypeDevice;
    cudaMemPool_t pool;
    void* memory;
    count(cudaMemPoolCreate(&pool, &properties));
    count(cudaMallocFromPoolAsync(&memory, 512, pool, stream_), cudaFreeAsync(memory, stream_), cudaStreamSynchronize(stream_),
          cudaMemPoolTrimTo(pool, 0), cudaMemPoolDestroy(pool));
  }

  std::mt19937 random_;
  cudaStream_t stream_;
  cudaEvent_t event_, untimed_;
  int *pinned_, *counter_, *table_;
  uint64_t added_ = 0;
  uint64_t called_back_ = 0;
  std::atomic<uint64_t> called_{0};
};

void run(uint64_t until, unsigned threads) {
  wanted = until;
  std::vector<std::thread> all;
  for (unsigned i = 0; i < threads; ++i) all.emplace_back([i] { Worker(i + 1).work(); });
  for (std::thread& one : all) one.join();
  OK(cudaDeviceSynchronize());
}

}  // namespace

extern "C" void __cw_census(Census*);

int main(int, char** argv) {
  const uint64_t total = std::strtoull(argv[1], nullptr, 10);
  const auto threads = static_cast<unsigned>(std::atoi(argv[2]));
  run(total / 5, threads);
  const size_t before = resident_kib();
  run(total, threads);
  const size_t after = resident_kib();
  Census left = {};
  __cw_census(&left);
  const size_t alive = left.allocations + left.streams + left.events + left.graphs + left.graph_execs + left.arrays + left.pools;
  std::printf("%" PRIu64 " calls, %zu KiB then %zu KiB, alive: %zu memory, %zu streams, %zu events, %zu graphs, %zu executables\n",
              calls.load(), before, after, left.allocations, left.streams, left.events, left.graphs, left.graph_execs);
  CHECK_EQ(alive, 0);
  CHECK_EQ(after > before + 16 * 1024, false);
  std::puts("done");
}
