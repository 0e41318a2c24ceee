// Random graphs against the same work done step by step on the host. Work that shares a buffer is ordered by an edge, other work is
// not; kernels and host functions take a random while. Each graph is built node by node, cloned, updated, nested and captured.
#include <cuda_runtime.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#define CHECK(call)                                                    \
  do {                                                                 \
    const cudaError_t error = (call);                                  \
    if (error != cudaSuccess) {                                        \
      std::printf("line %d: %s\n", __LINE__, cudaGetErrorName(error)); \
      std::exit(1);                                                    \
    }                                                                  \
  } while (false)

constexpr int kLength = 48, kBuffers = 7, kPinned = 3, kStreams = 4, kGraphs = 100;
constexpr size_t kBytes = kLength * sizeof(unsigned);
using Buffer = std::array<unsigned, kLength>;
using State = std::array<Buffer, kBuffers>;

enum Kind { kKernel, kCopy, kFill, kHost };
struct Work {
  Kind kind;
  int from, to;  // buffers; host functions use the pinned ones, which are the first
  unsigned value;
  unsigned delay;
  std::vector<int> after;
};
using Program = std::vector<Work>;

__host__ __device__ inline unsigned mix(unsigned old, unsigned in, unsigned value) { return old * 31 + in + value; }

__global__ void mix_kernel(unsigned* to, const unsigned* from, unsigned value, unsigned delay) {
  unsigned in = from[(threadIdx.x + 1) % kLength];
  for (unsigned i = 0; i < delay; ++i) in = in * 2654435761u + i;  // undone below: it only takes time
  for (unsigned i = delay; i-- > 0;) in = (in - i) * 244002641u;
  to[threadIdx.x] = mix(to[threadIdx.x], in, value);
}

struct HostCall {
  unsigned *to, *from;
  unsigned value, delay;
};

void mix_on_host(void* raw) {
  const HostCall& call = *static_cast<HostCall*>(raw);
  for (volatile unsigned i = 0; i < call.delay; i = i + 1) {
  }
  for (int i = 0; i < kLength; ++i) call.to[i] = mix(call.to[i], call.from[i], call.value);
}

// Every earlier piece of work that uses a buffer which this one writes, or writes one it uses.
std::vector<int> conflicts(const Program& program, const Work& work, std::mt19937& random) {
  std::vector<int> after;
  for (int i = 0; i < static_cast<int>(program.size()); ++i) {
    const Work& other = program[i];
    const bool conflict = other.to == work.to || other.to == work.from || other.from == work.to;
    if (conflict || random() % 16 == 0) after.insert(after.begin() + random() % (after.size() + 1), i);
  }
  return after;
}

Program make_program(std::mt19937& random) {
  Program program;
  const int size = 1 + random() % 16;
  while (static_cast<int>(program.size()) < size) {
    Work work{static_cast<Kind>(random() % 4), 0, 0, static_cast<unsigned>(random()), static_cast<unsigned>(random() % 3000), {}};
    const int range = work.kind == kHost ? kPinned : kBuffers;
    work.to = random() % range;
    work.from = work.kind == kFill ? work.to : (work.to + 1 + random() % (range - 1)) % range;
    work.after = conflicts(program, work, random);
    program.push_back(work);
  }
  return program;
}

void run_on_host(const Program& program, State& state) {
  for (const Work& work : program) {
    const Buffer from = state[work.from];
    for (int i = 0; i < kLength; ++i) {
      unsigned& to = state[work.to][i];
      if (work.kind == kKernel) to = mix(to, from[(i + 1) % kLength], work.value);
      if (work.kind == kCopy) to = from[i];
      if (work.kind == kFill) to = work.value;
      if (work.kind == kHost) to = mix(to, from[i], work.value);
    }
  }
}

struct Memory {
  unsigned* buffers[kBuffers];
  Memory() {
    for (int i = 0; i < kBuffers; ++i) {
      CHECK(i < kPinned ? cudaMallocHost(&buffers[i], kBytes) : cudaMalloc(&buffers[i], kBytes));
    }
  }
  ~Memory() {
    for (int i = 0; i < kBuffers; ++i) CHECK(i < kPinned ? cudaFreeHost(buffers[i]) : cudaFree(buffers[i]));
  }
  void write(const State& state) const {
    for (int i = 0; i < kBuffers; ++i) CHECK(cudaMemcpy(buffers[i], state[i].data(), kBytes, cudaMemcpyDefault));
  }
  State read() const {
    State state;
    for (int i = 0; i < kBuffers; ++i) CHECK(cudaMemcpy(state[i].data(), buffers[i], kBytes, cudaMemcpyDefault));
    return state;
  }
};

