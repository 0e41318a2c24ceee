; emit: rename-services CHECK
@text = private constant [3 x i8] c"a\0A\00"
@table = constant [2 x ptr] [ptr null, ptr @__cxa_pure_virtual]
declare void @__cxa_pure_virtual()
declare i32 @vprintf(ptr, ptr)
declare void @__assertfail(ptr, ptr, i32, ptr, i64)
declare void @llvm.trap() cold noreturn nounwind
declare ptr @malloc(i64)
declare void @__cw.free(ptr)
declare void @free(ptr)
define void @f(ptr %p, ptr %q) {
entry:
  %n = call i32 @vprintf(ptr @text, ptr %p)
  %m = call ptr @malloc(i64 8)
  call void @free(ptr %m)
  call void @__cw.free(ptr %q)
  %c = icmp eq i32 %n, 0
  br i1 %c, label %bad, label %worse
bad:
  call void @__assertfail(ptr @text, ptr @text, i32 7, ptr @text, i64 1)
  unreachable
worse:
  call void @llvm.trap()
  unreachable
}
; CHECK: @table = constant [2 x ptr] [ptr null, ptr @__cw.trap]
; CHECK-LABEL: define void @f(
; CHECK: call i32 @__cw.printf(ptr @text, ptr %p)
; CHECK: call ptr @__cw.malloc(i64 8)
; CHECK-NEXT: call void @__cw.free(ptr %m)
; CHECK-NEXT: call void @__cw.free(ptr %q)
; CHECK: call void @__cw.assert(ptr @text, ptr @text, i32 7, ptr @text)
; CHECK: call void @__cw.trap()
; CHECK-NOT: declare {{.*}}@free(
