// What the runtime asks of a processor. Five small interfaces; four implementations of each are planned: cpu, hip, nvidia,
// emulated.
//
// Members without a body are required. The others have a default that answers cudaErrorNotSupported or an honest "nothing".
#pragma once

#include <driver_types.h>
#include <vector_types.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "core/allocated.hpp"
#include "core/attribute_values.hpp"
#include "core/ref.hpp"
#include "evidence/log.hpp"
#include "fatbin/reader.hpp"

namespace cw {

class Device;
class Pool;
class TextureUnit;

// A place in an array that only the device's texture unit can address; `x` counts bytes.
struct ArrayPlace {
  void* array = nullptr;  // null: the side is memory
  size_t x = 0;
  size_t y = 0;
  size_t z = 0;
};

// A box of rows and slices; a plain copy is one row. Pitches count from row to row and from slice to slice.
struct Copy {
  const void* src;
  size_t src_pitch;
  size_t src_slice;
  void* dst;
  size_t dst_pitch;
  size_t dst_slice;
  size_t width;
  size_t height;
  size_t depth;
  cudaMemcpyKind kind;
  ArrayPlace src_array{};  // in place of src, where it names an array
  ArrayPlace dst_array{};

  bool touches_arrays() const { return src_array.array != nullptr || dst_array.array != nullptr; }
  bool is_plain() const { return height == 1 && depth == 1 && !touches_arrays(); }
  static Copy plain(void* dst, const void* src, size_t bytes, cudaMemcpyKind kind) {
    return Copy{src, bytes, bytes, dst, bytes, bytes, bytes, 1, 1, kind, {}, {}};
  }
};

struct Fill {
  void* dst;
  size_t pitch;
  size_t slice;
  uint32_t value;
  uint32_t value_bytes;  // 1, 2 or 4
  size_t width;          // elements of value_bytes
  size_t height;
  size_t depth;

  static Fill bytes(void* dst, int value, size_t count) {
    return Fill{dst, count, count, static_cast<uint8_t>(value), 1, count, 1, 1};
  }
};

struct LaunchShape {
  dim3 grid;
  dim3 block;
  size_t dynamic_shared;
  bool cooperative;
  dim3 cluster = {1, 1, 1};
  int priority = kOfTheStream;

  static constexpr int kOfTheStream = -0x80000000;
  bool has_clusters() const { return cluster.x != 1 || cluster.y != 1 || cluster.z != 1; }
};

// Arguments of a launch: one pointer per parameter, or all of them packed as the kernel expects them.
struct LaunchArguments {
  void** pointers;
  const void* packed;
  size_t packed_bytes;
};

class Module;

class Kernel : public Allocated {
 public:
  explicit Kernel(Module* module) : module_(module) {}
  virtual ~Kernel() = default;
  Module* module() const { return module_; }  // null: made for one launch
  virtual const char* name() const = 0;       // mangled
  virtual cudaError_t attributes(cudaFuncAttributes* out) = 0;
  virtual cudaError_t max_active_blocks(int block_size, size_t dynamic_shared, int* blocks) = 0;
  virtual cudaError_t set_max_dynamic_shared(int bytes);
  virtual cudaError_t set_carveout(int percent);  // a hint, kept for attributes()
  // Attributes about clusters, checked by the caller; kept for attributes().
  virtual cudaError_t set_attribute(cudaFuncAttribute attribute, int value);
  // Blocks that can run at a time on all multiprocessors: the largest cooperative grid.
  virtual cudaError_t most_cooperative_blocks(const LaunchShape& shape, const cudaDeviceProp& properties, uint64_t* blocks);
  // The launch's clusters, or those that the kernel itself asks for.
  virtual dim3 cluster(const LaunchShape& shape) const { return shape.cluster; }
  // Blocks of the largest cluster that the configuration can have.
  virtual cudaError_t max_cluster_size(const cudaLaunchConfig_t&, int* blocks) {
    *blocks = 1;
    return cudaSuccess;
  }
  // Place of a parameter among the packed arguments; cudaErrorInvalidValue where there is none of that number.
  virtual cudaError_t parameter(size_t, size_t*, size_t*) { return cudaErrorNotSupported; }
  // For every launch on a real stream: writes it down once, where evidence is written.
  void note_launch() {
    if (evidence::enabled && !noted_.exchange(true, std::memory_order_relaxed)) write_launch();
  }
  // Copies the arguments of a launch, packed, so that it can be made later and again (graphs).
  virtual cudaError_t keep_arguments(const LaunchArguments& arguments, Vector<uint8_t>* packed);

