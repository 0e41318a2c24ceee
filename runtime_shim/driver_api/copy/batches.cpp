// Many copies in one call.
#include <cstdint>

#include "driver_api/copy/boxes.hpp"
#include "driver_api/stream/batch_streams.hpp"

using namespace cw::driver;

namespace {

bool is_order(CUmemcpySrcAccessOrder order) {
  return order > CU_MEMCPY_SRC_ACCESS_ORDER_INVALID && order <= CU_MEMCPY_SRC_ACCESS_ORDER_ANY;
}

// Each attribute holds from its index on.
bool are_attributes(const CUmemcpyAttributes* attributes, const size_t* first, size_t number, size_t count) {
  if (attributes == nullptr || first == nullptr || number == 0 || number > count || first[0] != 0) return false;
  for (size_t i = 0; i < number; ++i) {
    if (!is_order(attributes[i].srcAccessOrder) || first[i] >= count || (i > 0 && first[i] <= first[i - 1])) return false;
  }
  return true;
}

// Sources that may change after the call have to be read before its end.
CUresult finish(bool during_call, CUstream stream) { return during_call ? result(cudaStreamSynchronize(stream)) : CUDA_SUCCESS; }

cudaPitchedPtr pitched(const CUmemcpy3DOperand& operand, const CUextent3D& extent) {
  const size_t pitch = operand.op.ptr.rowLength != 0 ? operand.op.ptr.rowLength : extent.width;
  const size_t rows = operand.op.ptr.layerHeight != 0 ? operand.op.ptr.layerHeight : extent.height;
  return cudaPitchedPtr{pointer(operand.op.ptr.ptr), pitch, pitch, rows};
}

cudaArray_t array_of(const CUmemcpy3DOperand& operand) {
  return operand.type == CU_MEMCPY_OPERAND_TYPE_ARRAY ? reinterpret_cast<cudaArray_t>(operand.op.array.array) : nullptr;
}

cudaPos offset_of(const CUmemcpy3DOperand& operand) {
  if (operand.type != CU_MEMCPY_OPERAND_TYPE_ARRAY) return cudaPos{0, 0, 0};
  return cudaPos{operand.op.array.offset.x, operand.op.array.offset.y, operand.op.array.offset.z};
}

bool is_operand(const CUmemcpy3DOperand& operand) {
  return operand.type == CU_MEMCPY_OPERAND_TYPE_POINTER || operand.type == CU_MEMCPY_OPERAND_TYPE_ARRAY;
}

CUresult copy_box(const CUDA_MEMCPY3D_BATCH_OP& op, CUstream stream) {
  const CUextent3D& e = op.extent;
  const bool good = is_operand(op.src) && is_operand(op.dst) && is_order(op.srcAccessOrder);
  if (!good || e.width == 0 || e.height == 0 || e.depth == 0) return CUDA_ERROR_INVALID_VALUE;
  cudaMemcpy3DParms form{};
  form.srcArray = array_of(op.src);
  form.srcPos = offset_of(op.src);
  if (form.srcArray == nullptr) form.srcPtr = pitched(op.src, e);
  form.dstArray = array_of(op.dst);
  form.dstPos = offset_of(op.dst);
  if (form.dstArray == nullptr) form.dstPtr = pitched(op.dst, e);
  form.extent = cudaExtent{e.width, e.height, e.depth};
  form.kind = cudaMemcpyDefault;
  return result(cudaMemcpy3DAsync(&form, stream));
}

}  // namespace

CUresult cuMemcpyBatchAsync(CUdeviceptr* to, CUdeviceptr* from, size_t* sizes, size_t count, CUmemcpyAttributes* attributes,
                            size_t* first, size_t number, size_t* failed, CUstream stream) {
  return in_context([&] {
    if (failed != nullptr) *failed = SIZE_MAX;
    const bool lists = to != nullptr && from != nullptr && sizes != nullptr && count > 0;
    if (!lists || !takes_batches(stream) || !are_attributes(attributes, first, number, count)) return CUDA_ERROR_INVALID_VALUE;
    bool during_call = false;
    for (size_t i = 0; i < number; ++i) {
      during_call |= attributes[i].srcAccessOrder == CU_MEMCPY_SRC_ACCESS_ORDER_DURING_API_CALL;
    }
    for (size_t i = 0; i < count; ++i) {
      const CUresult error = result(cudaMemcpyAsync(pointer(to[i]), pointer(from[i]), sizes[i], cudaMemcpyDefault, stream));
      if (error == CUDA_SUCCESS) continue;
      if (failed != nullptr) *failed = i;
      return error;
    }
    return finish(during_call, stream);
  });
}

CUresult cuMemcpyBatchAsync_v2(CUdeviceptr* to, CUdeviceptr* from, size_t* sizes, size_t count, CUmemcpyAttributes* attributes,
                               size_t* first, size_t number, CUstream stream) {
  return cuMemcpyBatchAsync(to, from, sizes, count, attributes, first, number, nullptr, stream);
}

CUresult cuMemcpy3DBatchAsync(size_t count, CUDA_MEMCPY3D_BATCH_OP* list, size_t* failed, unsigned long long flags,
                              CUstream stream) {
  return in_context([&] {
    if (failed != nullptr) *failed = SIZE_MAX;
    if (count == 0 || list == nullptr || flags != 0 || !takes_batches(stream)) return CUDA_ERROR_INVALID_VALUE;
    bool during_call = false;
    for (size_t i = 0; i < count; ++i) {
      during_call |= list[i].srcAccessOrder == CU_MEMCPY_SRC_ACCESS_ORDER_DURING_API_CALL;
      const CUresult error = copy_box(list[i], stream);
      if (error == CUDA_SUCCESS) continue;
      if (failed != nullptr) *failed = i;
      return error;
    }
    return finish(during_call, stream);
  });
}

CUresult cuMemcpy3DBatchAsync_v2(size_t count, CUDA_MEMCPY3D_BATCH_OP* list, unsigned long long flags, CUstream stream) {
  return cuMemcpy3DBatchAsync(count, list, nullptr, flags, stream);
}
