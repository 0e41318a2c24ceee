#include "devices/cpu/module.hpp"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/log.hpp"
#include "devices/cpu/limits.hpp"

namespace cw::cpu {
namespace {

constexpr uint64_t kBlockOverhead = 8192;  // of a block that waits, beside what it asks for

bool write_all(int file, const Vector<uint8_t>& bytes) {
  size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n = write(file, bytes.data() + done, bytes.size() - done);
    if (n <= 0) return false;
    done += static_cast<size_t>(n);
  }
  return true;
}

// An anonymous file with the image; -1 when there is no room for one.
int image_file(const Vector<uint8_t>& bytes) {
  constexpr unsigned kCloseOnExec = 1;
  int file = static_cast<int>(syscall(SYS_memfd_create, "crosswarp-cpu-module", kCloseOnExec));
  if (file < 0) {
    char path[] = "/tmp/crosswarp-cpu-module-XXXXXX";
    file = mkstemp(path);
    if (file >= 0) unlink(path);
  }
  if (file >= 0 && !write_all(file, bytes)) {
    close(file);
    return -1;
  }
  return file;
}

}  // namespace

cudaError_t CpuKernel::attributes(cudaFuncAttributes* out) {
  *out = cudaFuncAttributes{};
  out->sharedSizeBytes = abi_.static_shared;
  out->localSizeBytes = abi_.local_bytes;
  out->maxThreadsPerBlock = static_cast<int>(abi_.max_threads);
  out->numRegs = 32;  // no such count on a CPU: one that never limits occupancy
  out->ptxVersion = 80;
  out->binaryVersion = 80;
  out->maxDynamicSharedSizeBytes = max_dynamic_ >= 0 ? max_dynamic_ : kSharedPerBlock - static_cast<int>(abi_.static_shared);
  add_settings(out);
  if (abi_.cluster != 0) {
    out->clusterDimMustBeSet = 1;
    out->requiredClusterWidth = static_cast<int>(abi_.cluster & 1023);
    out->requiredClusterHeight = static_cast<int>(abi_.cluster >> 10 & 1023);
    out->requiredClusterDepth = static_cast<int>(abi_.cluster >> 20);
  }
  return cudaSuccess;
}

cudaError_t CpuKernel::set_max_dynamic_shared(int bytes) {
  if (bytes < 0 || bytes + static_cast<int>(abi_.static_shared) > kSharedPerBlockOptIn) return cudaErrorInvalidValue;
  max_dynamic_ = bytes;
  return cudaSuccess;
}

cudaError_t CpuKernel::max_active_blocks(int block_size, size_t dynamic_shared, int* blocks) {
  if (block_size <= 0) return cudaErrorInvalidValue;
  *blocks = blocks_at_a_time(static_cast<uint64_t>(block_size), dynamic_shared);
  return cudaSuccess;
}

int CpuKernel::blocks_at_a_time(uint64_t block_size, size_t dynamic_shared) const {
  if (block_size > abi_.max_threads) return 0;
  const size_t shared = abi_.static_shared + dynamic_shared;
  const int warps = (static_cast<int>(block_size) + kWarpSize - 1) / kWarpSize;
  int most = kMaxThreadsPerProcessor / (warps * kWarpSize);
  if (shared > 0 && most > static_cast<int>(kSharedPerProcessor / shared)) most = static_cast<int>(kSharedPerProcessor / shared);
  return most < kMaxBlocksPerProcessor ? most : kMaxBlocksPerProcessor;
}

cudaError_t CpuKernel::most_cooperative_blocks(const LaunchShape& shape, const cudaDeviceProp&, uint64_t* blocks) {
  const dim3& block = shape.block;
  const cw_cpu_launch launch{
      {1, 1, 1}, {block.x, block.y, block.z}, static_cast<uint32_t>(shape.dynamic_shared), 1, nullptr, nullptr, nullptr, {1, 1, 1},
      0};
  const uint64_t arena = abi_.arena_bytes != nullptr ? abi_.arena_bytes(&launch) : 0;
  const uint64_t memory = static_cast<uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  const uint64_t fit = memory / 2 / (arena + shared_bytes(shape.dynamic_shared) + kBlockOverhead);
  *blocks = fit < kMostCooperativeBlocks ? fit : kMostCooperativeBlocks;
  return cudaSuccess;
}

dim3 CpuKernel::cluster(const LaunchShape& shape) const {
  if (shape.has_clusters()) return shape.cluster;
  if (const uint32_t packed = abi_.cluster; packed != 0) return dim3{packed & 1023, packed >> 10 & 1023, packed >> 20};
  cudaFuncAttributes set{};
  add_settings(&set);
  if (set.requiredClusterWidth == 0) return shape.cluster;
  const auto given = [](int size) { return size != 0 ? static_cast<unsigned>(size) : 1u; };
  return dim3{given(set.requiredClusterWidth), given(set.requiredClusterHeight), given(set.requiredClusterDepth)};
}

