// emit: gfx1100.ll AMD
// emit: sm_80.ptx PTX
// Where variables live.

__constant__ float coefficients[4];
__device__ int counter = 3;

extern "C" __global__ void kernel(float* out) {
  extern __shared__ float dynamic[];
  __shared__ float fixed[8];
  float local[6];
  for (int i = 0; i < 6; ++i) local[i] = out[i];
  fixed[threadIdx.x] = dynamic[threadIdx.x] + local[counter];
  __syncthreads();
  out[threadIdx.x] = fixed[7 - threadIdx.x] + coefficients[threadIdx.x];
}

// AMD-DAG: @coefficients = {{.*}}addrspace({{1|4}}) {{.*}}[4 x float]
// AMD-DAG: @counter = {{.*}}addrspace(1) {{.*}}i32 3
// AMD-DAG: @dynamic = external {{.*}}addrspace(3) global [0 x float]
// AMD-DAG: addrspace(3) global [8 x float] {{undef|poison}}
// PTX-DAG: .const .align 4 .b8 coefficients[16]
// PTX-DAG: .global .align 4 .u32 counter = 3
// PTX-DAG: .extern .shared .align 4 .b8 dynamic[]
// PTX-DAG: .shared .align 4 .b8 {{.*}}fixed{{.*}}[32]
