// printf, assert, trap and the device heap, through the structure that the runtime shim hands to the code object.
// Records and heap: crosswarp/gpu_services.h.
#include "crosswarp/gpu_services.h"
#include "crosswarp/printf_format.h"
#include "wave.h"

// Defined by lowering in each code object that needs it; the shim sets it at load.
extern "C" CW_GLOBAL cw_gpu_services* CW_GLOBAL cw_services __asm__("__cw_device_services");

// Called, not inlined: programs have many printf and assert statements, and none is worth a copy of this code.
#define CW_SERVICE(label, result, name, parameters)                              \
  extern "C" [[gnu::noinline, gnu::cold]] result name parameters __asm__(label); \
  extern "C" result name parameters

// Small code matters here, speed does not: each copy of an unrolled or vectorised loop costs compile time in every program.
#define CW_OUTLINE [[gnu::noinline]]
#define CW_PLAIN_LOOP _Pragma("clang loop unroll(disable) vectorize(disable)")

namespace {

using Services = CW_GLOBAL cw_gpu_services;
using Bytes = CW_GLOBAL char;

CW_INLINE uint32_t align_up(uint32_t value, uint32_t alignment) { return (value + alignment - 1) & ~(alignment - 1); }

// Bytes of a string with its NUL; 0 for a null pointer.
CW_OUTLINE uint32_t string_bytes(const char* text) {
  if (text == nullptr) return 0;
  uint32_t n = 0;
  CW_PLAIN_LOOP while (text[n] != 0)++ n;
  return n + 1;
}

CW_OUTLINE void copy_bytes(Bytes* to, const char* from, uint32_t count) {
  CW_PLAIN_LOOP for (uint32_t i = 0; i < count; ++i) to[i] = from[i];
}

// Takes room for a record of `bytes` (a multiple of 16) and fills the header's common part. Null when the buffer is full.
CW_GLOBAL cw_gpu_record* reserve(Services* services, uint32_t bytes) {
  uint64_t at = __scoped_atomic_fetch_add(&services->cursor, static_cast<uint64_t>(bytes), __ATOMIC_RELAXED, __MEMORY_SCOPE_SYSTEM);
  if (at + bytes > services->buffer_bytes) {
    __scoped_atomic_fetch_add(&services->dropped, static_cast<uint64_t>(1), __ATOMIC_RELAXED, __MEMORY_SCOPE_SYSTEM);
    return nullptr;
  }
  auto* record = (CW_GLOBAL cw_gpu_record*)((Bytes*)services->buffer + at);
  record->size = bytes;
  record->block[0] = __builtin_amdgcn_workgroup_id_x();
  record->block[1] = __builtin_amdgcn_workgroup_id_y();
  record->block[2] = __builtin_amdgcn_workgroup_id_z();
  record->thread[0] = __builtin_amdgcn_workitem_id_x();
  record->thread[1] = __builtin_amdgcn_workitem_id_y();
  record->thread[2] = __builtin_amdgcn_workitem_id_z();
  return record;
}

CW_INLINE void publish(CW_GLOBAL cw_gpu_record* record, uint32_t kind) {
  __scoped_atomic_store_n(&record->ready, kind, __ATOMIC_RELEASE, __MEMORY_SCOPE_SYSTEM);
}

CW_OUTLINE cw_format_item next_item(const char* at) { return cw_format_next(at); }

// Walks the conversions of a format: `visit(offset, bytes, is_string)` for each packed argument. Returns their number.
template <class Visit>
CW_INLINE int walk(const char* format, Visit visit) {
  int count = 0;
  uint32_t offset = 0;
  auto argument = [&](uint32_t bytes, bool is_string) {
    offset = align_up(offset, bytes);
    visit(offset, bytes, is_string);
    offset += bytes;
    ++count;
  };
  for (const char* at = format; *at != 0;) {
    if (*at++ != '%') continue;
    cw_format_item item = next_item(at);
    if (item.kind == CW_FORMAT_BAD) break;
    for (uint32_t star = 0; star < item.stars; ++star) argument(4, false);
    if (item.bytes != 0) argument(item.bytes, item.kind == CW_FORMAT_STRING);
    at += item.length;
  }
  return count;
}

template <class T>
CW_INLINE T argument_at(const void* arguments, uint32_t offset) {
  return *reinterpret_cast<const T*>(static_cast<const char*>(arguments) + offset);
}

[[noreturn]] CW_INLINE void end_launch(Services* services, uint32_t fault) {
  if (services == nullptr) __builtin_trap();
  uint32_t none = CW_GPU_FAULT_NONE;
  __scoped_atomic_compare_exchange_n(&services->fault, &none, fault, false, __ATOMIC_RELEASE, __ATOMIC_RELAXED,
                                     __MEMORY_SCOPE_SYSTEM);
  __builtin_amdgcn_endpgm();
}

}  // namespace

