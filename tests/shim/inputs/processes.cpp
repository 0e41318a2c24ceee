// Device memory and events of one process in another one. With an argument this is the other process.
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

#include "harness.hpp"

using namespace harness;

#define FAILS(call, error)               \
  do {                                   \
    CHECK_EQ(call, error);               \
    CHECK_EQ(cudaGetLastError(), error); \
  } while (0)

struct Message {
  cudaIpcMemHandle_t small, large;
  cudaIpcEventHandle_t ready, done;
};

constexpr int kLarge = 1 << 20;

// Waits for `ready` on its own stream, adds 5 to the first value, fills the large memory, records `done`.
static void other_process(const Message& message) {
  void *small, *again, *large, *none;
  cudaEvent_t ready, done;
  cudaStream_t stream;
  OK(cudaStreamCreate(&stream));
  OK(cudaIpcOpenMemHandle(&small, message.small, cudaIpcMemLazyEnablePeerAccess));
  OK(cudaIpcOpenMemHandle(&again, message.small, cudaIpcMemLazyEnablePeerAccess));
  CHECK_EQ(small == again, true);
  OK(cudaIpcOpenMemHandle(&large, message.large, cudaIpcMemLazyEnablePeerAccess));
  OK(cudaIpcOpenEventHandle(&ready, message.ready));
  OK(cudaIpcOpenEventHandle(&done, message.done));
  cudaPointerAttributes attributes;
  OK(cudaPointerGetAttributes(&attributes, small));
  CHECK_EQ(attributes.type, cudaMemoryTypeDevice);
  std::puts("open");
  std::fflush(stdout);
  OK(cudaStreamWaitEvent(stream, ready, 0));
  OK(launch(&add_value, 1, 5, 0, stream, small, 1));
  OK(cudaMemsetAsync(large, 9, kLarge, stream));
  OK(cudaEventRecord(done, stream));
  OK(cudaStreamSynchronize(stream));
  OK(cudaIpcCloseMemHandle(again));
  OK(cudaMemset(static_cast<char*>(small) + 4, 1, 1));  // still open once
  OK(cudaIpcCloseMemHandle(small));
  FAILS(cudaIpcCloseMemHandle(small), cudaErrorInvalidValue);
  FAILS(cudaFree(large), cudaErrorInvalidValue);
  OK(cudaIpcCloseMemHandle(large));
  cudaIpcMemHandle_t broken = message.small;
  broken.reserved[0] ^= 1;
  FAILS(cudaIpcOpenMemHandle(&none, broken, cudaIpcMemLazyEnablePeerAccess), cudaErrorInvalidResourceHandle);
  FAILS(cudaIpcOpenMemHandle(&none, message.small, 0), cudaErrorInvalidValue);
  OK(cudaEventDestroy(ready));
  OK(cudaEventDestroy(done));
}

// Starts this program again, with the message as its input; its output comes through *output.
static pid_t start(const char* program, const Message& message, int* output) {
  int in[2], out[2];
  CHECK_EQ(pipe(in), 0);
  CHECK_EQ(pipe(out), 0);
  CHECK_EQ(write(in[1], &message, sizeof message), sizeof message);
  const pid_t child = fork();
  if (child == 0) {
    dup2(in[0], 0);
    dup2(out[1], 1);
    execl(program, program, "other", nullptr);
    _exit(9);
  }
  close(out[1]);
  *output = out[0];
  return child;
}