 protected:
  // Fills in what was set.
  void add_settings(cudaFuncAttributes* out) const;

 private:
  void write_launch() const;

  Module* module_;
  std::atomic<bool> noted_{false};
  int carveout_ = -1;
  int settings_[cudaFuncAttributeMax] = {};
};

// One loaded image. Owns its kernels.
class Module : public Allocated {
 public:
  virtual ~Module() = default;
  virtual Kernel* kernel(const char* mangled) = 0;  // null: no such kernel
  virtual bool variable(const char* mangled, void** address, size_t* bytes) = 0;
  virtual bool is_managed(const char*) { return false; }  // a variable's name
  // The mangled names of all kernels, valid as long as the module.
  virtual cudaError_t kernel_names(Vector<const char*>*) { return cudaErrorNotSupported; }
  int cuda_arch() const { return cuda_arch_; }  // __CUDA_ARCH__ in its source; 0: unknown
  // What it was loaded from.
  void set_image(const fatbin::Image& image, const Vector<uint8_t>& bytes);
  // The image's BLAKE2b digest, in hexadecimal; empty unless evidence is written.
  const char* digest() const { return digest_; }

 private:
  int cuda_arch_ = 0;
  char digest_[65] = "";
};

class Event : public Allocated {
 public:
  virtual ~Event() = default;
  virtual cudaError_t query() = 0;  // cudaErrorNotReady while the recorded work is unfinished
  virtual cudaError_t synchronize() = 0;
  virtual cudaError_t elapsed(Event& end, float* milliseconds) = 0;  // both of one device
};

// Memory without an address of its own (Device::create_memory).
class PhysicalMemory : public Counted {
 public:
  virtual cudaError_t map(void* at, size_t offset, size_t bytes) = 0;
  virtual size_t bytes() const = 0;
  virtual cudaError_t export_file(int*) { return cudaErrorNotSupported; }  // a new descriptor
};

// An ordered queue of work. Members only add to it, except query and synchronize.
class Stream : public Allocated {
 public:
  Stream(Device& device, unsigned flags, int priority);
  virtual ~Stream() = default;  // finishes the queued work in the background
  virtual cudaError_t copy(const Copy& copy) = 0;
  virtual cudaError_t fill(const Fill& fill) = 0;
  virtual cudaError_t launch(Kernel& kernel, const LaunchShape& shape, const LaunchArguments& arguments) = 0;
  virtual cudaError_t call(void (*function)(void*), void* data) = 0;
  virtual cudaError_t record(Event& event) = 0;
  virtual cudaError_t wait(Event& event) = 0;
  virtual cudaError_t query() = 0;
  virtual cudaError_t synchronize() = 0;
  // Copy and fill that return when they are done.
  virtual cudaError_t copy_now(const Copy& job);
  virtual cudaError_t fill_now(const Fill& job);
  // Memory whose life follows the stream's order: from a pool (captures put nodes in their place), or from the device itself.
  virtual cudaError_t allocate_from(Pool& pool, size_t bytes, void** out);
  virtual cudaError_t release_to(Pool& pool, void* memory);
  // A hint: managed memory is used next on a device, or on the host (-1).
  virtual cudaError_t prefetch(const void*, size_t, int) { return cudaSuccess; }
  virtual cudaError_t allocate(size_t bytes, void** out);
  virtual cudaError_t release(void* memory) = 0;

  // Tells the vendor's library of an attribute that was set; a hint.
  virtual cudaError_t apply_attribute(cudaLaunchAttributeID, const cudaLaunchAttributeValue&) { return cudaSuccess; }

  // True for what stands in for a stream that captures (core/capture.hpp).
  virtual bool capturing() const { return false; }
  // What a stream that takes nothing answers (core/refusing_stream.hpp).
  virtual cudaError_t refusal() const { return cudaSuccess; }

