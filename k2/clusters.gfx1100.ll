source_filename = "../cg/tests/run/clusters.cu"
target datalayout = "e-m:e-p:64:64-p1:64:64-p2:32:32-p3:32:32-p4:64:64-p5:32:32-p6:32:32-p7:160:256:256:32-p8:128:128:128:48-p9:192:256:256:32-i64:64-v16:16-v24:32-v32:32-v48:64-v96:128-v192:256-v256:256-v512:512-v1024:1024-v2048:2048-n32:64-S32-A5-G1-ni:7:8:9"
target triple = "amdgcn-amd-amdhsa"

%struct.__cw_threadIdx_t = type { i8 }
%struct.__cw_blockIdx_t = type { i8 }
%struct.__cw_gridDim_t = type { i8 }
%struct.__cw_blockDim_t = type { i8 }
%"class.cooperative_groups::cluster_group" = type { i8 }
%"struct.cooperative_groups::cluster_group::arrival_token" = type { i8 }
%struct.dim3 = type { i32, i32, i32 }
%"class.cooperative_groups::grid_group" = type { i8 }
%struct.uint3 = type { i32, i32, i32 }

@_ZZ4ringPiiE4slot = internal addrspace(3) global [2 x [64 x i32]] undef, align 4
@threadIdx = extern_weak addrspace(1) global %struct.__cw_threadIdx_t, align 1
@blockIdx = extern_weak addrspace(1) global %struct.__cw_blockIdx_t, align 1
@gridDim = extern_weak addrspace(1) global %struct.__cw_gridDim_t, align 1
@_ZZ4bothPiS_E3sum = internal addrspace(3) global i32 undef, align 4
@blockDim = extern_weak addrspace(1) global %struct.__cw_blockDim_t, align 1
@.str = private unnamed_addr addrspace(4) constant [16 x i8] c"cw.cluster_dims\00", section "llvm.metadata"
@.str1 = private unnamed_addr addrspace(4) constant [28 x i8] c"../cg/tests/run/clusters.cu\00", section "llvm.metadata"
@.args = private unnamed_addr addrspace(4) constant { i32, i32, i32 } { i32 4, i32 1, i32 1 }, section "llvm.metadata"

define internal void @_Z4ringPii(ptr noundef %out, i32 noundef %steps) #11 {
entry:
  %p5.out.addr = alloca ptr, align 8, addrspace(5)
  %out.addr = addrspacecast ptr addrspace(5) %p5.out.addr to ptr
  %p5.steps.addr = alloca i32, align 4, addrspace(5)
  %steps.addr = addrspacecast ptr addrspace(5) %p5.steps.addr to ptr
  %p5.cluster = alloca %"class.cooperative_groups::cluster_group", align 1, addrspace(5)
  %cluster = addrspacecast ptr addrspace(5) %p5.cluster to ptr
  %p5.rank = alloca i32, align 4, addrspace(5)
  %rank = addrspacecast ptr addrspace(5) %p5.rank to ptr
  %p5.next = alloca i32, align 4, addrspace(5)
  %next = addrspacecast ptr addrspace(5) %p5.next to ptr
  %p5.i = alloca i32, align 4, addrspace(5)
  %i = addrspacecast ptr addrspace(5) %p5.i to ptr
  %p5.step = alloca i32, align 4, addrspace(5)
  %step = addrspacecast ptr addrspace(5) %p5.step to ptr
  %p5.there = alloca ptr, align 8, addrspace(5)
  %there = addrspacecast ptr addrspace(5) %p5.there to ptr
  %p5.coerce = alloca %"struct.cooperative_groups::cluster_group::arrival_token", align 1, addrspace(5)
  %coerce = addrspacecast ptr addrspace(5) %p5.coerce to ptr
  store ptr %out, ptr %out.addr, align 8, !tbaa !8
  store i32 %steps, ptr %steps.addr, align 4, !tbaa !4
  call void @llvm.lifetime.start.p5(ptr addrspace(5) %p5.cluster) #8
  %call = call %"class.cooperative_groups::cluster_group" @_ZN18cooperative_groups12this_clusterEv() #9
  call void @llvm.lifetime.start.p5(ptr addrspace(5) %p5.rank) #8
  %call1 = call noundef i32 @_ZN18cooperative_groups13cluster_group10block_rankEv() #9
  store i32 %call1, ptr %rank, align 4, !tbaa !4
  call void @llvm.lifetime.start.p5(ptr addrspace(5) %p5.next) #8
  %0 = load i32, ptr %rank, align 4, !tbaa !4
  %add = add i32 %0, 1
  %call2 = call noundef i32 @_ZN18cooperative_groups13cluster_group10num_blocksEv() #9
  %rem = urem i32 %add, %call2
  store i32 %rem, ptr %next, align 4, !tbaa !4
  call void @llvm.lifetime.start.p5(ptr addrspace(5) %p5.i) #8
  %call3 = call noundef i32 @_ZN16__cw_threadIdx_t10__cw_get_xEv() #9
  store i32 %call3, ptr %i, align 4, !tbaa !4
  %call4 = call noundef i32 @_ZN15__cw_blockIdx_t10__cw_get_xEv() #9
  %mul = mul i32 %call4, 1000
  %1 = load i32, ptr %i, align 4, !tbaa !4
  %add5 = add i32 %mul, %1
  %2 = load i32, ptr %i, align 4, !tbaa !4
  %idxprom = sext i32 %2 to i64
  %arrayidx = getelementptr inbounds [64 x i32], ptr addrspacecast (ptr addrspace(3) @_ZZ4ringPiiE4slot to ptr), i64 0, i64 %idxprom
  store i32 %add5, ptr %arrayidx, align 4, !tbaa !4
  call void @_ZN18cooperative_groups13cluster_group4syncEv() #9
  call void @llvm.lifetime.start.p5(ptr addrspace(5) %p5.step) #8
  store i32 0, ptr %step, align 4, !tbaa !4
  br label %for.cond

for.cond:
  %3 = load i32, ptr %step, align 4, !tbaa !4
  %4 = load i32, ptr %steps.addr, align 4, !tbaa !4
  %cmp = icmp slt i32 %3, %4
  br i1 %cmp, label %for.body, label %for.cond.cleanup

for.cond.cleanup:
  call void @llvm.lifetime.end.p5(ptr addrspace(5) %p5.step) #8
  br label %for.end

for.body:
  call void @llvm.lifetime.start.p5(ptr addrspace(5) %p5.there) #8
  %5 = load i32, ptr %step, align 4, !tbaa !4
  %add6 = add nsw i32 %5, 1
  %rem7 = srem i32 %add6, 2
  %idxprom8 = sext i32 %rem7 to i64
  %arrayidx9 = getelementptr inbounds [2 x [64 x i32]], ptr addrspacecast (ptr addrspace(3) @_ZZ4ringPiiE4slot to ptr), i64 0, i64 %idxprom8
  %arrayidx10 = getelementptr inbounds [64 x i32], ptr %arrayidx9, i64 0, i64 0
  %6 = load i32, ptr %next, align 4, !tbaa !4
  %call11 = call noundef ptr @_ZN18cooperative_groups13cluster_group15map_shared_rankIiEEPT_S3_i(ptr noundef %arrayidx10, i32 noundef %6) #9
  store ptr %call11, ptr %there, align 8, !tbaa !8
  %7 = load ptr, ptr %there, align 8, !tbaa !8
  %call12 = call noundef i32 @_ZN18cooperative_groups13cluster_group17query_shared_rankEPKv(ptr noundef %7) #9
  %8 = load i32, ptr %next, align 4, !tbaa !4
  %cmp13 = icmp ne i32 %call12, %8
  br i1 %cmp13, label %if.then, label %lor.lhs.false

lor.lhs.false:
  %call14 = call noundef i32 @_ZN18cooperative_groups13cluster_group17query_shared_rankEPKv(ptr noundef addrspacecast (ptr addrspace(3) @_ZZ4ringPiiE4slot to ptr)) #9
  %9 = load i32, ptr %rank, align 4, !tbaa !4
  %cmp15 = icmp ne i32 %call14, %9
  br i1 %cmp15, label %if.then, label %if.end

