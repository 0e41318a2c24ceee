// emit: gfx1100.ll AMD
// emit: sm_80.ptx PTX
// __syncthreads is a barrier and makes the block's writes visible to the block.

extern "C" __global__ void kernel(int* out) {
  __shared__ int value;
  if (threadIdx.x == 0) value = out[0];
  __syncthreads();
  out[threadIdx.x] = value;
}

// AMD: addrspace(3) global i32
// AMD-LABEL: amdgpu_kernel void @kernel(
// AMD: fence syncscope("workgroup") release
// AMD: call void @llvm.amdgcn.s.barrier()
// AMD: fence syncscope("workgroup") acquire
// PTX-LABEL: .visible .entry kernel(
// PTX: bar{{(rier)?}}.sync
