; emit: scoped-atomics CHECK
declare float @__cw.atom.add.relaxed.gpu.f32(ptr, float)
declare i32 @__cw.atom.max.acq_rel.cta.u32(ptr, i32)
declare i32 @__cw.atom.inc.relaxed.gpu.u32(ptr, i32)
declare i32 @__cw.atom.add.relaxed.sys.i32(ptr, i32)
declare i64 @__cw.atom.cas.release.gpu.i64(ptr, i64, i64)
declare <2 x half> @__cw.atom.add.relaxed.gpu.v2f16(ptr, <2 x half>)
declare void @__cw.fence.seq_cst.cta()
declare void @__cw.fence.acquire.sys()

define i64 @f(ptr %p, float %x, i32 %i, i64 %l, <2 x half> %h) {
entry:
  %a = call float @__cw.atom.add.relaxed.gpu.f32(ptr %p, float %x)
  %b = call i32 @__cw.atom.max.acq_rel.cta.u32(ptr %p, i32 %i)
  %c = call i32 @__cw.atom.inc.relaxed.gpu.u32(ptr %p, i32 %b)
  %d = call i32 @__cw.atom.add.relaxed.sys.i32(ptr %p, i32 %c)
  %e = call i64 @__cw.atom.cas.release.gpu.i64(ptr %p, i64 %l, i64 1)
  %g = call <2 x half> @__cw.atom.add.relaxed.gpu.v2f16(ptr %p, <2 x half> %h)
  call void @__cw.fence.seq_cst.cta()
  call void @__cw.fence.acquire.sys()
  ret i64 %e
}
; CHECK-LABEL: define i64 @f(
; CHECK-NEXT: entry:
; CHECK-NEXT: %a = atomicrmw fadd ptr %p, float %x syncscope("agent") monotonic, align 4, !amdgpu.no.fine.grained.memory [[M:![0-9]+]], !amdgpu.no.remote.memory [[M]], !amdgpu.ignore.denormal.mode [[M]]
; CHECK-NEXT: %b = atomicrmw umax ptr %p, i32 %i syncscope("workgroup") acq_rel, align 4, !amdgpu.no.fine.grained.memory [[M]], !amdgpu.no.remote.memory [[M]]
; CHECK-NEXT: %c = atomicrmw uinc_wrap ptr %p, i32 %b syncscope("agent") monotonic
; CHECK-NEXT: %d = atomicrmw add ptr %p, i32 %c monotonic, align 4{{$}}
; CHECK-NEXT: [[X:%.*]] = cmpxchg ptr %p, i64 %l, i64 1 syncscope("agent") release monotonic, align 8
; CHECK-NEXT: %e = extractvalue { i64, i1 } [[X]], 0
; CHECK-NEXT: call <2 x half> @__cw.atom.add.relaxed.gpu.v2f16(
; CHECK-NEXT: fence syncscope("workgroup") seq_cst
; CHECK-NEXT: fence acquire
; CHECK-NEXT: ret i64 %e