if.then:
  %10 = load ptr, ptr %out.addr, align 8, !tbaa !8
  %call16 = call noundef i32 @_ZN15__cw_blockIdx_t10__cw_get_xEv() #9
  %mul17 = mul i32 %call16, 64
  %11 = load i32, ptr %i, align 4, !tbaa !4
  %add18 = add i32 %mul17, %11
  %idxprom19 = zext i32 %add18 to i64
  %arrayidx20 = getelementptr inbounds nuw i32, ptr %10, i64 %idxprom19
  store i32 -1, ptr %arrayidx20, align 4, !tbaa !4
  br label %if.end

if.end:
  %12 = load i32, ptr %step, align 4, !tbaa !4
  %rem21 = srem i32 %12, 2
  %idxprom22 = sext i32 %rem21 to i64
  %arrayidx23 = getelementptr inbounds [2 x [64 x i32]], ptr addrspacecast (ptr addrspace(3) @_ZZ4ringPiiE4slot to ptr), i64 0, i64 %idxprom22
  %13 = load i32, ptr %i, align 4, !tbaa !4
  %idxprom24 = sext i32 %13 to i64
  %arrayidx25 = getelementptr inbounds [64 x i32], ptr %arrayidx23, i64 0, i64 %idxprom24
  %14 = load i32, ptr %arrayidx25, align 4, !tbaa !4
  %add26 = add nsw i32 %14, 1
  %15 = load ptr, ptr %there, align 8, !tbaa !8
  %16 = load i32, ptr %i, align 4, !tbaa !4
  %idxprom27 = sext i32 %16 to i64
  %arrayidx28 = getelementptr inbounds i32, ptr %15, i64 %idxprom27
  store i32 %add26, ptr %arrayidx28, align 4, !tbaa !4
  %call29 = call %"struct.cooperative_groups::cluster_group::arrival_token" @_ZN18cooperative_groups13cluster_group14barrier_arriveEv() #9
  call void @__nvvm.barrier.cta.sync.aligned.all(i32 0)
  call void @_ZN18cooperative_groups13cluster_group12barrier_waitEv() #9
  call void @llvm.lifetime.end.p5(ptr addrspace(5) %p5.there) #8
  br label %for.inc

for.inc:
  %17 = load i32, ptr %step, align 4, !tbaa !4
  %inc = add nsw i32 %17, 1
  store i32 %inc, ptr %step, align 4, !tbaa !4
  br label %for.cond, !llvm.loop !11

for.end:
  %18 = load i32, ptr %steps.addr, align 4, !tbaa !4
  %rem30 = srem i32 %18, 2
  %idxprom31 = sext i32 %rem30 to i64
  %arrayidx32 = getelementptr inbounds [2 x [64 x i32]], ptr addrspacecast (ptr addrspace(3) @_ZZ4ringPiiE4slot to ptr), i64 0, i64 %idxprom31
  %19 = load i32, ptr %i, align 4, !tbaa !4
  %idxprom33 = sext i32 %19 to i64
  %arrayidx34 = getelementptr inbounds [64 x i32], ptr %arrayidx32, i64 0, i64 %idxprom33
  %20 = load i32, ptr %arrayidx34, align 4, !tbaa !4
  %21 = load ptr, ptr %out.addr, align 8, !tbaa !8
  %call35 = call noundef i32 @_ZN15__cw_blockIdx_t10__cw_get_xEv() #9
  %mul36 = mul i32 %call35, 64
  %22 = load i32, ptr %i, align 4, !tbaa !4
  %add37 = add i32 %mul36, %22
  %idxprom38 = zext i32 %add37 to i64
  %arrayidx39 = getelementptr inbounds nuw i32, ptr %21, i64 %idxprom38
  %23 = load i32, ptr %arrayidx39, align 4, !tbaa !4
  %add40 = add nsw i32 %23, %20
  store i32 %add40, ptr %arrayidx39, align 4, !tbaa !4
  call void @llvm.lifetime.end.p5(ptr addrspace(5) %p5.i) #8
  call void @llvm.lifetime.end.p5(ptr addrspace(5) %p5.next) #8
  call void @llvm.lifetime.end.p5(ptr addrspace(5) %p5.rank) #8
  call void @llvm.lifetime.end.p5(ptr addrspace(5) %p5.cluster) #8
  ret void
}

define internal %"class.cooperative_groups::cluster_group" @_ZN18cooperative_groups12this_clusterEv() #12 {
entry:
  %p5.retval = alloca %"class.cooperative_groups::cluster_group", align 1, addrspace(5)
  %retval = addrspacecast ptr addrspace(5) %p5.retval to ptr
  call void @_ZN18cooperative_groups13cluster_groupC2Ev(ptr noundef nonnull align 1 dereferenceable(1) %retval) #9
  %0 = load %"class.cooperative_groups::cluster_group", ptr %retval, align 1
  ret %"class.cooperative_groups::cluster_group" %0
}

define internal noundef i32 @_ZN18cooperative_groups13cluster_group10block_rankEv() #12 align 2 {
entry:
  %call = call noundef i32 @_ZL26__clusterRelativeBlockRankv() #9
  ret i32 %call
}

define internal noundef i32 @_ZN18cooperative_groups13cluster_group10num_blocksEv() #12 align 2 {
entry:
  %call = call noundef i32 @_ZL21__clusterSizeInBlocksv() #9
  ret i32 %call
}

define internal noundef i32 @_ZN16__cw_threadIdx_t10__cw_get_xEv() #12 align 2 {
entry:
  %0 = call i32 @__nvvm.read.ptx.sreg.tid.x()
  ret i32 %0
}

define internal noundef i32 @_ZN15__cw_blockIdx_t10__cw_get_xEv() #12 align 2 {
entry:
  %0 = call i32 @__nvvm.read.ptx.sreg.ctaid.x()
  ret i32 %0
}

define internal void @_ZN18cooperative_groups13cluster_group4syncEv() #12 align 2 {
entry:
  call void @_ZL24__cluster_barrier_arrivev() #9
  call void @_ZL22__cluster_barrier_waitv() #9
  ret void
}

define internal noundef ptr @_ZN18cooperative_groups13cluster_group15map_shared_rankIiEEPT_S3_i(ptr noundef %address, i32 noundef %rank) #12 align 2 {
entry:
  %p5.address.addr = alloca ptr, align 8, addrspace(5)
  %address.addr = addrspacecast ptr addrspace(5) %p5.address.addr to ptr
  %p5.rank.addr = alloca i32, align 4, addrspace(5)
  %rank.addr = addrspacecast ptr addrspace(5) %p5.rank.addr to ptr
  store ptr %address, ptr %address.addr, align 8, !tbaa !8
  store i32 %rank, ptr %rank.addr, align 4, !tbaa !4
  %0 = load ptr, ptr %address.addr, align 8, !tbaa !8
  %1 = load i32, ptr %rank.addr, align 4, !tbaa !4
  %call = call noundef ptr @_ZL25__cluster_map_shared_rankPKvj(ptr noundef %0, i32 noundef %1) #9
  ret ptr %call
}

define internal noundef i32 @_ZN18cooperative_groups13cluster_group17query_shared_rankEPKv(ptr noundef %address) #12 align 2 {
entry:
  %p5.address.addr = alloca ptr, align 8, addrspace(5)
  %address.addr = addrspacecast ptr addrspace(5) %p5.address.addr to ptr
  store ptr %address, ptr %address.addr, align 8, !tbaa !13
  %0 = load ptr, ptr %address.addr, align 8, !tbaa !13
  %call = call noundef i32 @_ZL27__cluster_query_shared_rankPKv(ptr noundef %0) #9
  ret i32 %call
}