static void exchange(const char* program) {
  int *small = device_alloc<int>(2), host[2] = {37, 0};
  char* large = device_alloc<char>(kLarge);
  Message message;
  void* none;
  cudaEvent_t ready, done;
  OK(cudaEventCreateWithFlags(&ready, cudaEventInterprocess | cudaEventDisableTiming));
  OK(cudaEventCreateWithFlags(&done, cudaEventInterprocess | cudaEventDisableTiming));
  OK(cudaEventQuery(done));
  OK(cudaIpcGetMemHandle(&message.small, small));
  OK(cudaIpcGetMemHandle(&message.large, large + 100));
  OK(cudaIpcGetEventHandle(&message.ready, ready));
  OK(cudaIpcGetEventHandle(&message.done, done));
  FAILS(cudaIpcOpenMemHandle(&none, message.small, cudaIpcMemLazyEnablePeerAccess), cudaErrorDeviceUninitialized);
  // The event is not reached before the other process is told to wait for it.
  int* flag = device_alloc<int>(1);
  cudaStream_t stream, side;
  OK(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
  OK(cudaStreamCreateWithFlags(&side, cudaStreamNonBlocking));
  OK(launch(&wait_flag, 1, 1, 0, stream, flag, 1));
  OK(cudaMemcpyAsync(small, host, sizeof host, cudaMemcpyHostToDevice, stream));
  OK(cudaEventRecord(ready, stream));
  FAILS(cudaEventQuery(ready), cudaErrorNotReady);
  int output = -1, status = -1;
  const pid_t child = start(program, message, &output);
  char line[5] = {};
  CHECK_EQ(read(output, line, sizeof line), sizeof line);
  const int go = 1;
  OK(cudaMemcpyAsync(flag, &go, 4, cudaMemcpyHostToDevice, side));
  OK(cudaEventSynchronize(ready));
  waitpid(child, &status, 0);
  if (status != 0) {
    char text[500] = {};
    if (read(output, text, sizeof text - 1) > 0) std::puts(text);
  }
  CHECK_EQ(status, 0);
  OK(cudaEventSynchronize(done));
  std::vector<char> seen(kLarge);
  OK(cudaMemcpy(host, small, sizeof host, cudaMemcpyDeviceToHost));
  OK(cudaMemcpy(seen.data(), large, kLarge, cudaMemcpyDeviceToHost));
  CHECK_EQ(host[0], 42);
  CHECK_EQ(host[1], 1);
  CHECK_EQ(seen[0] + seen[kLarge - 1], 18);
  OK(cudaStreamDestroy(stream));
  OK(cudaStreamDestroy(side));
  OK(cudaFree(small));
  OK(cudaFree(large));
  OK(cudaFree(flag));
}

static void bad_input() {
  cudaIpcMemHandle_t handle;
  cudaIpcEventHandle_t event_handle;
  cudaEvent_t event;
  void *managed, *async;
  int local;
  FAILS(cudaIpcGetMemHandle(&handle, &local), cudaErrorInvalidValue);
  FAILS(cudaIpcGetMemHandle(nullptr, &local), cudaErrorInvalidValue);
  OK(cudaMallocManaged(&managed, 64, cudaMemAttachGlobal));
  FAILS(cudaIpcGetMemHandle(&handle, managed), cudaErrorInvalidValue);
  OK(cudaMallocAsync(&async, 64, nullptr));
  FAILS(cudaIpcGetMemHandle(&handle, async), cudaErrorInvalidValue);
  OK(cudaFree(async));
  OK(cudaFree(managed));
  FAILS(cudaEventCreateWithFlags(&event, cudaEventInterprocess), cudaErrorInvalidValue);
  OK(cudaEventCreateWithFlags(&event, cudaEventDisableTiming));
  FAILS(cudaIpcGetEventHandle(&event_handle, event), cudaErrorInvalidResourceHandle);
  OK(cudaEventDestroy(event));
  FAILS(cudaIpcGetEventHandle(&event_handle, event), cudaErrorInvalidResourceHandle);
  std::memset(&event_handle, 3, sizeof event_handle);
  FAILS(cudaIpcOpenEventHandle(&event, event_handle), cudaErrorInvalidResourceHandle);
  FAILS(cudaIpcCloseMemHandle(&local), cudaErrorInvalidValue);
}

int main(int count, char** words) {
  if (count > 1) {
    Message message;
    CHECK_EQ(read(0, &message, sizeof message), sizeof message);
    other_process(message);
    return 0;
  }
  exchange(words[0]);
  bad_input();
  std::puts("done");
}
