; emit: wide-conversions CHECK
define double @to_double(i128 %x) {
entry:
  %d = sitofp i128 %x to double
  ret double %d
}
; CHECK-LABEL: define double @to_double(
; CHECK: [[Z:%.*]] = call i128 @llvm.ctlz.i128(i128 [[S:%.*]], i1 false)
; CHECK: uitofp i64 {{.*}} to double
; CHECK-NOT: sitofp
; CHECK: ret double

define i128 @from_float(float %x) {
entry:
  %i = fptosi float %x to i128
  ret i128 %i
}
; CHECK-LABEL: define i128 @from_float(
; CHECK: fpext float %x to double
; CHECK: call i64 @llvm.fptoui.sat.i64.f64(
; CHECK-NOT: fptosi
; CHECK: ret i128

define double @narrow(i64 %x) {
entry:
  %d = sitofp i64 %x to double
  ret double %d
}
; CHECK-LABEL: define double @narrow(
; CHECK: sitofp i64 %x to double