define internal %"struct.cooperative_groups::cluster_group::arrival_token" @_ZN18cooperative_groups13cluster_group14barrier_arriveEv() #12 align 2 {
entry:
  %p5.retval = alloca %"struct.cooperative_groups::cluster_group::arrival_token", align 1, addrspace(5)
  %retval = addrspacecast ptr addrspace(5) %p5.retval to ptr
  call void @_ZL24__cluster_barrier_arrivev() #9
  %0 = load %"struct.cooperative_groups::cluster_group::arrival_token", ptr %retval, align 1
  ret %"struct.cooperative_groups::cluster_group::arrival_token" %0
}

declare void @__nvvm.barrier.cta.sync.aligned.all(i32) #9

define internal void @_ZN18cooperative_groups13cluster_group12barrier_waitEv() #12 align 2 {
entry:
  call void @_ZL22__cluster_barrier_waitv() #9
  ret void
}

define protected amdgpu_kernel void @_Z12ring_of_fourPii(ptr noundef %out, i32 noundef %steps) #13 {
entry:
  %p5.out.addr = alloca ptr, align 8, addrspace(5)
  %out.addr = addrspacecast ptr addrspace(5) %p5.out.addr to ptr
  %p5.steps.addr = alloca i32, align 4, addrspace(5)
  %steps.addr = addrspacecast ptr addrspace(5) %p5.steps.addr to ptr
  store ptr %out, ptr %out.addr, align 8, !tbaa !8
  store i32 %steps, ptr %steps.addr, align 4, !tbaa !4
  %0 = load ptr, ptr %out.addr, align 8, !tbaa !8
  %1 = load i32, ptr %steps.addr, align 4, !tbaa !4
  call void @_Z4ringPii(ptr noundef %0, i32 noundef %1) #9
  ret void
}

define protected amdgpu_kernel void @_Z14ring_of_launchPii(ptr noundef %out, i32 noundef %steps) #13 {
entry:
  %p5.out.addr = alloca ptr, align 8, addrspace(5)
  %out.addr = addrspacecast ptr addrspace(5) %p5.out.addr to ptr
  %p5.steps.addr = alloca i32, align 4, addrspace(5)
  %steps.addr = addrspacecast ptr addrspace(5) %p5.steps.addr to ptr
  store ptr %out, ptr %out.addr, align 8, !tbaa !8
  store i32 %steps, ptr %steps.addr, align 4, !tbaa !4
  %0 = load ptr, ptr %out.addr, align 8, !tbaa !8
  %1 = load i32, ptr %steps.addr, align 4, !tbaa !4
  call void @_Z4ringPii(ptr noundef %0, i32 noundef %1) #9
  ret void
}

define protected amdgpu_kernel void @_Z9registersPi(ptr noundef %out) #13 {
entry:
  %p5.out.addr = alloca ptr, align 8, addrspace(5)
  %out.addr = addrspacecast ptr addrspace(5) %p5.out.addr to ptr
  %p5.cluster = alloca %"class.cooperative_groups::cluster_group", align 1, addrspace(5)
  %cluster = addrspacecast ptr addrspace(5) %p5.cluster to ptr
  %p5.index = alloca %struct.dim3, align 4, addrspace(5)
  %index = addrspacecast ptr addrspace(5) %p5.index to ptr
  %p5.size = alloca %struct.dim3, align 4, addrspace(5)
  %size = addrspacecast ptr addrspace(5) %p5.size to ptr
  %p5.which = alloca %struct.dim3, align 4, addrspace(5)
  %which = addrspacecast ptr addrspace(5) %p5.which to ptr
  %p5.coerce = alloca %"class.cooperative_groups::grid_group", align 1, addrspace(5)
  %coerce = addrspacecast ptr addrspace(5) %p5.coerce to ptr
  %p5.block = alloca i32, align 4, addrspace(5)
  %block = addrspacecast ptr addrspace(5) %p5.block to ptr
  store ptr %out, ptr %out.addr, align 8, !tbaa !8
  call void @llvm.lifetime.start.p5(ptr addrspace(5) %p5.cluster) #8
  %call = call %"class.cooperative_groups::cluster_group" @_ZN18cooperative_groups12this_clusterEv() #9
  call void @llvm.lifetime.start.p5(ptr addrspace(5) %p5.index) #8
  %call1 = call %struct.dim3 @_ZN18cooperative_groups13cluster_group11block_indexEv() #9
  %0 = getelementptr inbounds nuw %struct.dim3, ptr %index, i32 0, i32 0
  %1 = extractvalue %struct.dim3 %call1, 0
  store i32 %1, ptr %0, align 4
  %2 = getelementptr inbounds nuw %struct.dim3, ptr %index, i32 0, i32 1
  %3 = extractvalue %struct.dim3 %call1, 1
  store i32 %3, ptr %2, align 4
  %4 = getelementptr inbounds nuw %struct.dim3, ptr %index, i32 0, i32 2
  %5 = extractvalue %struct.dim3 %call1, 2
  store i32 %5, ptr %4, align 4
  call void @llvm.lifetime.start.p5(ptr addrspace(5) %p5.size) #8
  %call2 = call %struct.dim3 @_ZN18cooperative_groups13cluster_group10dim_blocksEv() #9
  %6 = getelementptr inbounds nuw %struct.dim3, ptr %size, i32 0, i32 0
  %7 = extractvalue %struct.dim3 %call2, 0
  store i32 %7, ptr %6, align 4
  %8 = getelementptr inbounds nuw %struct.dim3, ptr %size, i32 0, i32 1
  %9 = extractvalue %struct.dim3 %call2, 1
  store i32 %9, ptr %8, align 4
  %10 = getelementptr inbounds nuw %struct.dim3, ptr %size, i32 0, i32 2
  %11 = extractvalue %struct.dim3 %call2, 2
  store i32 %11, ptr %10, align 4
  call void @llvm.lifetime.start.p5(ptr addrspace(5) %p5.which) #8
  %call3 = call %"class.cooperative_groups::grid_group" @_ZN18cooperative_groups9this_gridEv() #9
  %call4 = call %struct.dim3 @_ZN18cooperative_groups10grid_group13cluster_indexEv() #9
  %12 = getelementptr inbounds nuw %struct.dim3, ptr %which, i32 0, i32 0
  %13 = extractvalue %struct.dim3 %call4, 0
  store i32 %13, ptr %12, align 4
  %14 = getelementptr inbounds nuw %struct.dim3, ptr %which, i32 0, i32 1
  %15 = extractvalue %struct.dim3 %call4, 1
  store i32 %15, ptr %14, align 4
  %16 = getelementptr inbounds nuw %struct.dim3, ptr %which, i32 0, i32 2
  %17 = extractvalue %struct.dim3 %call4, 2
  store i32 %17, ptr %16, align 4
  call void @llvm.lifetime.start.p5(ptr addrspace(5) %p5.block) #8
  %call5 = call noundef i32 @_ZN15__cw_blockIdx_t10__cw_get_yEv() #9
  %call6 = call noundef i32 @_ZN14__cw_gridDim_t10__cw_get_xEv() #9
  %mul = mul i32 %call5, %call6
  %call7 = call noundef i32 @_ZN15__cw_blockIdx_t10__cw_get_xEv() #9
  %add = add i32 %mul, %call7
  store i32 %add, ptr %block, align 4, !tbaa !4
  %call8 = call noundef i32 @_ZN18cooperative_groups13cluster_group11thread_rankEv() #9
  %call9 = call noundef i32 @_ZN18cooperative_groups13cluster_group10block_rankEv() #9
  %call10 = call noundef i32 @_ZN18cooperative_groups13cluster_group11num_threadsEv() #9
  %mul11 = mul i32 %call9, %call10
  %call12 = call noundef i32 @_ZN18cooperative_groups13cluster_group10num_blocksEv() #9
  %div = udiv i32 %mul11, %call12
  %cmp = icmp eq i32 %call8, %div
  br i1 %cmp, label %if.then, label %if.end

