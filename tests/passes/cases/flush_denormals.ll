; emit: flush-denormals CHECK
declare float @llvm.fma.f32(float, float, float)
declare float @llvm.fabs.f32(float)
declare float @sees(float)
define float @f(float %a, float %b, double %d) {
entry:
  %s = fadd float %a, 1.000000e+00
  %t = call float @llvm.fma.f32(float %s, float %b, float %s)
  %m = call float @llvm.fabs.f32(float %b)
  %u = call float @sees(float %m)
  %x = fadd double %d, %d
  %c = fcmp olt float %u, %t
  %r = select i1 %c, float %u, float %t
  ret float %r
}
define <2 x float> @g(<2 x float> %v) {
  %p = fmul <2 x float> %v, splat (float 2.000000e+00)
  ret <2 x float> %p
}
; CHECK-LABEL: define float @f(
; CHECK: [[A:%.*]] = call float @__cw.math.flush.f32(float %a)
; CHECK-NEXT: %s = fadd float [[A]], 1.000000e+00
; CHECK-NEXT: [[S:%.*]] = call float @__cw.math.flush.f32(float %s)
; CHECK-NEXT: [[B:%.*]] = call float @__cw.math.flush.f32(float %b)
; CHECK-NEXT: %t = call float @llvm.fma.f32(float [[S]], float [[B]], float [[S]])
; CHECK-NEXT: [[T:%.*]] = call float @__cw.math.flush.f32(float %t)
; CHECK-NEXT: %m = call float @llvm.fabs.f32(float %b)
; CHECK-NEXT: %u = call float @sees(float %m)
; CHECK-NEXT: %x = fadd double %d, %d
; CHECK-NEXT: [[U:%.*]] = call float @__cw.math.flush.f32(float %u)
; CHECK-NEXT: %c = fcmp olt float [[U]], [[T]]
; CHECK-NEXT: %r = select i1 %c, float %u, float [[T]]
; CHECK-LABEL: define <2 x float> @g(
; CHECK: [[E:%.*]] = extractelement <2 x float> %v, i64 0
; CHECK-NEXT: [[F:%.*]] = call float @__cw.math.flush.f32(float [[E]])
; CHECK: %p = fmul <2 x float>
; CHECK-NEXT: extractelement <2 x float> %p, i64 0
