// emit: x86-64-v3.ll CPU
// Shared variables are offsets from the block's shared memory; `extern __shared__` lies behind them. Variables that no kernel
// uses together overlap.

extern "C" __global__ void first(float* out) {
  extern __shared__ float dynamic[];
  __shared__ char tag;
  __shared__ double wide[4];
  tag = 1;
  wide[threadIdx.x] = out[0];
  dynamic[threadIdx.x] = out[1];
}

extern "C" __global__ void second(float* out) {
  __shared__ float other[100];
  other[threadIdx.x] = out[0];
}

// CPU-NOT: addrspace(3) global
// CPU-LABEL: define internal void @first.thread(
// CPU: call ptr @__cwcpu.shared(ptr %cw.thread)
// CPU: call ptr @__cwcpu.dynamic_shared(ptr %cw.thread)
// CPU: store i8 1, ptr
// CPU-LABEL: define internal void @second.thread(
// CPU: call ptr @__cwcpu.shared(ptr %cw.thread)
// CPU: @first.kernel = {{.*}}, ptr null, i32 48, i32 16,
// CPU: @second.kernel = {{.*}}, ptr null, i32 400, i32 16,
