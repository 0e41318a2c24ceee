; emit: check-undefined CHECK
declare double @__cw.math.sin.f64(double)
declare void @nobody_calls_this()
define double @f(double %x) {
entry:
  %r = call double @__cw.math.sin.f64(double %x)
  ret double %r
}
; CHECK: declare double @__cw.math.sin.f64(double)
; CHECK-NOT: nobody_calls_this
