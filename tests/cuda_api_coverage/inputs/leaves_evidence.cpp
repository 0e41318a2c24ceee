// Ends by _exit in a forked child and by a signal in the parent: what either has called must be known all the same.
#include <cuda_runtime.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

int main(int count, char** words) {
  cudaRuntimeGetVersion(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    void* memory = nullptr;
    cudaMalloc(&memory, 64);
    cudaMemset(memory, 7, 64);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  cudaFuncAttributes attributes;
  cudaFuncGetAttributes(&attributes, reinterpret_cast<const void*>(&main));  // no kernel: not a success
  cudaGetErrorName(cudaGetLastError());
  const cudaChannelFormatDesc made = cudaCreateChannelDesc(8, 16, 24, 32, cudaChannelFormatKindFloat);
  const bool whole = made.x == 8 && made.y == 16 && made.z == 24 && made.w == 32 && made.f == cudaChannelFormatKindFloat;
  if (count > 1 && std::strcmp(words[1], "signal") == 0) raise(SIGKILL);
  return whole ? 0 : 1;
}