if.then:
  %x = getelementptr inbounds nuw %struct.dim3, ptr %index, i32 0, i32 0
  %18 = load i32, ptr %x, align 4, !tbaa !14
  %y = getelementptr inbounds nuw %struct.dim3, ptr %index, i32 0, i32 1
  %19 = load i32, ptr %y, align 4, !tbaa !16
  %mul13 = mul i32 10, %19
  %add14 = add i32 %18, %mul13
  %x15 = getelementptr inbounds nuw %struct.dim3, ptr %size, i32 0, i32 0
  %20 = load i32, ptr %x15, align 4, !tbaa !14
  %mul16 = mul i32 100, %20
  %add17 = add i32 %add14, %mul16
  %y18 = getelementptr inbounds nuw %struct.dim3, ptr %size, i32 0, i32 1
  %21 = load i32, ptr %y18, align 4, !tbaa !16
  %mul19 = mul i32 1000, %21
  %add20 = add i32 %add17, %mul19
  %x21 = getelementptr inbounds nuw %struct.dim3, ptr %which, i32 0, i32 0
  %22 = load i32, ptr %x21, align 4, !tbaa !14
  %mul22 = mul i32 10000, %22
  %add23 = add i32 %add20, %mul22
  %y24 = getelementptr inbounds nuw %struct.dim3, ptr %which, i32 0, i32 1
  %23 = load i32, ptr %y24, align 4, !tbaa !16
  %mul25 = mul i32 100000, %23
  %add26 = add i32 %add23, %mul25
  %call27 = call noundef i32 @_ZN18cooperative_groups13cluster_group10block_rankEv() #9
  %mul28 = mul i32 1000000, %call27
  %add29 = add i32 %add26, %mul28
  %call30 = call noundef zeroext i1 @_ZL23__clusterDimIsSpecifiedv() #9
  %conv = zext i1 %call30 to i32
  %mul31 = mul nsw i32 10000000, %conv
  %add32 = add i32 %add29, %mul31
  %24 = load ptr, ptr %out.addr, align 8, !tbaa !8
  %25 = load i32, ptr %block, align 4, !tbaa !4
  %idxprom = zext i32 %25 to i64
  %arrayidx = getelementptr inbounds nuw i32, ptr %24, i64 %idxprom
  store i32 %add32, ptr %arrayidx, align 4, !tbaa !4
  br label %if.end

if.end:
  call void @llvm.lifetime.end.p5(ptr addrspace(5) %p5.block) #8
  call void @llvm.lifetime.end.p5(ptr addrspace(5) %p5.which) #8
  call void @llvm.lifetime.end.p5(ptr addrspace(5) %p5.size) #8
  call void @llvm.lifetime.end.p5(ptr addrspace(5) %p5.index) #8
  call void @llvm.lifetime.end.p5(ptr addrspace(5) %p5.cluster) #8
  ret void
}

define internal %struct.dim3 @_ZN18cooperative_groups13cluster_group11block_indexEv() #12 align 2 {
entry:
  %p5.retval = alloca %struct.dim3, align 4, addrspace(5)
  %retval = addrspacecast ptr addrspace(5) %p5.retval to ptr
  %call = call %struct.dim3 @_ZL25__clusterRelativeBlockIdxv() #9
  %0 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 0
  %1 = extractvalue %struct.dim3 %call, 0
  store i32 %1, ptr %0, align 4
  %2 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 1
  %3 = extractvalue %struct.dim3 %call, 1
  store i32 %3, ptr %2, align 4
  %4 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 2
  %5 = extractvalue %struct.dim3 %call, 2
  store i32 %5, ptr %4, align 4
  %6 = load %struct.dim3, ptr %retval, align 4
  ret %struct.dim3 %6
}

define internal %struct.dim3 @_ZN18cooperative_groups13cluster_group10dim_blocksEv() #12 align 2 {
entry:
  %p5.retval = alloca %struct.dim3, align 4, addrspace(5)
  %retval = addrspacecast ptr addrspace(5) %p5.retval to ptr
  %call = call %struct.dim3 @_ZL12__clusterDimv() #9
  %0 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 0
  %1 = extractvalue %struct.dim3 %call, 0
  store i32 %1, ptr %0, align 4
  %2 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 1
  %3 = extractvalue %struct.dim3 %call, 1
  store i32 %3, ptr %2, align 4
  %4 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 2
  %5 = extractvalue %struct.dim3 %call, 2
  store i32 %5, ptr %4, align 4
  %6 = load %struct.dim3, ptr %retval, align 4
  ret %struct.dim3 %6
}

define internal %"class.cooperative_groups::grid_group" @_ZN18cooperative_groups9this_gridEv() #12 {
entry:
  %p5.retval = alloca %"class.cooperative_groups::grid_group", align 1, addrspace(5)
  %retval = addrspacecast ptr addrspace(5) %p5.retval to ptr
  call void @_ZN18cooperative_groups10grid_groupC2Ev(ptr noundef nonnull align 1 dereferenceable(1) %retval) #9
  %0 = load %"class.cooperative_groups::grid_group", ptr %retval, align 1
  ret %"class.cooperative_groups::grid_group" %0
}

define internal %struct.dim3 @_ZN18cooperative_groups10grid_group13cluster_indexEv() #12 align 2 {
entry:
  %p5.retval = alloca %struct.dim3, align 4, addrspace(5)
  %retval = addrspacecast ptr addrspace(5) %p5.retval to ptr
  %call = call %struct.dim3 @_ZL12__clusterIdxv() #9
  %0 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 0
  %1 = extractvalue %struct.dim3 %call, 0
  store i32 %1, ptr %0, align 4
  %2 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 1
  %3 = extractvalue %struct.dim3 %call, 1
  store i32 %3, ptr %2, align 4
  %4 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 2
  %5 = extractvalue %struct.dim3 %call, 2
  store i32 %5, ptr %4, align 4
  %6 = load %struct.dim3, ptr %retval, align 4
  ret %struct.dim3 %6
}

define internal noundef i32 @_ZN15__cw_blockIdx_t10__cw_get_yEv() #12 align 2 {
entry:
  %0 = call i32 @__nvvm.read.ptx.sreg.ctaid.y()
  ret i32 %0
}

define internal noundef i32 @_ZN14__cw_gridDim_t10__cw_get_xEv() #12 align 2 {
entry:
  %0 = call i32 @__nvvm.read.ptx.sreg.nctaid.x()
  ret i32 %0
}

define internal noundef i32 @_ZN18cooperative_groups13cluster_group11thread_rankEv() #12 align 2 {
entry:
  %call = call noundef i32 @_ZN18cooperative_groups13cluster_group10block_rankEv() #9
  %call1 = call noundef i32 @_ZN18cooperative_groups7details10block_sizeEv() #9
  %mul = mul i32 %call, %call1
  %call2 = call noundef i32 @_ZN18cooperative_groups7details10block_rankEv() #9
  %add = add i32 %mul, %call2
  ret i32 %add
}

define internal noundef i32 @_ZN18cooperative_groups13cluster_group11num_threadsEv() #12 align 2 {
entry:
  %call = call noundef i32 @_ZN18cooperative_groups13cluster_group10num_blocksEv() #9
  %call1 = call noundef i32 @_ZN18cooperative_groups7details10block_sizeEv() #9
  %mul = mul i32 %call, %call1
  ret i32 %mul
}

define internal noundef zeroext i1 @_ZL23__clusterDimIsSpecifiedv() #12 {
entry:
  %call = call zeroext i1 @__nvvm.is_explicit_cluster() #10
  ret i1 %call
}

