// Order of work in and between streams, events, callbacks. Each kernel writes its number into a log and takes a while, so that a
// missing dependency shows as a wrong order.
#include <atomic>
#include <thread>

#include "harness.hpp"

using namespace harness;

static int* log_memory;

static void expect_log(std::vector<int> want) {
  std::vector<int> got(64);
  OK(cudaMemcpy(got.data(), log_memory, 64 * 4, cudaMemcpyDeviceToHost));
  CHECK_EQ(got[0], want.size());
  for (size_t i = 0; i < want.size(); ++i) CHECK_EQ(got[i + 1], want[i]);
  OK(cudaMemset(log_memory, 0, 64 * 4));
}

static void put(int value, cudaStream_t stream) { OK(launch(&append, 1, 1, 0, stream, log_memory, value)); }

static void in_order_within_a_stream() {
  cudaStream_t s;
  OK(cudaStreamCreate(&s));
  for (int i = 1; i <= 10; ++i) put(i, s);
  CHECK_EQ(cudaStreamQuery(s), cudaErrorNotReady);
  cudaGetLastError();
  OK(cudaStreamSynchronize(s));
  OK(cudaStreamQuery(s));
  expect_log({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  OK(cudaStreamDestroy(s));
}

static void legacy_stream_waits_for_blocking_streams_and_they_for_it() {
  cudaStream_t a, b;
  OK(cudaStreamCreate(&a));
  OK(cudaStreamCreate(&b));
  put(1, a);
  put(2, nullptr);
  put(3, b);
  put(4, cudaStreamLegacy);
  put(5, a);
  OK(cudaDeviceSynchronize());
  expect_log({1, 2, 3, 4, 5});
  put(1, a);
  OK(cudaStreamDestroy(a));  // its work is still before the legacy stream's
  put(2, nullptr);
  OK(cudaStreamSynchronize(nullptr));
  expect_log({1, 2});
  OK(cudaStreamDestroy(b));
}

static void non_blocking_stream_runs_beside_the_legacy_stream() {
  cudaStream_t s;
  OK(cudaStreamCreateWithFlags(&s, cudaStreamNonBlocking));
  int *flag = device_alloc<int>(1), one = 1;
  OK(launch(&wait_flag, 1, 1, 0, nullptr, flag, 1));              // the legacy stream is busy until...
  OK(cudaMemcpyAsync(flag, &one, 4, cudaMemcpyHostToDevice, s));  // ...the other stream gets through
  OK(cudaStreamSynchronize(s));
  OK(cudaDeviceSynchronize());
  OK(cudaStreamDestroy(s));
}

static void two_blocking_streams_run_side_by_side() {
  cudaStream_t a, b;
  OK(cudaStreamCreate(&a));
  OK(cudaStreamCreate(&b));
  int* flag = device_alloc<int>(1);
  OK(launch(&wait_flag, 1, 1, 0, a, flag, 1));
  OK(launch(&add_value, 1, 1, 0, b, flag, 1));
  OK(cudaDeviceSynchronize());
  OK(cudaStreamDestroy(a));
  OK(cudaStreamDestroy(b));
}

static void events_order_streams() {
  cudaStream_t a, b;
  cudaEvent_t event, never;
  OK(cudaStreamCreateWithFlags(&a, cudaStreamNonBlocking));
  OK(cudaStreamCreateWithFlags(&b, cudaStreamNonBlocking));
  OK(cudaEventCreate(&event));
  OK(cudaEventCreateWithFlags(&never, cudaEventDisableTiming));
  OK(cudaEventQuery(never));
  OK(cudaStreamWaitEvent(b, never, 0));
  put(1, a);
  put(2, a);
  OK(cudaEventRecord(event, a));
  put(9, a);
  OK(cudaStreamWaitEvent(b, event, 0));
  CHECK_EQ(cudaEventQuery(event), cudaErrorNotReady);
  cudaGetLastError();
  OK(cudaStreamSynchronize(a));
  put(3, b);
  OK(cudaEventRecord(event, b));
  OK(cudaEventSynchronize(event));
  OK(cudaEventQuery(event));
  expect_log({1, 2, 9, 3});
  OK(cudaEventDestroy(event));
  OK(cudaEventDestroy(never));
  OK(cudaStreamDestroy(a));
  OK(cudaStreamDestroy(b));
}

static void events_measure() {
  cudaEvent_t start, stop;
  float ms = -1;
  OK(cudaEventCreate(&start));
  OK(cudaEventCreate(&stop));
  OK(cudaEventRecord(start, nullptr));
  for (int i = 0; i < 3; ++i) put(i, nullptr);
  OK(cudaEventRecord(stop, nullptr));
  OK(cudaEventSynchronize(stop));
  OK(cudaEventElapsedTime(&ms, start, stop));
  CHECK_EQ(ms >= 6.0f, true);  // three kernels of two milliseconds of busy waiting
  OK(cudaEventElapsedTime(&ms, stop, start));
  CHECK_EQ(ms <= -6.0f, true);
  OK(cudaMemset(log_memory, 0, 64 * 4));
}

static void host_functions_in_order() {
  static std::atomic<int> seen{0};
  put(1, nullptr);
  OK(cudaLaunchHostFunc(nullptr, [](void* log) { seen = static_cast<int*>(log)[0]; }, log_memory));
  put(2, nullptr);
  OK(cudaStreamAddCallback(
      nullptr,
      [](cudaStream_t stream, cudaError_t status, void* log) {
        if (stream == nullptr && status == cudaSuccess) seen += 10 * static_cast<int*>(log)[0];
      },
      log_memory, 0));
  OK(cudaDeviceSynchronize());
  CHECK_EQ(seen.load(), 21);
  expect_log({1, 2});
}

static void memory_in_stream_order() {
  cudaStream_t s;
  OK(cudaStreamCreate(&s));
  void* memory = nullptr;
  OK(cudaMallocAsync(&memory, 64, s));
  OK(cudaMemsetAsync(memory, 0, 64, s));
  OK(launch(&add_value, 1, 5, 0, s, memory, 2));
  int value = 0;
  OK(cudaMemcpyAsync(&value, memory, 4, cudaMemcpyDeviceToHost, s));
  OK(cudaFreeAsync(memory, s));
  OK(cudaStreamSynchronize(s));
  CHECK_EQ(value, 10);
  CHECK_EQ(cudaFreeAsync(memory, s), cudaErrorInvalidValue);
  cudaGetLastError();
  OK(cudaStreamDestroy(s));
}

static void thread_streams() {
  int* flag = device_alloc<int>(1);
  std::vector<std::thread> threads;
  // Each thread's own default stream: the first waits for what the second does.
  threads.emplace_back([=] {
    OK(launch(&wait_flag, 1, 1, 0, cudaStreamPerThread, flag, 4));
    OK(cudaStreamSynchronize(cudaStreamPerThread));
  });
  threads.emplace_back([=] {
    OK(launch(&add_value, 2, 2, 0, cudaStreamPerThread, flag, 1));
    OK(cudaStreamSynchronize(cudaStreamPerThread));
  });
  for (std::thread& t : threads) t.join();
}

static void many_threads_at_once() {
  int* sum = device_alloc<int>(1);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([=] {
      cudaStream_t own;
      OK(cudaStreamCreate(&own));
      for (int i = 0; i < 200; ++i) {
        OK(launch(&add_value, 8, 4, 0, i % 3 == 0 ? nullptr : own, sum, 1));
        if (i % 50 == 0) OK(cudaStreamSynchronize(own));
        if (i % 20 == 0) {
          void* scratch = nullptr;
          OK(cudaMalloc(&scratch, 100));
          OK(cudaMemset(scratch, i, 100));
          OK(cudaFree(scratch));
        }
      }
      OK(cudaStreamDestroy(own));
    });
  }
  for (std::thread& t : threads) t.join();
  int total = 0;
  OK(cudaMemcpy(&total, sum, 4, cudaMemcpyDeviceToHost));
  CHECK_EQ(total, 4 * 200 * 32);
}

// The program may read what it copied to ordinary memory, and change what it copies from there, as soon as the call returns.
static void copies_of_ordinary_memory() {
  cudaStream_t stream;
  int* memory = device_alloc<int>(1);
  OK(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
  OK(cudaMemsetAsync(memory, 0, 4, stream));
  OK(launch(&append, 1, 1, 0, stream, log_memory, 1));  // takes a while
  int value = 5;
  OK(cudaMemcpyAsync(memory, &value, 4, cudaMemcpyHostToDevice, stream));
  value = 6;
  OK(launch(&append, 1, 1, 0, stream, log_memory, 2));
  OK(cudaMemcpyAsync(&value, memory, 4, cudaMemcpyDeviceToHost, stream));
  CHECK_EQ(value, 5);
  expect_log({1, 2});
  OK(cudaStreamDestroy(stream));
  OK(cudaFree(memory));
}

int main() {
  log_memory = device_alloc<int>(64);
  in_order_within_a_stream();
  legacy_stream_waits_for_blocking_streams_and_they_for_it();
  non_blocking_stream_runs_beside_the_legacy_stream();
  two_blocking_streams_run_side_by_side();
  events_order_streams();
  events_measure();
  host_functions_in_order();
  memory_in_stream_order();
  thread_streams();
  many_threads_at_once();
  copies_of_ordinary_memory();
  std::puts("done");
}
