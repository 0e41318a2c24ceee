; emit: fuse-multiply-add CHECK
define float @fused(float %a, float %b, float %c) {
entry:
  %m = fmul contract float %a, %b
  %s = fadd contract float %m, %c
  ret float %s
}
; CHECK-LABEL: define float @fused(
; CHECK-NEXT: entry:
; CHECK-NEXT: %s = call float @llvm.fma.f32(float %a, float %b, float %c)

define double @subtracted(double %a, double %b, double %c) {
entry:
  %m = fmul contract double %a, %b
  %s = fsub contract double %c, %m
  %n = fmul contract double %s, %s
  %t = fsub contract double %n, %c
  ret double %t
}
; CHECK-LABEL: define double @subtracted(
; CHECK-NEXT: entry:
; CHECK-NEXT: [[N:%.*]] = fneg double %a
; CHECK-NEXT: %s = call double @llvm.fma.f64(double [[N]], double %b, double %c)
; CHECK-NEXT: [[C:%.*]] = fneg double %c
; CHECK-NEXT: %t = call double @llvm.fma.f64(double %s, double %s, double [[C]])

; Used twice, in another block, or without the flag: not fused, and nobody else may.
define float @separate(float %a, float %b, float %c) {
entry:
  %m = fmul contract float %a, %b
  %s = fadd contract float %m, %c
  %t = fadd contract float %m, %s
  %u = fmul float %t, %b
  %v = fadd contract float %u, %c
  ret float %v
}
; CHECK-LABEL: define float @separate(
; CHECK-NEXT: entry:
; CHECK-NEXT: %m = fmul float %a, %b
; CHECK-NEXT: %s = fadd float %m, %c
; CHECK-NEXT: %t = fadd float %m, %s
; CHECK-NEXT: %u = fmul float %t, %b
; CHECK-NEXT: %v = fadd float %u, %c