  Device& device() const { return device_; }
  uint64_t id() const { return id_; }  // unique in the process
  unsigned flags() const { return flags_; }
  int priority() const { return priority_.load(std::memory_order_relaxed); }
  void set_priority(int priority) { priority_.store(priority, std::memory_order_relaxed); }
  AttributeValues& attributes() { return attributes_; }

 private:
  Device& device_;
  const uint64_t id_;
  unsigned flags_;
  std::atomic<int> priority_;
  AttributeValues attributes_;
};

// Memory whose life follows streams (cudaMemPool_t). Members without a body are required; a pool that another process made can
// only import and release pointers.
class Pool : public Counted {
 public:
  // Usable by work that the stream gets from here on. cudaErrorMemoryAllocation beyond the pool's or the machine's memory.
  virtual cudaError_t allocate(Stream& stream, size_t bytes, void** out) = 0;
  virtual cudaError_t free_in(Stream& stream, void* memory) = 0;  // when the stream gets there
  virtual cudaError_t free_now(void* memory) = 0;                 // nothing uses it any more
  virtual cudaError_t trim(size_t bytes_to_keep) = 0;
  // Values are int for the reuse flags, uint64_t for the others. cudaErrorInvalidValue for what cannot be set.
  virtual cudaError_t set(cudaMemPoolAttr attribute, const void* value) = 0;
  virtual cudaError_t get(cudaMemPoolAttr attribute, void* value) = 0;
  virtual cudaError_t set_access(const Device& peer, cudaMemAccessFlags flags) = 0;
  virtual cudaError_t get_access(const Device& peer, cudaMemAccessFlags* flags) = 0;
  // For other processes: the pool, and a pointer in it. `handle` is where a POSIX file descriptor goes.
  virtual cudaError_t export_handle(cudaMemAllocationHandleType type, void* handle) = 0;
  virtual cudaError_t export_pointer(void* memory, cudaMemPoolPtrExportData* data) = 0;
  virtual cudaError_t import_pointer(const cudaMemPoolPtrExportData& data, void** memory, size_t* bytes) = 0;
};

class Device : public Allocated {
 public:
  virtual ~Device() = default;

  virtual const char* kind() const = 0;  // "cpu", "amd", "nvidia"
  // How well an image fits: larger is better, negative cannot run here.
  virtual int rank(const fatbin::Image& image) const = 0;
  // The architecture that the compiler makes code for this device for ("gfx1100"); false where PTX is loaded as it is.
  virtual bool code_architecture(char*, size_t) { return false; }
  virtual cudaError_t load(const fatbin::Image& image, const Vector<uint8_t>& bytes, Owned<Module>* out) = 0;
  virtual cudaError_t properties(cudaDeviceProp* out) = 0;
  virtual cudaError_t memory_info(size_t* free_bytes, size_t* total_bytes) = 0;

  virtual cudaError_t allocate(size_t bytes, void** out) = 0;
  virtual cudaError_t release(void* memory) = 0;
  virtual cudaError_t allocate_host(size_t bytes, unsigned flags, void** out) = 0;
  virtual cudaError_t release_host(void* memory) = 0;
  virtual cudaError_t allocate_managed(size_t bytes, unsigned flags, void** out);
  virtual cudaError_t release_managed(void* memory);
  virtual cudaError_t register_host(void* memory, size_t bytes, unsigned flags);
  virtual cudaError_t unregister_host(void* memory);
  virtual cudaError_t device_pointer(void* host, void** out);  // of pinned or registered memory

  virtual Stream& legacy_stream() = 0;
  virtual Stream& thread_stream() = 0;  // the calling thread's own default stream
  virtual cudaError_t create_stream(unsigned flags, int priority, Owned<Stream>* out) = 0;
  virtual cudaError_t create_event(unsigned flags, Owned<Event>* out) = 0;
  virtual cudaError_t synchronize() = 0;

  virtual cudaError_t default_pool(Ref<Pool>* out);
  virtual cudaError_t create_pool(const cudaMemPoolProps& properties, Ref<Pool>* out);
  virtual cudaError_t import_pool(void* handle, cudaMemAllocationHandleType type, Ref<Pool>* out);

