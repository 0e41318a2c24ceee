// emit: gfx1100.ll AMD
// emit: sm_80.ptx PTX
// Votes and shuffles on 32 lanes.

extern "C" __global__ void kernel(unsigned* out, unsigned value) {
  const unsigned votes = __ballot_sync(0xffffffffu, out[threadIdx.x] > value);
  out[threadIdx.x] = __shfl_xor_sync(0xffffffffu, votes + threadIdx.x, 5);
}

// AMD-LABEL: amdgpu_kernel void @kernel(
// AMD: call i32 @__nvvm.vote.ballot.sync(
// AMD: call i32 @__nvvm.shfl.sync.bfly.i32(
// PTX-LABEL: .visible .entry kernel(
// PTX: vote.sync.ballot.b32
// PTX: shfl.sync.bfly.b32
