; emit: fold-reflect CHECK
@known = private constant [12 x i8] c"__CUDA_ARCH\00"
@unknown = private constant [8 x i8] c"__OTHER\00"
declare i32 @__nvvm_reflect(ptr)
define i32 @f() {
entry:
  %a = call i32 @__nvvm_reflect(ptr @known)
  %b = call i32 @__nvvm_reflect(ptr @unknown)
  %c = add i32 %a, %b
  ret i32 %c
}
; CHECK-LABEL: define i32 @f()
; CHECK-NEXT: entry:
; CHECK-NEXT: %c = add i32 800, 0
; CHECK-NOT: __nvvm_reflect
