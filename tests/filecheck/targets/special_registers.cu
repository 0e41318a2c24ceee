// emit: gfx1100.ll COMMON,AMD
// emit: sm_80.ptx COMMON,PTX
// Built-in variables become the target's own registers.

extern "C" __global__ void indices(unsigned* out) { out[blockIdx.x * blockDim.x + threadIdx.y] = gridDim.z; }

// COMMON-LABEL: indices(
// AMD-DAG: @llvm.amdgcn.workgroup.id.x()
// AMD-DAG: @llvm.amdgcn.workitem.id.y()
// AMD-DAG: @llvm.amdgcn.implicitarg.ptr()
// PTX-DAG: %ctaid.x
// PTX-DAG: %ntid.x
// PTX-DAG: %tid.y
// PTX-DAG: %nctaid.z