class Builder {
 public:
  Builder(const Memory& memory, const Program& program) : memory_(memory), program_(program), calls_(program.size()) {
    for (size_t i = 0; i < program.size(); ++i) {
      const Work& work = program[i];
      calls_[i] = HostCall{memory.buffers[work.to], memory.buffers[work.from], work.value, work.delay};
    }
  }

  // Nodes in a random order: edges come afterwards.
  cudaGraph_t node_by_node(std::mt19937 random) {
    cudaGraph_t graph;
    CHECK(cudaGraphCreate(&graph, 0));
    std::vector<size_t> order;
    for (size_t i = 0; i < program_.size(); ++i) order.insert(order.begin() + random() % (i + 1), i);
    std::vector<cudaGraphNode_t> nodes(program_.size());
    for (const size_t i : order) nodes[i] = add(graph, i);
    for (size_t i = 0; i < nodes.size(); ++i) {
      for (const int before : program_[i].after) CHECK(cudaGraphAddDependencies(graph, &nodes[before], &nodes[i], nullptr, 1));
    }
    return graph;
  }

  // Each piece of work goes to a random stream, which waits for the events of what comes before.
  cudaGraph_t capture(std::mt19937 random) {
    cudaStream_t streams[kStreams];
    std::vector<cudaEvent_t> events(program_.size() + 1);
    for (cudaStream_t& stream : streams) CHECK(cudaStreamCreate(&stream));
    for (cudaEvent_t& event : events) CHECK(cudaEventCreateWithFlags(&event, cudaEventDisableTiming));
    CHECK(cudaStreamBeginCapture(streams[0], cudaStreamCaptureModeGlobal));
    CHECK(cudaEventRecord(events.back(), streams[0]));
    for (cudaStream_t stream : streams) CHECK(cudaStreamWaitEvent(stream, events.back(), 0));
    for (size_t i = 0; i < program_.size(); ++i) {
      const cudaStream_t stream = streams[random() % kStreams];
      for (const int before : program_[i].after) CHECK(cudaStreamWaitEvent(stream, events[before], 0));
      submit(stream, i);
      CHECK(cudaEventRecord(events[i], stream));
    }
    for (cudaStream_t stream : streams) {
      CHECK(cudaEventRecord(events.back(), stream));
      CHECK(cudaStreamWaitEvent(streams[0], events.back(), 0));
    }
    cudaGraph_t graph;
    CHECK(cudaStreamEndCapture(streams[0], &graph));
    for (cudaStream_t stream : streams) CHECK(cudaStreamDestroy(stream));
    for (cudaEvent_t event : events) CHECK(cudaEventDestroy(event));
    return graph;
  }

 private:
  cudaGraphNode_t add(cudaGraph_t graph, size_t i) {
    const Work& work = program_[i];
    HostCall& call = calls_[i];
    cudaGraphNode_t node;
    if (work.kind == kCopy) {
      CHECK(cudaGraphAddMemcpyNode1D(&node, graph, nullptr, 0, call.to, call.from, kBytes, cudaMemcpyDefault));
    } else if (work.kind == kFill) {
      const cudaMemsetParams params = {call.to, 0, work.value, sizeof(unsigned), kLength, 1};
      CHECK(cudaGraphAddMemsetNode(&node, graph, nullptr, 0, &params));
    } else if (work.kind == kHost) {
      const cudaHostNodeParams params = {mix_on_host, &call};
      CHECK(cudaGraphAddHostNode(&node, graph, nullptr, 0, &params));
    } else {
      void* arguments[] = {&call.to, &call.from, &call.value, &call.delay};
      const cudaKernelNodeParams params = {reinterpret_cast<void*>(mix_kernel), dim3(1), dim3(kLength), 0, arguments, nullptr};
      CHECK(cudaGraphAddKernelNode(&node, graph, nullptr, 0, &params));
    }
    return node;
  }

  void submit(cudaStream_t stream, size_t i) {
    HostCall& call = calls_[i];
    const Kind kind = program_[i].kind;
    if (kind == kKernel) mix_kernel<<<1, kLength, 0, stream>>>(call.to, call.from, call.value, call.delay);
    if (kind == kCopy) CHECK(cudaMemcpyAsync(call.to, call.from, kBytes, cudaMemcpyDefault, stream));
    // Streams fill bytes, graphs words too.
    if (kind == kFill) CHECK(cudaMemsetAsync(call.to, static_cast<int>(call.value & 0xff), kBytes, stream));
    if (kind == kHost) CHECK(cudaLaunchHostFunc(stream, mix_on_host, &call));
  }