define protected amdgpu_kernel void @_Z4bothPiS_(ptr noundef %sums, ptr noundef %out) #13 {
entry:
  %p5.sums.addr = alloca ptr, align 8, addrspace(5)
  %sums.addr = addrspacecast ptr addrspace(5) %p5.sums.addr to ptr
  %p5.out.addr = alloca ptr, align 8, addrspace(5)
  %out.addr = addrspacecast ptr addrspace(5) %p5.out.addr to ptr
  %p5.coerce = alloca %"class.cooperative_groups::cluster_group", align 1, addrspace(5)
  %coerce = addrspacecast ptr addrspace(5) %p5.coerce to ptr
  %p5.coerce3 = alloca %"class.cooperative_groups::cluster_group", align 1, addrspace(5)
  %coerce3 = addrspacecast ptr addrspace(5) %p5.coerce3 to ptr
  %p5.coerce7 = alloca %"class.cooperative_groups::cluster_group", align 1, addrspace(5)
  %coerce7 = addrspacecast ptr addrspace(5) %p5.coerce7 to ptr
  %p5.coerce9 = alloca %"class.cooperative_groups::cluster_group", align 1, addrspace(5)
  %coerce9 = addrspacecast ptr addrspace(5) %p5.coerce9 to ptr
  %p5.coerce16 = alloca %"class.cooperative_groups::grid_group", align 1, addrspace(5)
  %coerce16 = addrspacecast ptr addrspace(5) %p5.coerce16 to ptr
  store ptr %sums, ptr %sums.addr, align 8, !tbaa !8
  store ptr %out, ptr %out.addr, align 8, !tbaa !8
  %call = call noundef i32 @_ZN16__cw_threadIdx_t10__cw_get_xEv() #9
  %cmp = icmp eq i32 %call, 0
  br i1 %cmp, label %if.then, label %if.end

if.then:
  store i32 0, ptr addrspacecast (ptr addrspace(3) @_ZZ4bothPiS_E3sum to ptr), align 4, !tbaa !4
  br label %if.end

if.end:
  %call1 = call %"class.cooperative_groups::cluster_group" @_ZN18cooperative_groups12this_clusterEv() #9
  call void @_ZN18cooperative_groups13cluster_group4syncEv() #9
  %call2 = call %"class.cooperative_groups::cluster_group" @_ZN18cooperative_groups12this_clusterEv() #9
  %call4 = call noundef ptr @_ZN18cooperative_groups13cluster_group15map_shared_rankIiEEPT_S3_i(ptr noundef addrspacecast (ptr addrspace(3) @_ZZ4bothPiS_E3sum to ptr), i32 noundef 0) #9
  %call5 = call noundef i32 @_ZL9atomicAddPii(ptr noundef %call4, i32 noundef 1) #9
  %call6 = call %"class.cooperative_groups::cluster_group" @_ZN18cooperative_groups12this_clusterEv() #9
  call void @_ZN18cooperative_groups13cluster_group4syncEv() #9
  %call8 = call %"class.cooperative_groups::cluster_group" @_ZN18cooperative_groups12this_clusterEv() #9
  %call10 = call noundef i32 @_ZN18cooperative_groups13cluster_group11thread_rankEv() #9
  %cmp11 = icmp eq i32 %call10, 0
  br i1 %cmp11, label %if.then12, label %if.end14

if.then12:
  %0 = load ptr, ptr %sums.addr, align 8, !tbaa !8
  %1 = load i32, ptr addrspacecast (ptr addrspace(3) @_ZZ4bothPiS_E3sum to ptr), align 4, !tbaa !4
  %call13 = call noundef i32 @_ZL9atomicAddPii(ptr noundef %0, i32 noundef %1) #9
  br label %if.end14

if.end14:
  %call15 = call %"class.cooperative_groups::grid_group" @_ZN18cooperative_groups9this_gridEv() #9
  call void @_ZN18cooperative_groups10grid_group4syncEv() #9
  %2 = load ptr, ptr %sums.addr, align 8, !tbaa !8
  %3 = load i32, ptr %2, align 4, !tbaa !4
  %4 = load ptr, ptr %out.addr, align 8, !tbaa !8
  %call17 = call noundef i32 @_ZN15__cw_blockIdx_t10__cw_get_xEv() #9
  %mul = mul i32 %call17, 64
  %call18 = call noundef i32 @_ZN16__cw_threadIdx_t10__cw_get_xEv() #9
  %add = add i32 %mul, %call18
  %idxprom = zext i32 %add to i64
  %arrayidx = getelementptr inbounds nuw i32, ptr %4, i64 %idxprom
  store i32 %3, ptr %arrayidx, align 4, !tbaa !4
  ret void
}

define internal noundef i32 @_ZL9atomicAddPii(ptr noundef %address, i32 noundef %value) #12 {
entry:
  %p5.address.addr = alloca ptr, align 8, addrspace(5)
  %address.addr = addrspacecast ptr addrspace(5) %p5.address.addr to ptr
  %p5.value.addr = alloca i32, align 4, addrspace(5)
  %value.addr = addrspacecast ptr addrspace(5) %p5.value.addr to ptr
  store ptr %address, ptr %address.addr, align 8, !tbaa !8
  store i32 %value, ptr %value.addr, align 4, !tbaa !4
  %0 = load ptr, ptr %address.addr, align 8, !tbaa !8
  %1 = load i32, ptr %value.addr, align 4, !tbaa !4
  %call = atomicrmw add ptr %0, i32 %1 syncscope("agent") monotonic, align 4, !amdgpu.no.fine.grained.memory !32, !amdgpu.no.remote.memory !32
  ret i32 %call
}

define internal void @_ZN18cooperative_groups10grid_group4syncEv() #12 align 2 {
entry:
  call void @__cw.grid.sync() #9
  ret void
}

define internal void @_ZN18cooperative_groups13cluster_groupC2Ev(ptr noundef nonnull align 1 dereferenceable(1) %this) unnamed_addr #12 align 2 {
entry:
  %p5.this.addr = alloca ptr, align 8, addrspace(5)
  %this.addr = addrspacecast ptr addrspace(5) %p5.this.addr to ptr
  store ptr %this, ptr %this.addr, align 8, !tbaa !17
  %this1 = load ptr, ptr %this.addr, align 8
  ret void
}

define internal noundef i32 @_ZL26__clusterRelativeBlockRankv() #12 {
entry:
  %call = call i32 @__nvvm.read.ptx.sreg.cluster.ctarank() #10
  ret i32 %call
}

declare noundef i32 @__nvvm.read.ptx.sreg.cluster.ctarank() #14

define internal noundef i32 @_ZL21__clusterSizeInBlocksv() #12 {
entry:
  %call = call i32 @__nvvm.read.ptx.sreg.cluster.nctarank() #10
  ret i32 %call
}

declare noundef i32 @__nvvm.read.ptx.sreg.cluster.nctarank() #14

declare noundef range(i32 0, 1024) i32 @__nvvm.read.ptx.sreg.tid.x() #14

declare noundef range(i32 0, 2147483647) i32 @__nvvm.read.ptx.sreg.ctaid.x() #14

define internal void @_ZL24__cluster_barrier_arrivev() #12 {
entry:
  call void @__nvvm.barrier.cluster.arrive() #9
  ret void
}

define internal void @_ZL22__cluster_barrier_waitv() #12 {
entry:
  call void @__nvvm.barrier.cluster.wait() #9
  ret void
}

declare void @__nvvm.barrier.cluster.arrive() #9

declare void @__nvvm.barrier.cluster.wait() #9

define internal noundef i32 @_ZL27__cluster_query_shared_rankPKv(ptr noundef %address) #12 {
entry:
  %p5.address.addr = alloca ptr, align 8, addrspace(5)
  %address.addr = addrspacecast ptr addrspace(5) %p5.address.addr to ptr
  store ptr %address, ptr %address.addr, align 8, !tbaa !13
  %0 = load ptr, ptr %address.addr, align 8, !tbaa !13
  %call = call i32 @__nvvm.getctarank(ptr noundef %0) #10
  ret i32 %call
}

declare i32 @__nvvm.getctarank(ptr captures(none)) #14

