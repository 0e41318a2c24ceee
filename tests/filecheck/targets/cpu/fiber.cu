// emit: x86-64-v3.ll CPU
// Recursion through a barrier cannot be inlined: each thread has a stack of its own.

__device__ __noinline__ int descend(int n) {
  __syncthreads();
  return n == 0 ? 0 : descend(n - 1) + n;
}

extern "C" __global__ void kernel(int* out, int n) { out[threadIdx.x] = descend(n); }

// CPU-DAG: define internal {{.*}}i32 @_Z7descendi(ptr {{.*}}%cw.thread, i32
// CPU-DAG: call void @__cwcpu.fiber_suspend(ptr %cw.thread)
// CPU-DAG: define internal void @kernel.thread(ptr {{.*}}%cw.thread)
// CPU-DAG: call i32 @__cwcpu.run_fibers(ptr %launch, ptr %block, ptr @kernel.thread, i64 0, i64 0)
// CPU-DAG: @kernel.kernel = {{.*}} { i32 2, i32 4, ptr
