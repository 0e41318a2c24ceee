// emit: gfx1100.ll AMD
// emit: sm_80.ptx PTX
// __syncthreads is a barrier (on AMD the device library's, linked when the object is emitted).

extern "C" __global__ void kernel(int* out) {
  __shared__ int value;
  if (threadIdx.x == 0) value = out[0];
  __syncthreads();
  out[threadIdx.x] = value;
}

// AMD: addrspace(3) global i32
// AMD-LABEL: amdgpu_kernel void @kernel(
// AMD: call void @__nvvm.barrier.cta.sync.aligned.all(i32 0)
// PTX-LABEL: .visible .entry kernel(
// PTX: bar{{(rier)?}}.sync
