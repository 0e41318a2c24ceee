; emit: math-calls CHECK
declare double @llvm.sin.f64(double)
declare float @llvm.exp.f32(float)
declare half @llvm.log.f16(half)
declare <2 x float> @llvm.cos.v2f32(<2 x float>)
declare float @llvm.powi.f32.i32(float, i32)
declare i64 @llvm.llround.i64.f64(double)
declare { float, float } @llvm.sincos.f32(float)
declare float @llvm.sqrt.f32(float)
declare float @llvm.ldexp.f32.i32(float, i32)
declare double @hypot(double, double)
declare float @scalbnf(float, i32)
declare float @erff(float)
declare i32 @erf(float)

define double @scalar(double %x, float %y, half %h) {
entry:
  %a = call double @llvm.sin.f64(double %x)
  %b = call float @llvm.exp.f32(float %y)
  %c = call afn float @llvm.exp.f32(float %y)
  %d = call half @llvm.log.f16(half %h)
  %e = frem double %a, %x
  %f = call float @llvm.powi.f32.i32(float %b, i32 3)
  %g = call i64 @llvm.llround.i64.f64(double %x)
  %h2 = call float @llvm.sqrt.f32(float %y)
  %i = call float @llvm.ldexp.f32.i32(float %y, i32 2)
  ret double %e
}
; CHECK-LABEL: define double @scalar(
; CHECK-NEXT: entry:
; CHECK-NEXT: %a = call double @__cw.math.sin.f64(double %x)
; CHECK-NEXT: %b = call float @__cw.math.exp.f32(float %y)
; CHECK-NEXT: %c = call float @__cw.math.exp.fast.f32(float %y)
; CHECK-NEXT: [[W:%.*]] = fpext half %h to float
; CHECK-NEXT: [[L:%.*]] = call float @__cw.math.log.f32(float [[W]])
; CHECK-NEXT: %d = fptrunc float [[L]] to half
; CHECK-NEXT: %e = call double @__cw.math.fmod.f64(double %a, double %x)
; CHECK-NEXT: [[E:%.*]] = sitofp i32 3 to float
; CHECK-NEXT: %f = call float @__cw.math.pow.f32(float %b, float [[E]])
; CHECK-NEXT: [[R:%.*]] = call double @llvm.round.f64(double %x)
; CHECK-NEXT: %g = call i64 @__cw.cvt.i64.rz.f64(double [[R]])
; CHECK-NEXT: %h2 = call float @llvm.sqrt.f32(float %y)
; CHECK-NEXT: %i = call float @llvm.ldexp.f32.i32(float %y, i32 2)

define <2 x float> @vector(<2 x float> %v) {
entry:
  %r = call <2 x float> @llvm.cos.v2f32(<2 x float> %v)
  ret <2 x float> %r
}
; CHECK-LABEL: define <2 x float> @vector(
; CHECK: extractelement <2 x float> %v, i64 0
; CHECK: call float @__cw.math.cos.f32(
; CHECK: extractelement <2 x float> %v, i64 1
; CHECK: call float @__cw.math.cos.f32(
; CHECK: %r = insertelement <2 x float>
; CHECK-NEXT: ret <2 x float> %r

define float @pair(float %x) {
entry:
  %r = call { float, float } @llvm.sincos.f32(float %x)
  %s = extractvalue { float, float } %r, 1
  ret float %s
}
; CHECK-LABEL: define float @pair(
; CHECK: call void @__cw.math.sincos.f32(float %x, ptr {{.*}}, ptr {{.*}})
; CHECK: %r = insertvalue { float, float }
; CHECK: extractvalue { float, float } %r, 1

define float @of_c(double %x, float %y) {
entry:
  %a = call double @hypot(double %x, double %x)
  %b = call float @scalbnf(float %y, i32 3)
  %c = call float @erff(float %y)
  %d = call i32 @erf(float %y)
  ret float %c
}
; CHECK-LABEL: define float @of_c(
; CHECK: %a = call double @__cw.math.hypot.f64(double %x, double %x)
; CHECK-NEXT: %b = call float @__cw.math.ldexp.f32(float %y, i32 3)
; CHECK-NEXT: %c = call float @__cw.math.erf.f32(float %y)
; CHECK-NEXT: %d = call i32 @erf(float %y)