cudaError_t CpuKernel::max_cluster_size(const cudaLaunchConfig_t&, int* blocks) {
  cudaFuncAttributes set{};
  add_settings(&set);
  *blocks = set.nonPortableClusterSizeAllowed != 0 ? kLargestCluster : kPortableCluster;
  return cudaSuccess;
}

bool CpuKernel::pack(const LaunchArguments& arguments, void* out) const {
  if (arguments.pointers == nullptr && arguments.packed != nullptr) {
    if (arguments.packed_bytes < abi_.param_bytes) return false;
    memcpy(out, arguments.packed, abi_.param_bytes);
    return true;
  }
  if (arguments.pointers == nullptr) return abi_.param_count == 0;
  for (uint32_t i = 0; i < abi_.param_count; ++i) {
    if (arguments.pointers[i] == nullptr) return false;
    memcpy(static_cast<char*>(out) + abi_.params[i].offset, arguments.pointers[i], abi_.params[i].size);
  }
  return true;
}

cudaError_t CpuKernel::keep_arguments(const LaunchArguments& arguments, Vector<uint8_t>* packed) {
  packed->resize(abi_.param_bytes);
  return pack(arguments, packed->data()) ? cudaSuccess : cudaErrorInvalidValue;
}

cudaError_t CpuKernel::parameter(size_t index, size_t* offset, size_t* size) {
  if (index >= abi_.param_count) return cudaErrorInvalidValue;
  *offset = abi_.params[index].offset;
  *size = abi_.params[index].size;
  return cudaSuccess;
}

size_t CpuKernel::shared_bytes(size_t dynamic) const {
  const size_t align = abi_.shared_align > 16 ? abi_.shared_align : 16;
  return (abi_.static_shared + align - 1) / align * align + dynamic;
}

CpuModule* CpuModule::load(const Vector<uint8_t>& bytes) {
  const int file = image_file(bytes);
  if (file < 0) {
    say("cannot create a file for a CPU module");
    return nullptr;
  }
  // The file stays open while the module is loaded: the dynamic linker knows libraries by path, so the number must not come back.
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  void* handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  const auto* abi = handle != nullptr ? static_cast<const cw_cpu_module*>(dlsym(handle, "__cw_cpu_module")) : nullptr;
  if (abi != nullptr && abi->abi == CW_CPU_ABI_VERSION) return new CpuModule(file, handle, *abi);
  if (abi != nullptr) {
    say("a CPU module has interface version %u, this runtime has %u: rebuild the program", abi->abi, CW_CPU_ABI_VERSION);
  } else {
    say("cannot load a CPU module: %s", handle != nullptr ? "it exports no __cw_cpu_module" : dlerror());
  }
  if (handle != nullptr) dlclose(handle);
  close(file);
  return nullptr;
}

CpuModule::CpuModule(int file, void* handle, const cw_cpu_module& abi) : file_(file), handle_(handle), abi_(abi) {
  for (uint32_t i = 0; i < abi.kernel_count; ++i) kernels_.push(Owned<CpuKernel>(new CpuKernel(*abi.kernels[i], this)));
}

CpuModule::~CpuModule() {
  dlclose(handle_);
  close(file_);
}

Kernel* CpuModule::kernel(const char* mangled) {
  for (Owned<CpuKernel>& kernel : kernels_) {
    if (strcmp(kernel->abi().name, mangled) == 0) return kernel.get();
  }
  return nullptr;
}

bool CpuModule::variable(const char* mangled, void** address, size_t* bytes) {
  for (uint32_t i = 0; i < abi_.variable_count; ++i) {
    const cw_cpu_variable& variable = abi_.variables[i];
    if (strcmp(variable.name, mangled) != 0) continue;
    *address = variable.address;
    *bytes = variable.size;
    return true;
  }
  return false;
}

bool CpuModule::is_managed(const char* mangled) {
  for (uint32_t i = 0; i < abi_.variable_count; ++i) {
    if (strcmp(abi_.variables[i].name, mangled) == 0) return abi_.variables[i].kind == CW_CPU_VAR_MANAGED;
  }
  return false;
}

cudaError_t CpuModule::kernel_names(Vector<const char*>* names) {
  for (const Owned<CpuKernel>& kernel : kernels_) names->push(kernel->abi().name);
  return cudaSuccess;
}

}  // namespace cw::cpu
