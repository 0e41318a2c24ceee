; emit: relaxed-precision CHECK
declare float @llvm.sqrt.f32(float)
declare double @llvm.sqrt.f64(double)
define float @f(float %a, float %b, double %d) {
entry:
  %q = fdiv float %a, %b
  %x = fdiv double %d, %d
  %r = call float @llvm.sqrt.f32(float %q)
  %y = call double @llvm.sqrt.f64(double %x)
  ret float %r
}
; CHECK: %q = fdiv float %a, %b, !fpmath [[D:![0-9]+]]
; CHECK-NEXT: %x = fdiv double %d, %d{{$}}
; CHECK-NEXT: %r = call float @llvm.sqrt.f32(float %q), !fpmath [[R:![0-9]+]]
; CHECK-NEXT: %y = call double @llvm.sqrt.f64(double %x){{$}}
; CHECK: [[D]] = !{float 2.500000e+00}
; CHECK: [[R]] = !{float 3.000000e+00}
