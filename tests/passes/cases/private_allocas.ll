; emit: private-allocas CHECK
declare void @llvm.lifetime.start.p0(ptr)
declare void @llvm.lifetime.end.p0(ptr)
declare void @use(ptr)

define i32 @f(i32 %n) {
entry:
  %x = alloca i32, align 4
  %1 = alloca [4 x float], align 16
  call void @llvm.lifetime.start.p0(ptr %x)
  store i32 %n, ptr %x, align 4
  call void @use(ptr %1)
  %v = load i32, ptr %x, align 4
  call void @llvm.lifetime.end.p0(ptr %x)
  ret i32 %v
}
; CHECK-LABEL: define i32 @f(
; CHECK-NEXT: entry:
; CHECK-NEXT: %p5.x = alloca i32, align 4, addrspace(5)
; CHECK-NEXT: %x = addrspacecast ptr addrspace(5) %p5.x to ptr
; CHECK-NEXT: [[A:%[0-9]+]] = alloca [4 x float], align 16, addrspace(5)
; CHECK-NEXT: [[B:%[0-9]+]] = addrspacecast ptr addrspace(5) [[A]] to ptr
; CHECK-NEXT: call void @llvm.lifetime.start.p5(ptr addrspace(5) %p5.x)
; CHECK-NEXT: store i32 %n, ptr %x, align 4
; CHECK-NEXT: call void @use(ptr [[B]])
; CHECK-NEXT: load i32, ptr %x
; CHECK-NEXT: call void @llvm.lifetime.end.p5(ptr addrspace(5) %p5.x)

declare ptr @llvm.stacksave.p0()
declare void @llvm.stackrestore.p0(ptr)
define void @variable_length(i64 %n) {
entry:
  %saved = alloca ptr, align 8
  %stack = call ptr @llvm.stacksave.p0()
  store ptr %stack, ptr %saved, align 8
  %array = alloca i32, i64 %n, align 4
  call void @use(ptr %array)
  %old = load ptr, ptr %saved, align 8
  call void @llvm.stackrestore.p0(ptr %old)
  ret void
}
; CHECK-LABEL: define void @variable_length(
; CHECK: [[S:%.*]] = call ptr addrspace(5) @llvm.stacksave.p5()
; CHECK: [[G:%.*]] = addrspacecast ptr addrspace(5) [[S]] to ptr
; CHECK: store ptr [[G]], ptr %saved
; CHECK: %p5.array = alloca i32, i64 %n, align 4, addrspace(5)
; CHECK: [[R:%.*]] = addrspacecast ptr %old to ptr addrspace(5)
; CHECK: call void @llvm.stackrestore.p5(ptr addrspace(5) [[R]])
; CHECK-NOT: declare {{.*}}.p0(
