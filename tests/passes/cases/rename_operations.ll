; emit: rename-operations CHECK
declare i32 @llvm.nvvm.read.ptx.sreg.tid.x() #0
declare void @llvm.nvvm.cp.async.wait.group(i32 immarg)
define i32 @f() {
entry:
  %t = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  call void @llvm.nvvm.cp.async.wait.group(i32 0)
  ret i32 %t
}
attributes #0 = { nocallback nounwind speculatable memory(none) }
; CHECK: declare i32 @__nvvm.read.ptx.sreg.tid.x() [[G:#[0-9]+]]
; CHECK: declare void @__nvvm.cp.async.wait.group(i32)
; CHECK: call i32 @__nvvm.read.ptx.sreg.tid.x()
; CHECK: call void @__nvvm.cp.async.wait.group(i32 0)
; CHECK: attributes [[G]] = { nounwind memory(none) }
