// emit: gfx1100.ll AMD
// emit: sm_80.ptx PTX
// Kernels get the target's calling convention; a structure parameter is read from the target's parameter memory.

struct Wide {
  int values[20];
};

extern "C" __global__ void kernel(Wide wide, int* out, int index) { out[index] = wide.values[index]; }

// AMD-LABEL: define {{.*}}amdgpu_kernel void @kernel(ptr addrspace(4) {{.*}}byref(%struct.Wide)
// PTX-LABEL: .visible .entry kernel(
// PTX-NEXT: .param .align 4 .b8 kernel_param_0[80]
