#include "core/batches.hpp"

#include <stdint.h>

#include "core/advice.hpp"
#include "core/array.hpp"
#include "core/copies.hpp"
#include "core/runtime.hpp"

namespace cw {
namespace {

bool is_order(cudaMemcpySrcAccessOrder order) {
  return order >= cudaMemcpySrcAccessOrderStream && order <= cudaMemcpySrcAccessOrderAny;
}

// A source that may be read only during the call is read now.
bool is_now(cudaMemcpySrcAccessOrder order) { return order == cudaMemcpySrcAccessOrderDuringApiCall; }

void note(size_t* failed, size_t index) {
  if (failed != nullptr) *failed = index;
}

}  // namespace

cudaError_t check_runs(const size_t* first, size_t runs, size_t operations) {
  if (first == nullptr || runs == 0 || runs > operations || first[0] != 0) return cudaErrorInvalidValue;
  for (size_t i = 1; i < runs; ++i) {
    if (first[i] <= first[i - 1] || first[i] >= operations) return cudaErrorInvalidValue;
  }
  return cudaSuccess;
}

cudaError_t submit_copies(Stream& stream, void* const* dst, const void* const* src, const size_t* bytes, size_t count,
                          const cudaMemcpyAttributes* attributes, const size_t* first, size_t runs, size_t* failed) {
  note(failed, SIZE_MAX);
  if (dst == nullptr || src == nullptr || bytes == nullptr || count == 0 || attributes == nullptr) return cudaErrorInvalidValue;
  const cudaError_t wrong = check_runs(first, runs, count);
  if (wrong != cudaSuccess) return wrong;
  for (size_t i = 0; i < runs; ++i) {
    if (!is_order(attributes[i].srcAccessOrder) || attributes[i].flags > cudaMemcpyFlagPreferOverlapWithCompute) {
      return cudaErrorInvalidValue;
    }
  }
  size_t run = 0;
  for (size_t i = 0; i < count; ++i) {
    if (run + 1 < runs && first[run + 1] == i) ++run;
    const Copy copy = Copy::plain(dst[i], src[i], bytes[i], cudaMemcpyDefault);
    const bool sound = dst[i] != nullptr && src[i] != nullptr && bytes[i] != 0;
    const cudaError_t error = sound ? submit_copy(stream, copy, is_now(attributes[run].srcAccessOrder)) : cudaErrorInvalidValue;
    if (error == cudaSuccess) continue;
    note(failed, i);
    return error;
  }
  return cudaSuccess;
}

namespace {

// Bytes of an element: an array's own, else 1.
size_t element_bytes(const cudaMemcpy3DBatchOp& op) {
  for (const cudaMemcpy3DOperand* side : {&op.src, &op.dst}) {
    const Array* array = side->type == cudaMemcpyOperandTypeArray ? find_array(side->op.array.array) : nullptr;
    if (array != nullptr) return array->element_bytes();
  }
  return 1;
}

cudaError_t place(const cudaMemcpy3DOperand& side, const cudaExtent& extent, size_t element, cudaArray_t* array, cudaPos* at,
                  cudaPitchedPtr* memory) {
  if (side.type == cudaMemcpyOperandTypeArray) {
    *array = side.op.array.array;
    *at = cudaPos{side.op.array.offset.x, side.op.array.offset.y, side.op.array.offset.z};
    return *array != nullptr ? cudaSuccess : cudaErrorInvalidValue;
  }
  if (side.type != cudaMemcpyOperandTypePointer || side.op.ptr.ptr == nullptr) return cudaErrorInvalidValue;
  const size_t row = side.op.ptr.rowLength != 0 ? side.op.ptr.rowLength : extent.width;
  const size_t rows = side.op.ptr.layerHeight != 0 ? side.op.ptr.layerHeight : extent.height;
  if (row < extent.width || rows < extent.height) return cudaErrorInvalidValue;
  *memory = cudaPitchedPtr{side.op.ptr.ptr, row * element, row * element, rows};
  return cudaSuccess;
}

cudaError_t submit_one_3d(Stream& stream, const cudaMemcpy3DBatchOp& op) {
  const cudaExtent& box = op.extent;
  if (!is_order(op.srcAccessOrder) || op.flags > cudaMemcpyFlagPreferOverlapWithCompute) return cudaErrorInvalidValue;
  if (box.width == 0 || box.height == 0 || box.depth == 0) return cudaErrorInvalidValue;
  cudaMemcpy3DParms plain = {};
  const size_t element = element_bytes(op);
  cudaError_t error = place(op.src, box, element, &plain.srcArray, &plain.srcPos, &plain.srcPtr);
  if (error == cudaSuccess) error = place(op.dst, box, element, &plain.dstArray, &plain.dstPos, &plain.dstPtr);
  plain.extent = box;
  plain.kind = cudaMemcpyDefault;
  return error != cudaSuccess ? error : submit_copy_3d(stream, &plain, is_now(op.srcAccessOrder));
}

}  // namespace

cudaError_t submit_copies_3d(Stream& stream, size_t count, const cudaMemcpy3DBatchOp* list, unsigned long long flags,
                             size_t* failed) {
  note(failed, SIZE_MAX);
  if (list == nullptr || count == 0 || flags != 0) return cudaErrorInvalidValue;
  for (size_t i = 0; i < count; ++i) {
    const cudaError_t error = submit_one_3d(stream, list[i]);
    if (error == cudaSuccess) continue;
    note(failed, i);
    return error;
  }
  return cudaSuccess;
}

cudaError_t submit_prefetches(Stream& stream, void* const* memory, const size_t* bytes, size_t count,
                              const cudaMemLocation* locations, const size_t* first, size_t runs, unsigned long long flags) {
  if (memory == nullptr || bytes == nullptr || count == 0 || locations == nullptr || flags != 0) return cudaErrorInvalidValue;
  cudaError_t error = check_runs(first, runs, count);
  size_t run = 0;
  for (size_t i = 0; i < count && error == cudaSuccess; ++i) {
    if (run + 1 < runs && first[run + 1] == i) ++run;
    error = note_prefetch(memory[i], bytes[i], locations[run]);
    if (error == cudaSuccess) error = stream.prefetch(memory[i], bytes[i], ordinal_of_location(locations[run]));
  }
  return error;
}

cudaError_t check_discards(void* const* memory, const size_t* bytes, size_t count, unsigned long long flags) {
  if (memory == nullptr || bytes == nullptr || count == 0 || flags != 0) return cudaErrorInvalidValue;
  for (size_t i = 0; i < count; ++i) {
    MemoryRange range;
    if (bytes[i] == 0 || !runtime().memory().find(memory[i], &range)) return cudaErrorInvalidValue;
    const bool managed = range.kind == MemoryKind::kManaged || range.kind == MemoryKind::kManagedVariable;
    if (!managed || !range.contains(reinterpret_cast<uintptr_t>(memory[i]), bytes[i])) return cudaErrorInvalidValue;
  }
  return cudaSuccess;
}

}  // namespace cw