  // Other processes: the handles are the vendor's own. Nothing may use the memory while its handle is made.
  virtual cudaError_t share_memory(void* memory, cudaIpcMemHandle_t* out);
  virtual cudaError_t open_memory(const cudaIpcMemHandle_t& handle, unsigned flags, void** out, size_t* bytes);
  virtual cudaError_t close_memory(void* memory, size_t bytes);
  virtual cudaError_t share_event(Event& event, cudaIpcEventHandle_t* out);
  virtual cudaError_t open_event(const cudaIpcEventHandle_t& handle, Owned<Event>* out);
  // Hints about managed memory; the runtime remembers them itself. `ordinal`: -1 is the host.
  virtual cudaError_t advise(const void*, size_t, cudaMemoryAdvise, int) { return cudaSuccess; }

  // The error that a fault left behind; every call reports it until reset().
  virtual cudaError_t sticky_error() const { return cudaSuccess; }
  // Called after all modules, streams and allocations of the device are gone.
  virtual cudaError_t reset() { return cudaSuccess; }
  virtual cudaError_t attribute(cudaDeviceAttr attribute, int* value);  // default: read from properties()
  virtual cudaError_t limit(cudaLimit limit, size_t* value);
  virtual cudaError_t set_limit(cudaLimit limit, size_t value);
  virtual bool can_access_peer(const Device&) const { return false; }
  virtual cudaError_t enable_peer(Device&) { return cudaErrorPeerAccessUnsupported; }
  virtual cudaError_t disable_peer(Device&) { return cudaErrorPeerAccessNotEnabled; }
  // Of the link from this device to another one; cudaErrorInvalidValue for an attribute that does not exist.
  virtual cudaError_t peer_attribute(const Device& peer, cudaDeviceP2PAttr attribute, int* value) const;
  virtual void priority_range(int* least, int* greatest) const { *least = *greatest = 0; }
  // Virtual memory management; all sizes and addresses are multiples of the granularity, 0 where there is none of it.
  virtual size_t memory_granularity() const { return 0; }
  virtual cudaError_t reserve_addresses(size_t, size_t, void*, void**) { return cudaErrorNotSupported; }
  virtual cudaError_t free_addresses(void*, size_t) { return cudaErrorNotSupported; }
  virtual cudaError_t create_memory(size_t, bool, Ref<PhysicalMemory>*) { return cudaErrorNotSupported; }
  virtual cudaError_t import_memory(int, Ref<PhysicalMemory>*) { return cudaErrorNotSupported; }  // from export_file
  virtual cudaError_t unmap_memory(void*, size_t) { return cudaErrorNotSupported; }
  // `access`: bit 0 reading, bit 1 writing; by this device.
  virtual cudaError_t set_memory_access(void*, size_t, unsigned) { return cudaErrorNotSupported; }

  // True where launches can ask for clusters of several blocks; elsewhere they fail with cudaErrorInvalidClusterSize.
  virtual bool has_clusters() const { return false; }
  virtual cudaError_t flush_remote_writes(int, int) { return cudaSuccess; }
  // True where the runtime must check pointers itself because nothing below would.
  virtual bool checks_pointers() const { return false; }
  // True where a function in a stream (Stream::call) may give work to other streams and wait for it.
  virtual bool calls_may_submit() const { return false; }
  // Gives the memory behind an allocation back, but keeps the address; its contents are lost. False where that cannot be done.
  virtual bool discard(void*, size_t) { return false; }
  // True where device memory is memory of this process.
  virtual bool shares_memory() const { return false; }
  // Null where arrays and textures are the runtime's (core/texture.hpp).
  virtual TextureUnit* texture_unit() { return nullptr; }
  // True where device code reads the runtime's descriptors (crosswarp/texture.h); false: objects need a texture unit.
  virtual bool reads_descriptors() const { return true; }
};

namespace fatbin {
// The image that fits `device` best, or null.
const Image* best_image(const Vector<Image>& images, const Device& device);
}  // namespace fatbin

}  // namespace cw
