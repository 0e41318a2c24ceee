// The order that CUDA promises: within a stream, between blocking streams and the legacy default stream, and through events.
#include <cstdio>
#include <vector>

__global__ void append(int* log, int value) {  // one block, one thread: the log's order is the kernels' order
  log[++log[0]] = value;
}

__global__ void spin(int* sink, int turns) {
  unsigned value = 1;
  for (int i = 0; i < turns; ++i) value = value * 1664525u + 1013904223u;
  if (value == 42) *sink = 1;
}

void print(const char* name, const int* log) {
  printf("%s:", name);
  for (int i = 1; i <= log[0]; ++i) printf(" %d", log[i]);
  printf("\n");
}

int main() {
  int *log, *sink;
  cudaMallocManaged(&log, 64 * sizeof(int));
  cudaMallocManaged(&sink, sizeof(int));
  cudaStream_t a, b, free_running;
  cudaStreamCreate(&a);
  cudaStreamCreate(&b);
  cudaStreamCreateWithFlags(&free_running, cudaStreamNonBlocking);

  log[0] = 0;
  for (int i = 0; i < 8; ++i) append<<<1, 1, 0, a>>>(log, i);
  cudaStreamSynchronize(a);
  print("one stream", log);

  log[0] = 0;
  spin<<<1, 1, 0, a>>>(sink, 2000000);
  append<<<1, 1, 0, a>>>(log, 1);
  append<<<1, 1>>>(log, 2);        // the default stream waits for blocking streams before it,
  append<<<1, 1, 0, b>>>(log, 3);  // and they for it
  cudaDeviceSynchronize();
  print("default stream", log);

  log[0] = 0;
  cudaEvent_t event;
  cudaEventCreate(&event);
  spin<<<1, 1, 0, free_running>>>(sink, 2000000);
  append<<<1, 1, 0, free_running>>>(log, 1);
  cudaEventRecord(event, free_running);
  cudaStreamWaitEvent(b, event, 0);
  append<<<1, 1, 0, b>>>(log, 2);
  cudaStreamSynchronize(b);
  print("event", log);
  printf("query: %s\n", cudaGetErrorName(cudaEventQuery(event)));

  std::vector<int> host(64, -1);
  log[0] = 3;
  int* device;
  cudaMalloc(&device, 64 * sizeof(int));
  cudaMemcpyAsync(device, log, 64 * sizeof(int), cudaMemcpyDefault, a);
  append<<<1, 1, 0, a>>>(device, 77);
  cudaMemcpyAsync(host.data(), device, 64 * sizeof(int), cudaMemcpyDeviceToHost, a);
  cudaStreamSynchronize(a);
  printf("copies: %d %d\n", host[0], host[4]);
  cudaFree(device);
  printf("destroy: %s %s\n", cudaGetErrorName(cudaStreamDestroy(a)), cudaGetErrorName(cudaEventDestroy(event)));
  printf("%s\n", cudaGetErrorName(cudaGetLastError()));
}
