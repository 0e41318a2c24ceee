// emit: x86-64-v3.ll CPU
// In a loop in which threads wait for each other, what a thread loads in the next turn is asked for in this one.

extern "C" __global__ void tiles(const float* in, float* out, int n, int pitch) {
  __shared__ float tile[64];
  float sum = 0;
  for (int k = 0; k < n; ++k) {
    tile[threadIdx.x] = in[k * pitch + threadIdx.x];
    __syncthreads();
    sum += tile[63 - threadIdx.x];
    __syncthreads();
  }
  out[threadIdx.x] = sum;
}

extern "C" __global__ void indirect(const int* where, float* out, const float* in, int n) {
  for (int k = 0; k < n; ++k) {
    out[threadIdx.x] += in[where[k * 64]];
    __syncthreads();
  }
}

extern "C" __global__ void alone(const float* in, float* out, int n) {
  for (int k = 0; k < n; ++k) out[threadIdx.x] += in[k * 64];
  __syncthreads();
  out[threadIdx.x] += 1;
}

// CPU-LABEL: define internal ptr @tiles.thread(
// CPU: [[K:%[^ ]+]] = phi i32
// CPU: [[NEXT:%[^ ]+]] = add i32 [[K]], 1
// CPU: [[ROW:%[^ ]+]] = mul i32 [[NEXT]],
// CPU: [[INDEX:%[^ ]+]] = add i32 [[ROW]],
// CPU: [[PLACE:%[^ ]+]] = getelementptr float, ptr
// CPU: call void @llvm.prefetch.p0(ptr [[PLACE]], i32 0, i32 3, i32 1)
// CPU: load float
// CPU-NOT: llvm.prefetch
// CPU-LABEL: define internal ptr @indirect.thread(
// CPU: call void @llvm.prefetch.p0(
// CPU: load i32
// CPU-NOT: llvm.prefetch
// CPU-LABEL: define internal ptr @alone.thread(
// CPU-NOT: llvm.prefetch
// CPU: call void @llvm.coro.end(
