; emit: refuse-clusters CHECK
; Without a size in the source each block can be a cluster of its own.
declare void @llvm.nvvm.barrier.cluster.arrive()

define ptx_kernel void @of_the_launch() {
  call void @llvm.nvvm.barrier.cluster.arrive()
  ret void
}
; CHECK: call void @llvm.nvvm.barrier.cluster.arrive()
