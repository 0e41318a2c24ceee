// Thread block clusters (CUDA Programming Guide, "Thread Block Clusters"; PTX ISA, "barrier.cluster", "mapa", "getctarank").
// Where a target has none, each block is a cluster of its own.
#ifndef CROSSWARP_DEVICE_CLUSTER_H
#define CROSSWARP_DEVICE_CLUSTER_H
#pragma GCC system_header

#include "../../vector_types.h"
#include "qualifiers.h"

#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 900
// LLVM's operations: clang declares them for sm_90 only, this header is read for every architecture's host side.
#define CW_REGISTER(name, label) \
  __device__ __attribute__((const, nothrow)) unsigned name(void) __asm__("llvm.nvvm.read.ptx.sreg." label);
#define CW_REGISTERS(name, label)   \
  CW_REGISTER(name##_x, label ".x") \
  CW_REGISTER(name##_y, label ".y") \
  CW_REGISTER(name##_z, label ".z") \
  CW_DEVICE dim3 name(void) { return dim3(name##_x(), name##_y(), name##_z()); }
extern "C" {
CW_REGISTER(__cw_cluster_ctarank, "cluster.ctarank")
CW_REGISTER(__cw_cluster_nctarank, "cluster.nctarank")
CW_REGISTERS(__cw_clusterid, "clusterid")
CW_REGISTERS(__cw_nclusterid, "nclusterid")
CW_REGISTERS(__cw_cluster_ctaid, "cluster.ctaid")
CW_REGISTERS(__cw_cluster_nctaid, "cluster.nctaid")
__device__ __attribute__((convergent, nothrow)) void __cw_cluster_arrive(void) __asm__("llvm.nvvm.barrier.cluster.arrive");
__device__ __attribute__((convergent, nothrow)) void __cw_cluster_arrive_relaxed(void) __asm__(
    "llvm.nvvm.barrier.cluster.arrive.relaxed");
__device__ __attribute__((convergent, nothrow)) void __cw_cluster_wait(void) __asm__("llvm.nvvm.barrier.cluster.wait");
__device__ __attribute__((const, nothrow)) void* __cw_mapa(const void*, unsigned) __asm__("llvm.nvvm.mapa");
__device__ __attribute__((const, nothrow)) unsigned __cw_getctarank(const void*) __asm__("llvm.nvvm.getctarank");
__device__ __attribute__((const, nothrow)) bool __cw_is_cluster_shared(const void*) __asm__("llvm.nvvm.isspacep.shared.cluster");
__device__ __attribute__((const, nothrow)) bool __cw_explicit_cluster(void) __asm__("llvm.nvvm.is_explicit_cluster");
}
#undef CW_REGISTERS
#undef CW_REGISTER

CW_DEVICE bool __clusterDimIsSpecified(void) { return __cw_explicit_cluster(); }
CW_DEVICE dim3 __clusterDim(void) { return __cw_cluster_nctaid(); }
CW_DEVICE dim3 __clusterRelativeBlockIdx(void) { return __cw_cluster_ctaid(); }
CW_DEVICE dim3 __clusterGridDimInClusters(void) { return __cw_nclusterid(); }
CW_DEVICE dim3 __clusterIdx(void) { return __cw_clusterid(); }
CW_DEVICE unsigned __clusterRelativeBlockRank(void) { return __cw_cluster_ctarank(); }
CW_DEVICE unsigned __clusterSizeInBlocks(void) { return __cw_cluster_nctarank(); }

CW_DEVICE void __cluster_barrier_arrive(void) { __cw_cluster_arrive(); }
CW_DEVICE void __cluster_barrier_arrive_relaxed(void) { __cw_cluster_arrive_relaxed(); }
CW_DEVICE void __cluster_barrier_wait(void) { __cw_cluster_wait(); }
CW_DEVICE void* __cluster_map_shared_rank(const void* address, unsigned rank) { return __cw_mapa(address, rank); }
CW_DEVICE unsigned __cluster_query_shared_rank(const void* address) { return __cw_getctarank(address); }
CW_DEVICE unsigned __isClusterShared(const void* address) { return __cw_is_cluster_shared(address); }
#endif

#endif
