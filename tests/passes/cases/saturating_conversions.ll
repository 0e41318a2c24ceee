; emit: saturating-conversions CHECK
define i64 @f(float %x, double %d, <2 x float> %v) {
entry:
  %a = fptosi float %x to i64
  %b = fptoui double %d to i64
  %c = fptosi float %x to i32
  %e = fptoui float %x to i8
  %g = fptosi <2 x float> %v to <2 x i64>
  %h = fptoui float %x to i1
  %s = zext i8 %e to i64
  %r = add i64 %a, %s
  ret i64 %r
}
; CHECK-LABEL: define i64 @f(
; CHECK-NEXT: entry:
; CHECK-NEXT: %a = call i64 @llvm.fptosi.sat.i64.f32(float %x)
; CHECK-NEXT: %b = call i64 @llvm.fptoui.sat.i64.f64(double %d)
; CHECK-NEXT: %c = fptosi float %x to i32
; CHECK-NEXT: [[W:%.*]] = fptoui float %x to i32
; CHECK-NEXT: %e = trunc i32 [[W]] to i8
; CHECK-NEXT: %g = call <2 x i64> @llvm.fptosi.sat.v2i64.v2f32(<2 x float> %v)
; CHECK-NEXT: %h = fptoui float %x to i1
; CHECK-NEXT: %s = zext i8 %e to i64
; CHECK-NEXT: %r = add i64 %a, %s
