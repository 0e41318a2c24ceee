// emit: x86-64-v3.ll CPU
// Functions behind pointers take the thread's context, whether they need it or not; indirect calls pass it.

__device__ __noinline__ int plain(int x) { return 2 * x; }
__device__ __noinline__ int lane(int x) { return x + threadIdx.x; }
__device__ int (*table[])(int) = {plain, lane};

extern "C" __global__ void kernel(int* out) { out[threadIdx.x] = table[threadIdx.x & 1](7); }

// CPU-DAG: @table = {{.*}}[ptr @_Z5plaini, ptr @_Z4lanei]
// CPU-DAG: define internal {{.*}}i32 @_Z5plaini(ptr {{.*}}%cw.thread, i32
// CPU-DAG: define internal {{.*}}i32 @_Z4lanei(ptr {{.*}}%cw.thread, i32
// CPU-DAG: call {{.*}}i32 %{{[^ ]+}}(ptr noundef %cw.thread, i32 noundef 7)
