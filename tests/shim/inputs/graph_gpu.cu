// Graphs on a GPU device: the arguments of captured launches are kept, each at its place, and passed again at every launch.
#include <cstdio>
#include <cstring>

#define CHECK(condition)                                  \
  do {                                                    \
    if (!(condition)) {                                   \
      std::printf("line %d: %s\n", __LINE__, #condition); \
      return 1;                                           \
    }                                                     \
  } while (0)
#define OK(call) CHECK((call) == cudaSuccess)

struct Pair {
  char tag;
  double value;
};

extern "C" __global__ void add_value(int* p, int value) { *p += value; }
extern "C" __global__ void many(char a, double b, Pair c, float3 d, short e, const int* f) {
  if (f != nullptr && *f == a + (int)b + c.tag + (int)d.x + e) __trap();
}
extern "C" __global__ void none() {}

int main() {
  cudaStream_t stream, other;
  cudaEvent_t fork, join;
  cudaGraph_t graph;
  cudaGraphExec_t exec;
  int* p = nullptr;
  OK(cudaMalloc(&p, sizeof(int)));
  OK(cudaStreamCreate(&stream));
  OK(cudaStreamCreate(&other));
  OK(cudaEventCreate(&fork));
  OK(cudaEventCreate(&join));
  OK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
  OK(cudaMemsetAsync(p, 0, sizeof(int), stream));
  many<<<1, 1, 0, stream>>>('x', 2.5, Pair{'y', 3.5}, make_float3(1, 2, 3), -4, p);
  OK(cudaEventRecord(fork, stream));
  OK(cudaStreamWaitEvent(other, fork, 0));
  none<<<2, 1, 0, other>>>();
  OK(cudaEventRecord(join, other));
  for (int i = 1; i <= 2; ++i) add_value<<<1, 1, 0, stream>>>(p, i);
  OK(cudaStreamWaitEvent(stream, join, 0));
  OK(cudaStreamEndCapture(stream, &graph));

  cudaGraphNode_t nodes[5];
  size_t count = 5;
  OK(cudaGraphGetNodes(graph, nodes, &count));
  CHECK(count == 5);
  cudaKernelNodeParams kept;
  OK(cudaGraphKernelNodeGetParams(nodes[1], &kept));
  CHECK(kept.func == (void*)many);
  CHECK(*(char*)kept.kernelParams[0] == 'x' && *(double*)kept.kernelParams[1] == 2.5);
  CHECK(((Pair*)kept.kernelParams[2])->tag == 'y' && ((Pair*)kept.kernelParams[2])->value == 3.5);
  CHECK(((float3*)kept.kernelParams[3])->z == 3 && *(short*)kept.kernelParams[4] == -4 && *(int**)kept.kernelParams[5] == p);
  OK(cudaGraphKernelNodeGetParams(nodes[3], &kept));
  CHECK(kept.func == (void*)add_value && *(int*)kept.kernelParams[1] == 1);

  OK(cudaGraphInstantiate(&exec, graph, 0));
  int changed = 40;
  kept.kernelParams[1] = &changed;
  OK(cudaGraphExecKernelNodeSetParams(exec, nodes[3], &kept));
  for (int i = 0; i < 2; ++i) OK(cudaGraphLaunch(exec, stream));
  int host = 0;
  OK(cudaMemcpyAsync(&host, p, sizeof(int), cudaMemcpyDeviceToHost, stream));
  OK(cudaStreamSynchronize(stream));
  CHECK(host == 42);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
  std::puts("done");
}