define internal %struct.dim3 @_ZL25__clusterRelativeBlockIdxv() #12 {
entry:
  %p5.retval = alloca %struct.dim3, align 4, addrspace(5)
  %retval = addrspacecast ptr addrspace(5) %p5.retval to ptr
  %call = call %struct.dim3 @_ZL18__cw_cluster_ctaidv() #9
  %0 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 0
  %1 = extractvalue %struct.dim3 %call, 0
  store i32 %1, ptr %0, align 4
  %2 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 1
  %3 = extractvalue %struct.dim3 %call, 1
  store i32 %3, ptr %2, align 4
  %4 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 2
  %5 = extractvalue %struct.dim3 %call, 2
  store i32 %5, ptr %4, align 4
  %6 = load %struct.dim3, ptr %retval, align 4
  ret %struct.dim3 %6
}

define internal %struct.dim3 @_ZL18__cw_cluster_ctaidv() #12 {
entry:
  %p5.retval = alloca %struct.dim3, align 4, addrspace(5)
  %retval = addrspacecast ptr addrspace(5) %p5.retval to ptr
  %call = call i32 @__nvvm.read.ptx.sreg.cluster.ctaid.x() #10
  %call1 = call i32 @__nvvm.read.ptx.sreg.cluster.ctaid.y() #10
  %call2 = call i32 @__nvvm.read.ptx.sreg.cluster.ctaid.z() #10
  call void @_ZN4dim3C2Ejjj(ptr noundef nonnull align 4 dereferenceable(12) %retval, i32 noundef %call, i32 noundef %call1, i32 noundef %call2) #9
  %0 = load %struct.dim3, ptr %retval, align 4
  ret %struct.dim3 %0
}

declare noundef range(i32 0, 2147483647) i32 @__nvvm.read.ptx.sreg.cluster.ctaid.x() #14

declare noundef range(i32 0, 65535) i32 @__nvvm.read.ptx.sreg.cluster.ctaid.y() #14

declare noundef range(i32 0, 65535) i32 @__nvvm.read.ptx.sreg.cluster.ctaid.z() #14

define internal void @_ZN4dim3C2Ejjj(ptr noundef nonnull align 4 dereferenceable(12) %this, i32 noundef %vx, i32 noundef %vy, i32 noundef %vz) unnamed_addr #11 align 2 {
entry:
  %p5.this.addr = alloca ptr, align 8, addrspace(5)
  %this.addr = addrspacecast ptr addrspace(5) %p5.this.addr to ptr
  %p5.vx.addr = alloca i32, align 4, addrspace(5)
  %vx.addr = addrspacecast ptr addrspace(5) %p5.vx.addr to ptr
  %p5.vy.addr = alloca i32, align 4, addrspace(5)
  %vy.addr = addrspacecast ptr addrspace(5) %p5.vy.addr to ptr
  %p5.vz.addr = alloca i32, align 4, addrspace(5)
  %vz.addr = addrspacecast ptr addrspace(5) %p5.vz.addr to ptr
  store ptr %this, ptr %this.addr, align 8, !tbaa !19
  store i32 %vx, ptr %vx.addr, align 4, !tbaa !4
  store i32 %vy, ptr %vy.addr, align 4, !tbaa !4
  store i32 %vz, ptr %vz.addr, align 4, !tbaa !4
  %this1 = load ptr, ptr %this.addr, align 8
  %x = getelementptr inbounds nuw %struct.dim3, ptr %this1, i32 0, i32 0
  %0 = load i32, ptr %vx.addr, align 4, !tbaa !4
  store i32 %0, ptr %x, align 4, !tbaa !14
  %y = getelementptr inbounds nuw %struct.dim3, ptr %this1, i32 0, i32 1
  %1 = load i32, ptr %vy.addr, align 4, !tbaa !4
  store i32 %1, ptr %y, align 4, !tbaa !16
  %z = getelementptr inbounds nuw %struct.dim3, ptr %this1, i32 0, i32 2
  %2 = load i32, ptr %vz.addr, align 4, !tbaa !4
  store i32 %2, ptr %z, align 4, !tbaa !21
  ret void
}

define internal %struct.dim3 @_ZL12__clusterDimv() #12 {
entry:
  %p5.retval = alloca %struct.dim3, align 4, addrspace(5)
  %retval = addrspacecast ptr addrspace(5) %p5.retval to ptr
  %call = call %struct.dim3 @_ZL19__cw_cluster_nctaidv() #9
  %0 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 0
  %1 = extractvalue %struct.dim3 %call, 0
  store i32 %1, ptr %0, align 4
  %2 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 1
  %3 = extractvalue %struct.dim3 %call, 1
  store i32 %3, ptr %2, align 4
  %4 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 2
  %5 = extractvalue %struct.dim3 %call, 2
  store i32 %5, ptr %4, align 4
  %6 = load %struct.dim3, ptr %retval, align 4
  ret %struct.dim3 %6
}

define internal %struct.dim3 @_ZL19__cw_cluster_nctaidv() #12 {
entry:
  %p5.retval = alloca %struct.dim3, align 4, addrspace(5)
  %retval = addrspacecast ptr addrspace(5) %p5.retval to ptr
  %call = call i32 @__nvvm.read.ptx.sreg.cluster.nctaid.x() #10
  %call1 = call i32 @__nvvm.read.ptx.sreg.cluster.nctaid.y() #10
  %call2 = call i32 @__nvvm.read.ptx.sreg.cluster.nctaid.z() #10
  call void @_ZN4dim3C2Ejjj(ptr noundef nonnull align 4 dereferenceable(12) %retval, i32 noundef %call, i32 noundef %call1, i32 noundef %call2) #9
  %0 = load %struct.dim3, ptr %retval, align 4
  ret %struct.dim3 %0
}

declare noundef range(i32 1, -2147483648) i32 @__nvvm.read.ptx.sreg.cluster.nctaid.x() #14

declare noundef range(i32 1, 65536) i32 @__nvvm.read.ptx.sreg.cluster.nctaid.y() #14

declare noundef range(i32 1, 65536) i32 @__nvvm.read.ptx.sreg.cluster.nctaid.z() #14

define internal void @_ZN18cooperative_groups10grid_groupC2Ev(ptr noundef nonnull align 1 dereferenceable(1) %this) unnamed_addr #12 align 2 {
entry:
  %p5.this.addr = alloca ptr, align 8, addrspace(5)
  %this.addr = addrspacecast ptr addrspace(5) %p5.this.addr to ptr
  store ptr %this, ptr %this.addr, align 8, !tbaa !22
  %this1 = load ptr, ptr %this.addr, align 8
  ret void
}

define internal %struct.dim3 @_ZL12__clusterIdxv() #12 {
entry:
  %p5.retval = alloca %struct.dim3, align 4, addrspace(5)
  %retval = addrspacecast ptr addrspace(5) %p5.retval to ptr
  %call = call %struct.dim3 @_ZL14__cw_clusteridv() #9
  %0 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 0
  %1 = extractvalue %struct.dim3 %call, 0
  store i32 %1, ptr %0, align 4
  %2 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 1
  %3 = extractvalue %struct.dim3 %call, 1
  store i32 %3, ptr %2, align 4
  %4 = getelementptr inbounds nuw %struct.dim3, ptr %retval, i32 0, i32 2
  %5 = extractvalue %struct.dim3 %call, 2
  store i32 %5, ptr %4, align 4
  %6 = load %struct.dim3, ptr %retval, align 4
  ret %struct.dim3 %6
}

define internal %struct.dim3 @_ZL14__cw_clusteridv() #12 {
entry:
  %p5.retval = alloca %struct.dim3, align 4, addrspace(5)
  %retval = addrspacecast ptr addrspace(5) %p5.retval to ptr
  %call = call i32 @__nvvm.read.ptx.sreg.clusterid.x() #10
  %call1 = call i32 @__nvvm.read.ptx.sreg.clusterid.y() #10
  %call2 = call i32 @__nvvm.read.ptx.sreg.clusterid.z() #10
  call void @_ZN4dim3C2Ejjj(ptr noundef nonnull align 4 dereferenceable(12) %retval, i32 noundef %call, i32 noundef %call1, i32 noundef %call2) #9
  %0 = load %struct.dim3, ptr %retval, align 4
  ret %struct.dim3 %0
}

