// emit: gfx1100.ll COMMON,IR
// emit: cpu.ll COMMON,IR
// emit: sm_80.ptx COMMON,PTX
// flags: -fmad=false
// With -fmad=false nothing is fused that does not say so.

extern "C" __global__ void separate(float* x, float a, float b) { x[threadIdx.x] = a * x[threadIdx.x] + b; }

extern "C" __global__ void fused(float* x, float a, float b) { x[threadIdx.x] = fmaf(a, x[threadIdx.x], b); }

// COMMON-LABEL: {{(entry|define .*void) @?}}separate{{(.thread)?}}(
// IR-NOT: @llvm.fma
// IR: fmul float
// IR: fadd float
// PTX: mul.rn.f32
// PTX: add.rn.f32
// COMMON-LABEL: {{(entry|define .*void) @?}}fused{{(.thread)?}}(
// PTX: fma.rn.f32
