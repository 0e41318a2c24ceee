; emit: frame-addresses CHECK
target datalayout = "A5"
declare void @takes(ptr)
declare void @llvm.lifetime.start.p5(ptr addrspace(5))

; CHECK-LABEL: define void @chosen(
; CHECK: %s = alloca [8 x i64], align 8, addrspace(5)
; CHECK-NEXT: %1 = call ptr addrspace(5) asm "", "=s,0"(ptr addrspace(5) %s)
; CHECK-NEXT: call void @llvm.lifetime.start.p5(ptr addrspace(5) %s)
; CHECK-NEXT: %p = getelementptr inbounds i8, ptr addrspace(5) %s, i32 32
; CHECK-NEXT: %2 = getelementptr inbounds i8, ptr addrspace(5) %1, i32 32
; CHECK-NEXT: store i64 %x, ptr addrspace(5) %p
; CHECK-NEXT: %q = select i1 %c, ptr addrspace(5) %2, ptr addrspace(5) %1
; CHECK-NEXT: %r = getelementptr i64, ptr addrspace(5) %p, i32 %n
; CHECK-NEXT: %3 = getelementptr i64, ptr addrspace(5) %2, i32 %n
; CHECK-NEXT: %g = addrspacecast ptr addrspace(5) %3 to ptr
; CHECK-NEXT: call void @takes(ptr %g)
; CHECK-NEXT: store ptr addrspace(5) %1, ptr addrspace(5) %q
define void @chosen(i1 %c, i64 %x, i32 %n) {
  %s = alloca [8 x i64], align 8, addrspace(5)
  call void @llvm.lifetime.start.p5(ptr addrspace(5) %s)
  %p = getelementptr inbounds i8, ptr addrspace(5) %s, i32 32
  store i64 %x, ptr addrspace(5) %p
  %q = select i1 %c, ptr addrspace(5) %p, ptr addrspace(5) %s
  %r = getelementptr i64, ptr addrspace(5) %p, i32 %n
  %g = addrspacecast ptr addrspace(5) %r to ptr
  call void @takes(ptr %g)
  store ptr addrspace(5) %s, ptr addrspace(5) %q
  ret void
}

; Nothing but reads and writes: nothing changes.
; CHECK-LABEL: define i64 @read(
; CHECK: %s = alloca i64, align 8, addrspace(5)
; CHECK-NEXT: store i64 %x, ptr addrspace(5) %s
; CHECK-NEXT: %y = load i64, ptr addrspace(5) %s
define i64 @read(i64 %x) {
  %s = alloca i64, align 8, addrspace(5)
  store i64 %x, ptr addrspace(5) %s
  %y = load i64, ptr addrspace(5) %s
  ret i64 %y
}
