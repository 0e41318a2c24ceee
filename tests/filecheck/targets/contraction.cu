// emit: gfx1100.ll COMMON,IR
// emit: cpu.ll COMMON,IR
// emit: sm_80.ptx COMMON,PTX
// a * b + c is fused once, before any target sees it, and every target computes the same bits.

extern "C" __global__ void fused(float* x, float a, float b) { x[threadIdx.x] = a * x[threadIdx.x] + b; }

extern "C" __global__ void separate(float* x, float a, float b) { x[threadIdx.x] = __fadd_rn(__fmul_rn(a, x[threadIdx.x]), b); }

// COMMON-LABEL: fused{{(\.thread)?\(}}
// IR: call {{.*}}float @llvm.fma{{.*}}.f32(
// PTX: fma.rn.f32
// COMMON-LABEL: separate{{(\.thread)?\(}}
// IR-NOT: @llvm.fma
// IR-DAG: fmul float
// IR-DAG: fadd float
// PTX: mul.rn.f32
// PTX: add.rn.f32
