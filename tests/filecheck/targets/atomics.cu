// emit: gfx942.ll AMD
// emit: sm_80.ptx PTX
// CUDA's scopes reach the target: without them every atomic would be ordered across the whole system.

extern "C" __global__ void device_scope(float* sum, int* count, float value) {
  atomicAdd(sum, value);
  atomicAdd(count, 1);
}

extern "C" __global__ void block_scope(int* count) { atomicAdd_block(count, 1); }

extern "C" __global__ void system_scope(int* count) { atomicAdd_system(count, 1); }

// AMD-LABEL: @device_scope(
// AMD: atomicrmw fadd ptr {{.*}}syncscope("agent") monotonic
// AMD: atomicrmw add ptr {{.*}}syncscope("agent") monotonic
// AMD-LABEL: @block_scope(
// AMD: atomicrmw add ptr {{.*}}syncscope("workgroup") monotonic
// AMD-LABEL: @system_scope(
// AMD: atomicrmw add ptr {{.*}}monotonic

// PTX-LABEL: .entry device_scope(
// PTX-DAG: {{(atom|red)[a-z.]*}}.add.f32
// PTX-DAG: {{(atom|red)[a-z.]*}}.add.{{[us]}}32
// PTX-LABEL: .entry block_scope(
// PTX: {{(atom|red)}}{{.*}}.cta{{.*}}.add
// PTX-LABEL: .entry system_scope(
// PTX: {{(atom|red)}}{{.*}}.sys{{.*}}.add
