// emit: gfx1100.ll COMMON,AMD
// emit: sm_80.ptx COMMON,PTX
// Built-in variables become the target's own registers: on AMD through the device library, linked when the object is emitted.

extern "C" __global__ void indices(unsigned* out) { out[blockIdx.x * blockDim.x + threadIdx.y] = gridDim.z; }

// COMMON-LABEL: indices(
// AMD-DAG: call i32 @__nvvm.read.ptx.sreg.ctaid.x()
// AMD-DAG: call i32 @__nvvm.read.ptx.sreg.ntid.x()
// AMD-DAG: call i32 @__nvvm.read.ptx.sreg.tid.y()
// AMD-DAG: call i32 @__nvvm.read.ptx.sreg.nctaid.z()
// PTX-DAG: %ctaid.x
// PTX-DAG: %ntid.x
// PTX-DAG: %tid.y
// PTX-DAG: %nctaid.z