declare noundef range(i32 0, 2147483647) i32 @__nvvm.read.ptx.sreg.clusterid.x() #14

declare noundef range(i32 0, 65535) i32 @__nvvm.read.ptx.sreg.clusterid.y() #14

declare noundef range(i32 0, 65535) i32 @__nvvm.read.ptx.sreg.clusterid.z() #14

declare noundef range(i32 0, 65535) i32 @__nvvm.read.ptx.sreg.ctaid.y() #14

declare noundef range(i32 1, -2147483648) i32 @__nvvm.read.ptx.sreg.nctaid.x() #14

define internal noundef i32 @_ZN18cooperative_groups7details10block_sizeEv() #12 {
entry:
  %call = call noundef i32 @_ZN15__cw_blockDim_t10__cw_get_xEv() #9
  %call1 = call noundef i32 @_ZN15__cw_blockDim_t10__cw_get_yEv() #9
  %mul = mul i32 %call, %call1
  %call2 = call noundef i32 @_ZN15__cw_blockDim_t10__cw_get_zEv() #9
  %mul3 = mul i32 %mul, %call2
  ret i32 %mul3
}

define internal noundef i32 @_ZN18cooperative_groups7details10block_rankEv() #12 {
entry:
  %byval.copy = alloca %struct.uint3, align 4, addrspace(5)
  %byval.copy.0 = alloca %struct.uint3, align 4, addrspace(5)
  %p5.agg.tmp = alloca %struct.uint3, align 4, addrspace(5)
  %agg.tmp = addrspacecast ptr addrspace(5) %p5.agg.tmp to ptr
  %p5.agg.tmp1 = alloca %struct.uint3, align 4, addrspace(5)
  %agg.tmp1 = addrspacecast ptr addrspace(5) %p5.agg.tmp1 to ptr
  %call = call %struct.uint3 @_ZNK16__cw_threadIdx_tcv5uint3Ev(ptr noundef nonnull align 1 dereferenceable(1) addrspacecast (ptr addrspace(1) @threadIdx to ptr)) #9
  %0 = getelementptr inbounds nuw %struct.uint3, ptr %agg.tmp, i32 0, i32 0
  %1 = extractvalue %struct.uint3 %call, 0
  store i32 %1, ptr %0, align 4
  %2 = getelementptr inbounds nuw %struct.uint3, ptr %agg.tmp, i32 0, i32 1
  %3 = extractvalue %struct.uint3 %call, 1
  store i32 %3, ptr %2, align 4
  %4 = getelementptr inbounds nuw %struct.uint3, ptr %agg.tmp, i32 0, i32 2
  %5 = extractvalue %struct.uint3 %call, 2
  store i32 %5, ptr %4, align 4
  %call2 = call %struct.uint3 @_ZNK15__cw_blockDim_tcv5uint3Ev(ptr noundef nonnull align 1 dereferenceable(1) addrspacecast (ptr addrspace(1) @blockDim to ptr)) #9
  %6 = getelementptr inbounds nuw %struct.uint3, ptr %agg.tmp1, i32 0, i32 0
  %7 = extractvalue %struct.uint3 %call2, 0
  store i32 %7, ptr %6, align 4
  %8 = getelementptr inbounds nuw %struct.uint3, ptr %agg.tmp1, i32 0, i32 1
  %9 = extractvalue %struct.uint3 %call2, 1
  store i32 %9, ptr %8, align 4
  %10 = getelementptr inbounds nuw %struct.uint3, ptr %agg.tmp1, i32 0, i32 2
  %11 = extractvalue %struct.uint3 %call2, 2
  store i32 %11, ptr %10, align 4
  call void @llvm.memcpy.p5.p0.i64(ptr addrspace(5) align 4 %byval.copy.0, ptr align 4 %agg.tmp, i64 12, i1 false)
  call void @llvm.memcpy.p5.p0.i64(ptr addrspace(5) align 4 %byval.copy, ptr align 4 %agg.tmp1, i64 12, i1 false)
  %call3 = call noundef i32 @_ZN18cooperative_groups7details6linearE5uint3S1_(ptr addrspace(5) byval(%struct.uint3) noundef align 4 %byval.copy.0, ptr addrspace(5) byval(%struct.uint3) noundef align 4 %byval.copy) #9
  ret i32 %call3
}

define internal noundef i32 @_ZN15__cw_blockDim_t10__cw_get_xEv() #12 align 2 {
entry:
  %0 = call i32 @__nvvm.read.ptx.sreg.ntid.x()
  ret i32 %0
}

define internal noundef i32 @_ZN15__cw_blockDim_t10__cw_get_yEv() #12 align 2 {
entry:
  %0 = call i32 @__nvvm.read.ptx.sreg.ntid.y()
  ret i32 %0
}

define internal noundef i32 @_ZN15__cw_blockDim_t10__cw_get_zEv() #12 align 2 {
entry:
  %0 = call i32 @__nvvm.read.ptx.sreg.ntid.z()
  ret i32 %0
}

declare noundef range(i32 1, 1025) i32 @__nvvm.read.ptx.sreg.ntid.x() #14

declare noundef range(i32 1, 1025) i32 @__nvvm.read.ptx.sreg.ntid.y() #14

declare noundef range(i32 1, 65) i32 @__nvvm.read.ptx.sreg.ntid.z() #14

define internal noundef i32 @_ZN18cooperative_groups7details6linearE5uint3S1_(ptr addrspace(5) byval(%struct.uint3) noundef align 4 %arg.index, ptr addrspace(5) byval(%struct.uint3) noundef align 4 %arg.size) #12 {
entry:
  %index = addrspacecast ptr addrspace(5) %arg.index to ptr
  %size = addrspacecast ptr addrspace(5) %arg.size to ptr
  %z = getelementptr inbounds nuw %struct.uint3, ptr %index, i32 0, i32 2
  %0 = load i32, ptr %z, align 4, !tbaa !24
  %y = getelementptr inbounds nuw %struct.uint3, ptr %size, i32 0, i32 1
  %1 = load i32, ptr %y, align 4, !tbaa !26
  %mul = mul i32 %0, %1
  %y1 = getelementptr inbounds nuw %struct.uint3, ptr %index, i32 0, i32 1
  %2 = load i32, ptr %y1, align 4, !tbaa !26
  %add = add i32 %mul, %2
  %x = getelementptr inbounds nuw %struct.uint3, ptr %size, i32 0, i32 0
  %3 = load i32, ptr %x, align 4, !tbaa !27
  %mul2 = mul i32 %add, %3
  %x3 = getelementptr inbounds nuw %struct.uint3, ptr %index, i32 0, i32 0
  %4 = load i32, ptr %x3, align 4, !tbaa !27
  %add4 = add i32 %mul2, %4
  ret i32 %add4
}

define internal %struct.uint3 @_ZNK16__cw_threadIdx_tcv5uint3Ev(ptr noundef nonnull align 1 dereferenceable(1) %this) #12 align 2 {
entry:
  %p5.retval = alloca %struct.uint3, align 4, addrspace(5)
  %retval = addrspacecast ptr addrspace(5) %p5.retval to ptr
  %p5.this.addr = alloca ptr, align 8, addrspace(5)
  %this.addr = addrspacecast ptr addrspace(5) %p5.this.addr to ptr
  store ptr %this, ptr %this.addr, align 8, !tbaa !28
  %this1 = load ptr, ptr %this.addr, align 8
  %x = getelementptr inbounds nuw %struct.uint3, ptr %retval, i32 0, i32 0
  %call = call noundef i32 @_ZN16__cw_threadIdx_t10__cw_get_xEv() #9
  store i32 %call, ptr %x, align 4, !tbaa !27
  %y = getelementptr inbounds nuw %struct.uint3, ptr %retval, i32 0, i32 1
  %call2 = call noundef i32 @_ZN16__cw_threadIdx_t10__cw_get_yEv() #9
  store i32 %call2, ptr %y, align 4, !tbaa !26
  %z = getelementptr inbounds nuw %struct.uint3, ptr %retval, i32 0, i32 2
  %call3 = call noundef i32 @_ZN16__cw_threadIdx_t10__cw_get_zEv() #9
  store i32 %call3, ptr %z, align 4, !tbaa !24
  %0 = load %struct.uint3, ptr %retval, align 4
  ret %struct.uint3 %0
}