CW_SERVICE("__cw.printf", int32_t, device_printf, (const char* format, const void* arguments)) {
  Services* services = cw_services;
  if (services == nullptr || format == nullptr) return -1;
  uint32_t argument_bytes = 0, text_bytes = 0;
  int count = walk(format, [&](uint32_t offset, uint32_t bytes, bool is_string) {
    argument_bytes = offset + bytes;
    if (is_string) text_bytes += string_bytes(argument_at<const char*>(arguments, offset));
  });
  uint32_t format_bytes = string_bytes(format);
  uint32_t arguments_at = sizeof(cw_gpu_record), format_at = arguments_at + align_up(argument_bytes, 8);
  uint32_t text_at = format_at + format_bytes;
  auto* record = reserve(services, align_up(text_at + text_bytes, 16));
  if (record == nullptr) return -1;
  record->format = format_at;
  record->arguments = arguments_at;
  auto* bytes_of_record = (Bytes*)record;
  copy_bytes(bytes_of_record + format_at, format, format_bytes);
  walk(format, [&](uint32_t offset, uint32_t bytes, bool is_string) {
    auto* slot = bytes_of_record + arguments_at + offset;
    if (is_string) {
      auto* text = argument_at<const char*>(arguments, offset);
      uint32_t length = string_bytes(text);
      copy_bytes(bytes_of_record + text_at, text, length);
      *(CW_GLOBAL uint64_t*)slot = length == 0 ? 0 : text_at;
      text_at += length;
    } else if (bytes == 8) {
      *(CW_GLOBAL uint64_t*)slot = argument_at<uint64_t>(arguments, offset);
    } else {
      *(CW_GLOBAL uint32_t*)slot = argument_at<uint32_t>(arguments, offset);
    }
  });
  publish(record, CW_GPU_RECORD_PRINTF);
  return count;
}

CW_SERVICE("__cw.assert", void, device_assert, (const char* expression, const char* file, uint32_t line, const char* function)) {
  Services* services = cw_services;
  if (services != nullptr) {
    const char* texts[3] = {expression, file, function};
    uint32_t lengths[3], total = sizeof(cw_gpu_record);
    for (int i = 0; i < 3; ++i) {
      if (texts[i] == nullptr) texts[i] = "";
      total += lengths[i] = string_bytes(texts[i]);
    }
    auto* record = reserve(services, align_up(total, 16));
    if (record != nullptr) {
      record->format = sizeof(cw_gpu_record);
      record->line = line;
      auto* to = (Bytes*)record + sizeof(cw_gpu_record);
      for (int i = 0; i < 3; ++i) {
        copy_bytes(to, texts[i], lengths[i]);
        to += lengths[i];
      }
      publish(record, CW_GPU_RECORD_ASSERT);
    }
  }
  end_launch(services, CW_GPU_FAULT_ASSERT);
}

CW_DEFINE("__cw.trap", void, device_trap, ()) { end_launch(cw_services, CW_GPU_FAULT_TRAP); }

// A breakpoint without a debugger does nothing.
CW_DEFINE("__cw.brkpt", void, device_brkpt, ()) {}

