// emit: x86-64-v3.ll CPU
// Conversions to integers saturate as on GPUs.

extern "C" __global__ void kernel(const float* x, int* out, unsigned char* bytes) {
  out[0] = static_cast<int>(x[0]);
  bytes[0] = static_cast<unsigned char>(x[1]);
}

// CPU-LABEL: define internal void @kernel.thread(
// CPU: call i32 @llvm.fptosi.sat.i32.f32(float
// CPU: [[WIDE:%[^ ]+]] = call i32 @llvm.fptoui.sat.i32.f32(float
// CPU: trunc i32 [[WIDE]] to i8
