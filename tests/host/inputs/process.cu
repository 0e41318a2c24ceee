// Ends and copies of a process that uses a device: MODE.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

__global__ void add_one(int* value) { *value += 1; }

// 42, or minus an error.
static int work() {
  int *memory = nullptr, value = 41;
  if (const cudaError_t error = cudaMalloc(&memory, sizeof(int))) return -static_cast<int>(error);
  cudaMemcpy(memory, &value, sizeof(int), cudaMemcpyHostToDevice);
  add_one<<<1, 1>>>(memory);
  const cudaError_t error = cudaMemcpy(&value, memory, sizeof(int), cudaMemcpyDeviceToHost);
  cudaFree(memory);
  return error == cudaSuccess ? value : -static_cast<int>(error);
}

// What work() gives in a child, and how that ended.
static void work_in_child() {
  fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    alarm(30);  // one that waits for ever is ended
    printf("child %d %s\n", work(), cudaGetErrorName(cudaGetLastError()));
    exit(0);
  }
  int status = -1;
  waitpid(child, &status, 0);
  printf("status %d\n", status);
}

int main(int, char** arguments) {
  const char* mode = arguments[1];
  if (strcmp(mode, "fork first") == 0) {
    work_in_child();
    printf("parent %d\n", work());
  } else if (strcmp(mode, "fork later") == 0) {
    printf("before %d\n", work());
    work_in_child();
    printf("parent %d\n", work());
  } else if (strcmp(mode, "fork while working") == 0) {
    work();
    std::thread other([] {
      for (int i = 0; i < 50; ++i) work();
    });
    for (int i = 0; i < 3; ++i) work_in_child();
    other.join();
  } else if (strcmp(mode, "threads") == 0) {
    int sum = 0;
    for (int i = 0; i < 20; ++i) std::thread([&] { sum += work(); }).join();
    printf("%d\n", sum);
  } else if (strcmp(mode, "atexit") == 0) {
    atexit([] { printf("atexit %d\n", work()); });
    printf("%d\n", work());
  } else if (strcmp(mode, "exec") == 0) {
    work();
    execl("/bin/echo", "echo", "executed", static_cast<char*>(nullptr));
  } else if (strcmp(mode, "_exit") == 0) {
    int* memory = nullptr;
    cudaMalloc(&memory, sizeof(int));
    add_one<<<1000, 32>>>(memory);
    _exit(0);
  }
}