define internal %struct.uint3 @_ZNK15__cw_blockDim_tcv5uint3Ev(ptr noundef nonnull align 1 dereferenceable(1) %this) #12 align 2 {
entry:
  %p5.retval = alloca %struct.uint3, align 4, addrspace(5)
  %retval = addrspacecast ptr addrspace(5) %p5.retval to ptr
  %p5.this.addr = alloca ptr, align 8, addrspace(5)
  %this.addr = addrspacecast ptr addrspace(5) %p5.this.addr to ptr
  store ptr %this, ptr %this.addr, align 8, !tbaa !30
  %this1 = load ptr, ptr %this.addr, align 8
  %x = getelementptr inbounds nuw %struct.uint3, ptr %retval, i32 0, i32 0
  %call = call noundef i32 @_ZN15__cw_blockDim_t10__cw_get_xEv() #9
  store i32 %call, ptr %x, align 4, !tbaa !27
  %y = getelementptr inbounds nuw %struct.uint3, ptr %retval, i32 0, i32 1
  %call2 = call noundef i32 @_ZN15__cw_blockDim_t10__cw_get_yEv() #9
  store i32 %call2, ptr %y, align 4, !tbaa !26
  %z = getelementptr inbounds nuw %struct.uint3, ptr %retval, i32 0, i32 2
  %call3 = call noundef i32 @_ZN15__cw_blockDim_t10__cw_get_zEv() #9
  store i32 %call3, ptr %z, align 4, !tbaa !24
  %0 = load %struct.uint3, ptr %retval, align 4
  ret %struct.uint3 %0
}

define internal noundef i32 @_ZN16__cw_threadIdx_t10__cw_get_yEv() #12 align 2 {
entry:
  %0 = call i32 @__nvvm.read.ptx.sreg.tid.y()
  ret i32 %0
}

define internal noundef i32 @_ZN16__cw_threadIdx_t10__cw_get_zEv() #12 align 2 {
entry:
  %0 = call i32 @__nvvm.read.ptx.sreg.tid.z()
  ret i32 %0
}

declare noundef range(i32 0, 1024) i32 @__nvvm.read.ptx.sreg.tid.y() #14

declare noundef range(i32 0, 64) i32 @__nvvm.read.ptx.sreg.tid.z() #14

declare noundef i1 @__nvvm.is_explicit_cluster() #14

declare void @__cw.grid.sync() #15

define internal noundef ptr @_ZL25__cluster_map_shared_rankPKvj(ptr noundef %address, i32 noundef %rank) #12 {
entry:
  %p5.address.addr = alloca ptr, align 8, addrspace(5)
  %address.addr = addrspacecast ptr addrspace(5) %p5.address.addr to ptr
  %p5.rank.addr = alloca i32, align 4, addrspace(5)
  %rank.addr = addrspacecast ptr addrspace(5) %p5.rank.addr to ptr
  store ptr %address, ptr %address.addr, align 8, !tbaa !13
  store i32 %rank, ptr %rank.addr, align 4, !tbaa !4
  %0 = load ptr, ptr %address.addr, align 8, !tbaa !13
  %1 = load i32, ptr %rank.addr, align 4, !tbaa !4
  %call = call ptr @__nvvm.mapa(ptr noundef %0, i32 noundef %1) #10
  ret ptr %call
}

declare ptr @__nvvm.mapa(ptr captures(none), i32) #14

declare void @llvm.memcpy.p5.p0.i64(ptr addrspace(5), ptr, i64, i1 immarg) #16

declare void @llvm.lifetime.start.p5(ptr addrspace(5)) #17

declare void @llvm.lifetime.end.p5(ptr addrspace(5)) #17

attributes #0 = { convergent mustprogress nounwind "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="sm_90" "target-features"="+ptx87,+sm_90" }
attributes #1 = { nocallback nofree nosync nounwind willreturn memory(argmem: readwrite) }
attributes #2 = { alwaysinline convergent mustprogress nounwind "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="sm_90" "target-features"="+ptx87,+sm_90" }
attributes #3 = { convergent nocallback nounwind }
attributes #4 = { convergent mustprogress noinline norecurse nounwind "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="sm_90" "target-features"="+ptx87,+sm_90" "uniform-work-group-size"="true" }
attributes #5 = { nocallback nofree nosync nounwind speculatable willreturn memory(none) }
attributes #6 = { nounwind "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="sm_90" "target-features"="+ptx87,+sm_90" }
attributes #7 = { convergent nounwind "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="sm_90" "target-features"="+ptx87,+sm_90" }
attributes #8 = { nounwind }
attributes #9 = { convergent nounwind }
attributes #10 = { convergent nounwind willreturn memory(none) }
attributes #11 = { convergent mustprogress nounwind "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="gfx1100" }
attributes #12 = { alwaysinline convergent mustprogress nounwind "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="gfx1100" }
attributes #13 = { convergent mustprogress noinline norecurse nounwind "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="gfx1100" "amdgpu-flat-work-group-size"="1,1024" "uniform-work-group-size"="true" }
attributes #14 = { nofree nosync nounwind willreturn memory(none) }
attributes #15 = { convergent nounwind "no-trapping-math"="true" "stack-protector-buffer-size"="8" }
attributes #16 = { nocallback nofree nounwind willreturn memory(argmem: readwrite) }
attributes #17 = { nocallback nofree nosync nounwind willreturn }

!llvm.module.flags = !{!0, !1, !33}
!llvm.ident = !{!3}
!llvm.errno.tbaa = !{!4}

!0 = !{i32 2, !"SDK Version", [2 x i32] [i32 12, i32 9]}
!1 = !{i32 1, !"wchar_size", i32 4}
!2 = !{i32 4, !"nvvm-reflect-ftz", i32 0}
!3 = !{!"clang version 22.1.8"}
!4 = !{!5, !5, i64 0}
!5 = !{!"int", !6, i64 0}
!6 = !{!"omnipotent char", !7, i64 0}
!7 = !{!"Simple C++ TBAA"}
!8 = !{!9, !9, i64 0}
!9 = !{!"p1 int", !10, i64 0}
!10 = !{!"any pointer", !6, i64 0}
!11 = distinct !{!11, !12}
!12 = !{!"llvm.loop.mustprogress"}
!13 = !{!10, !10, i64 0}
!14 = !{!15, !5, i64 0}
!15 = !{!"_ZTS4dim3", !5, i64 0, !5, i64 4, !5, i64 8}
!16 = !{!15, !5, i64 4}
!17 = !{!18, !18, i64 0}
!18 = !{!"p1 _ZTSN18cooperative_groups13cluster_groupE", !10, i64 0}
!19 = !{!20, !20, i64 0}
!20 = !{!"p1 _ZTS4dim3", !10, i64 0}
!21 = !{!15, !5, i64 8}
!22 = !{!23, !23, i64 0}
!23 = !{!"p1 _ZTSN18cooperative_groups10grid_groupE", !10, i64 0}
!24 = !{!25, !5, i64 8}
!25 = !{!"_ZTS5uint3", !5, i64 0, !5, i64 4, !5, i64 8}
!26 = !{!25, !5, i64 4}
!27 = !{!25, !5, i64 0}
!28 = !{!29, !29, i64 0}
!29 = !{!"p1 _ZTS16__cw_threadIdx_t", !10, i64 0}
!30 = !{!31, !31, i64 0}
!31 = !{!"p1 _ZTS15__cw_blockDim_t", !10, i64 0}
!32 = !{}
!33 = !{i32 1, !"amdhsa_code_object_version", i32 500}
