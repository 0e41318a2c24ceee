; emit: exit-returns CHECK
; A thread that ends in a function leaves through the kernel's return.
declare void @llvm.nvvm.exit()

define void @ends() {
entry:
  call void @llvm.nvvm.exit()
  ret void
}
; CHECK-LABEL: define void @ends(ptr noundef %exited) {
; CHECK-NEXT: entry:
; CHECK-NEXT: store i1 true, ptr %exited
; CHECK-NEXT: ret void

define noundef i32 @perhaps(i1 %c) {
entry:
  br i1 %c, label %yes, label %no
yes:
  call void @ends()
  br label %no
no:
  %r = phi i32 [ 1, %entry ], [ 2, %yes ]
  ret i32 %r
}
; CHECK-LABEL: define i32 @perhaps(i1 %c, ptr noundef %exited) {
; CHECK: yes:
; CHECK-NEXT: call void @ends(ptr noundef %exited)
; CHECK-NEXT: %[[F:.*]] = load i1, ptr %exited
; CHECK-NEXT: br i1 %[[F]], label %left, label %[[REST:.*]]
; CHECK: [[REST]]:
; CHECK-NEXT: br label %no
; CHECK: %r = phi i32 [ 1, %entry ], [ 2, %[[REST]] ]
; CHECK: left:
; CHECK-NEXT: ret i32 poison

define ptx_kernel void @kernel(i1 %c, ptr %out) {
entry:
  %v = call noundef i32 @perhaps(i1 %c)
  store i32 %v, ptr %out
  ret void
}
; CHECK-LABEL: define ptx_kernel void @kernel(i1 %c, ptr %out) {
; CHECK-NEXT: entry:
; CHECK-NEXT: %exited = alloca i1
; CHECK-NEXT: store i1 false, ptr %exited
; CHECK-NEXT: %v = call i32 @perhaps(i1 %c, ptr noundef %exited)
; CHECK-NEXT: %[[K:.*]] = load i1, ptr %exited
; CHECK-NEXT: br i1 %[[K]], label %left, label %[[ON:.*]]
; CHECK: [[ON]]:
; CHECK-NEXT: store i32 %v, ptr %out
; CHECK: left:
; CHECK-NEXT: ret void

define ptx_kernel void @untouched() {
  ret void
}
; CHECK-LABEL: define ptx_kernel void @untouched() {
; CHECK-NEXT: ret void
