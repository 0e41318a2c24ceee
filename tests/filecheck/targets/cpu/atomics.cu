// emit: x86-64-v3.ll CPU
// One OS thread runs a block: atomics on shared memory are plain; others are instructions without a scope.

extern "C" __global__ void kernel(int* out, float* sum) {
  __shared__ int count;
  atomicAdd(&count, 2);
  atomicAdd(out, 3);
  atomicMax(reinterpret_cast<unsigned*>(out), 4u);
  atomicAdd(sum, 1.0f);
  atomicCAS(out, 5, 6);
  __threadfence();
}

// CPU-LABEL: define internal void @kernel.thread(
// CPU: [[OLD:%[^ ]+]] = load i32, ptr
// CPU: [[NEW:%[^ ]+]] = add i32 [[OLD]], 2
// CPU: store i32 [[NEW]], ptr
// CPU: atomicrmw add ptr %out, i32 3 monotonic
// CPU: atomicrmw umax ptr %out, i32 4 monotonic
// CPU: atomicrmw fadd ptr %sum, float {{.*}} monotonic
// CPU: cmpxchg ptr %out, i32 5, i32 6 monotonic monotonic
// CPU: fence seq_cst