namespace {

constexpr uint64_t kBlockHeader = 16;

CW_INLINE CW_GLOBAL uint64_t* block_words(CW_GLOBAL cw_gpu_heap* heap, uint64_t sixteenths) {
  return (CW_GLOBAL uint64_t*)((Bytes*)heap + sixteenths * 16);
}
CW_INLINE uint64_t next_tag(uint64_t head) { return ((head >> 32) + 1) << 32; }

// Smallest class whose blocks, 16 << class bytes, hold `bytes` (at least 16).
CW_INLINE uint32_t size_class(uint64_t bytes) { return bytes <= 16 ? 0 : 60 - static_cast<uint32_t>(__builtin_clzll(bytes - 1)); }

void* pop(CW_GLOBAL cw_gpu_heap* heap, CW_GLOBAL uint64_t* list) {
  uint64_t head = __scoped_atomic_load_n(list, __ATOMIC_ACQUIRE, __MEMORY_SCOPE_DEVICE);
  while (static_cast<uint32_t>(head) != 0) {
    auto* block = block_words(heap, static_cast<uint32_t>(head));
    // Another thread may have taken the block and be writing here: then the exchange below fails.
    uint64_t next = __scoped_atomic_load_n(block + 1, __ATOMIC_RELAXED, __MEMORY_SCOPE_DEVICE);
    uint64_t wanted = next_tag(head) | static_cast<uint32_t>(next);
    if (__scoped_atomic_compare_exchange_n(list, &head, wanted, true, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE, __MEMORY_SCOPE_DEVICE)) {
      return (void*)(block + 2);
    }
  }
  return nullptr;
}

void* carve(CW_GLOBAL cw_gpu_heap* heap, uint64_t heap_bytes, uint32_t block_class) {
  uint64_t size = 16ull << block_class;
  uint64_t at = __scoped_atomic_fetch_add(&heap->used, size, __ATOMIC_RELAXED, __MEMORY_SCOPE_DEVICE);
  if (sizeof(cw_gpu_heap) + at + size > heap_bytes) {
    __scoped_atomic_fetch_sub(&heap->used, size, __ATOMIC_RELAXED, __MEMORY_SCOPE_DEVICE);
    return nullptr;
  }
  auto* block = block_words(heap, (sizeof(cw_gpu_heap) + at) / 16);
  block[0] = block_class;
  return (void*)(block + 2);
}

}  // namespace

CW_SERVICE("__cw.malloc", void*, device_malloc, (uint64_t bytes)) {
  Services* services = cw_services;
  auto* heap = services == nullptr ? nullptr : (CW_GLOBAL cw_gpu_heap*)services->heap;
  if (heap == nullptr || bytes > services->heap_bytes) return nullptr;
  uint32_t block_class = size_class(bytes + kBlockHeader);
  void* block = pop(heap, &heap->free_list[block_class]);
  return block != nullptr ? block : carve(heap, services->heap_bytes, block_class);
}

CW_SERVICE("__cw.free", void, device_free, (void* pointer)) {
  if (pointer == nullptr) return;
  auto* heap = (CW_GLOBAL cw_gpu_heap*)cw_services->heap;
  auto* block = (CW_GLOBAL uint64_t*)pointer - 2;
  uint64_t sixteenths = static_cast<uint64_t>((Bytes*)block - (Bytes*)heap) / 16;
  auto* list = &heap->free_list[block[0] % CW_GPU_HEAP_CLASSES];
  uint64_t head = __scoped_atomic_load_n(list, __ATOMIC_RELAXED, __MEMORY_SCOPE_DEVICE);
  do {
    __scoped_atomic_store_n(block + 1, static_cast<uint64_t>(static_cast<uint32_t>(head)), __ATOMIC_RELAXED, __MEMORY_SCOPE_DEVICE);
  } while (!__scoped_atomic_compare_exchange_n(list, &head, next_tag(head) | sixteenths, true, __ATOMIC_RELEASE, __ATOMIC_RELAXED,
                                               __MEMORY_SCOPE_DEVICE));
}