  const Memory& memory_;
  const Program& program_;
  std::vector<HostCall> calls_;
};

class Checker {
 public:
  Checker(const Memory& memory, std::mt19937& random) : memory_(memory) {
    for (Buffer& buffer : start_) {
      for (unsigned& value : buffer) value = random();
    }
  }
  void check(const char* how, int seed, cudaGraphExec_t exec, const Program& program) {
    State expected = start_;
    memory_.write(start_);
    for (int launch = 0; launch < 2; ++launch) {
      run_on_host(program, expected);
      CHECK(cudaGraphLaunch(exec, nullptr));
    }
    CHECK(cudaDeviceSynchronize());
    ++checked;
    if (memory_.read() == expected) return;
    std::printf("graph %d, %s: wrong\n", seed, how);
  }
  void check(const char* how, int seed, cudaGraph_t graph, const Program& program) {
    cudaGraphExec_t exec;
    CHECK(cudaGraphInstantiate(&exec, graph, 0));
    check(how, seed, exec, program);
    CHECK(cudaGraphExecDestroy(exec));
  }
  int checked = 0;

 private:
  const Memory& memory_;
  State start_;
};

// The same shape with other values and kernels of other lengths.
Program changed(Program program, std::mt19937& random) {
  for (Work& work : program) {
    work.value = random();
    work.delay = random() % 3000;
  }
  return program;
}

Program with_byte_fills(Program program) {
  for (Work& work : program) {
    if (work.kind == kFill) work.value = (work.value & 0xff) * 0x01010101u;
  }
  return program;
}

void check_clone_and_update(int seed, const Memory& memory, Checker& checker, const Program& program, std::mt19937& random) {
  Builder builder(memory, program);
  const std::mt19937 order = random;
  cudaGraph_t graph = builder.node_by_node(order), clone, next;
  checker.check("node by node", seed, graph, program);
  CHECK(cudaGraphClone(&clone, graph));
  CHECK(cudaGraphDestroy(graph));
  checker.check("cloned", seed, clone, program);
  const Program other = changed(program, random);
  Builder other_builder(memory, other);
  next = other_builder.node_by_node(order);
  cudaGraphExec_t exec;
  CHECK(cudaGraphInstantiate(&exec, clone, 0));
  cudaGraphExecUpdateResultInfo info;
  CHECK(cudaGraphExecUpdate(exec, next, &info));
  checker.check("updated", seed, exec, other);
  CHECK(cudaGraphExecDestroy(exec));
  CHECK(cudaGraphDestroy(clone));
  CHECK(cudaGraphDestroy(next));
}

// Two programs as child graphs, one after the other.
void check_children(int seed, const Memory& memory, Checker& checker, const Program& first, const Program& second,
                    std::mt19937& random) {
  Builder builders[] = {Builder(memory, first), Builder(memory, second)};
  cudaGraph_t graph;
  cudaGraphNode_t nodes[2];
  CHECK(cudaGraphCreate(&graph, 0));
  for (int i = 0; i < 2; ++i) {
    cudaGraph_t child = i == 0 ? builders[i].capture(random) : builders[i].node_by_node(random);
    CHECK(cudaGraphAddChildGraphNode(&nodes[i], graph, nodes, i, child));
    CHECK(cudaGraphDestroy(child));
  }
  Program both = with_byte_fills(first);
  both.insert(both.end(), second.begin(), second.end());
  checker.check("children", seed, graph, both);
  CHECK(cudaGraphDestroy(graph));
}

int main() {
  const Memory memory;
  int checked = 0;
  for (int seed = 0; seed < kGraphs; ++seed) {
    std::mt19937 random(seed);
    Checker checker(memory, random);
    const Program program = make_program(random);
    check_clone_and_update(seed, memory, checker, program, random);
    Builder builder(memory, program);
    cudaGraph_t captured = builder.capture(random);
    checker.check("captured", seed, captured, with_byte_fills(program));
    CHECK(cudaGraphDestroy(captured));
    check_children(seed, memory, checker, program, make_program(random), random);
    checked += checker.checked;
  }
  std::printf("%d checked\n", checked);
}
