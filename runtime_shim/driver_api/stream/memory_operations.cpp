#include "driver_api/stream/memory_operations.hpp"

#include <sched.h>
#include <time.h>

#include <atomic>
#include <cstring>

#include "core/log.hpp"
#include "core/vector.hpp"

namespace cw::driver {
namespace {

bool is_64_bit(CUstreamBatchMemOpType operation) {
  return operation == CU_STREAM_MEM_OP_WAIT_VALUE_64 || operation == CU_STREAM_MEM_OP_WRITE_VALUE_64;
}

// Greater or equal is meant on a circle, so that counters may overflow.
template <typename T, typename Signed>
bool holds(T now, T value, unsigned flags) {
  switch (flags & 3) {
    case CU_STREAM_WAIT_VALUE_GEQ:
      return static_cast<Signed>(now - value) >= 0;
    case CU_STREAM_WAIT_VALUE_EQ:
      return now == value;
    case CU_STREAM_WAIT_VALUE_AND:
      return (now & value) != 0;
    default:
      return ~(now | value) != 0;
  }
}

template <typename T, typename Signed>
void wait(CUdeviceptr at, T value, unsigned flags) {
  const std::atomic<T>& memory = *static_cast<const std::atomic<T>*>(pointer(at));
  constexpr int kSpins = 2000;
  for (int i = 0; !holds<T, Signed>(memory.load(std::memory_order_acquire), value, flags); ++i) {
    const timespec pause{0, 50'000};
    i < kSpins ? sched_yield() : nanosleep(&pause, nullptr);
  }
}

template <typename T>
void write(CUdeviceptr at, T value) {
  static_cast<std::atomic<T>*>(pointer(at))->store(value, std::memory_order_release);
}

struct Batch : Allocated {
  Vector<CUstreamBatchMemOpParams> operations;
};

void run_batch(void* data) {
  Owned<Batch> batch(static_cast<Batch*>(data));
  for (const CUstreamBatchMemOpParams& operation : batch->operations) run_memory_operation(operation);
}

CUresult check_place(CUdeviceptr at, size_t bytes) {
  InternalRange range;
  if (at % bytes != 0 || !internal().memory.range(pointer(at), &range)) return CUDA_ERROR_INVALID_VALUE;
  return at - range.base + bytes <= range.bytes ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}

// The stream's thread does the work, which needs memory that the host can reach.
CUresult submit(CUstream stream, const CUstreamBatchMemOpParams* list, unsigned count, unsigned flags) {
  if (list == nullptr || count == 0 || count > 256 || flags != 0) return CUDA_ERROR_INVALID_VALUE;
  if (std::strcmp(internal().device_kind(), "cpu") != 0) {
    say_unsupported("memory operations of streams on this device");
    return CUDA_ERROR_NOT_SUPPORTED;
  }
  cudaStreamCaptureStatus capture = cudaStreamCaptureStatusNone;
  CUresult error = result(cudaStreamIsCapturing(stream, &capture));
  if (error == CUDA_SUCCESS && capture != cudaStreamCaptureStatusNone) error = CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
  for (unsigned i = 0; error == CUDA_SUCCESS && i < count; ++i) error = check_memory_operation(list[i]);
  if (error != CUDA_SUCCESS) return error;
  Owned<Batch> batch(new Batch);
  for (unsigned i = 0; i < count; ++i) batch->operations.push(list[i]);
  error = result(cudaLaunchHostFunc(stream, run_batch, batch.get()));
  if (error == CUDA_SUCCESS) batch.release();
  return error;
}

CUresult submit_wait(CUstream stream, CUstreamBatchMemOpType type, CUdeviceptr at, cuuint64_t value, unsigned flags) {
  CUstreamBatchMemOpParams operation{};
  operation.waitValue.operation = type;
  operation.waitValue.address = at;
  operation.waitValue.value64 = value;
  operation.waitValue.flags = flags;
  return in_context([&] { return submit(stream, &operation, 1, 0); });
}

CUresult submit_write(CUstream stream, CUstreamBatchMemOpType type, CUdeviceptr at, cuuint64_t value, unsigned flags) {
  CUstreamBatchMemOpParams operation{};
  operation.writeValue.operation = type;
  operation.writeValue.address = at;
  operation.writeValue.value64 = value;
  operation.writeValue.flags = flags;
  return in_context([&] { return submit(stream, &operation, 1, 0); });
}

}  // namespace

CUresult check_memory_operation(const CUstreamBatchMemOpParams& operation) {
  constexpr unsigned kWaitFlags = 3u | CU_STREAM_WAIT_VALUE_FLUSH;
  switch (operation.operation) {
    case CU_STREAM_MEM_OP_WAIT_VALUE_32:
    case CU_STREAM_MEM_OP_WAIT_VALUE_64:
      if ((operation.waitValue.flags & ~kWaitFlags) != 0) return CUDA_ERROR_INVALID_VALUE;
      return check_place(operation.waitValue.address, is_64_bit(operation.operation) ? 8 : 4);
    case CU_STREAM_MEM_OP_WRITE_VALUE_32:
    case CU_STREAM_MEM_OP_WRITE_VALUE_64:
      if ((operation.writeValue.flags & ~static_cast<unsigned>(CU_STREAM_WRITE_VALUE_NO_MEMORY_BARRIER)) != 0)
        return CUDA_ERROR_INVALID_VALUE;
      return check_place(operation.writeValue.address, is_64_bit(operation.operation) ? 8 : 4);
    case CU_STREAM_MEM_OP_FLUSH_REMOTE_WRITES:
      return operation.flushRemoteWrites.flags == 0 ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
    case CU_STREAM_MEM_OP_BARRIER:
      return operation.memoryBarrier.flags <= CU_STREAM_MEMORY_BARRIER_TYPE_GPU ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
    default:
      return CUDA_ERROR_INVALID_VALUE;
  }
}

void run_memory_operation(const CUstreamBatchMemOpParams& operation) {
  switch (operation.operation) {
    case CU_STREAM_MEM_OP_WAIT_VALUE_32:
      return wait<cuuint32_t, int32_t>(operation.waitValue.address, operation.waitValue.value, operation.waitValue.flags);
    case CU_STREAM_MEM_OP_WAIT_VALUE_64:
      return wait<cuuint64_t, int64_t>(operation.waitValue.address, operation.waitValue.value64, operation.waitValue.flags);
    case CU_STREAM_MEM_OP_WRITE_VALUE_32:
      return write<cuuint32_t>(operation.writeValue.address, operation.writeValue.value);
    case CU_STREAM_MEM_OP_WRITE_VALUE_64:
      return write<cuuint64_t>(operation.writeValue.address, operation.writeValue.value64);
    default:
      return std::atomic_thread_fence(std::memory_order_seq_cst);
  }
}

}  // namespace cw::driver

using namespace cw::driver;

CUresult cuStreamWaitValue32(CUstream stream, CUdeviceptr at, cuuint32_t value, unsigned flags) {
  return submit_wait(stream, CU_STREAM_MEM_OP_WAIT_VALUE_32, at, value, flags);
}

CUresult cuStreamWaitValue64(CUstream stream, CUdeviceptr at, cuuint64_t value, unsigned flags) {
  return submit_wait(stream, CU_STREAM_MEM_OP_WAIT_VALUE_64, at, value, flags);
}

CUresult cuStreamWriteValue32(CUstream stream, CUdeviceptr at, cuuint32_t value, unsigned flags) {
  return submit_write(stream, CU_STREAM_MEM_OP_WRITE_VALUE_32, at, value, flags);
}

CUresult cuStreamWriteValue64(CUstream stream, CUdeviceptr at, cuuint64_t value, unsigned flags) {
  return submit_write(stream, CU_STREAM_MEM_OP_WRITE_VALUE_64, at, value, flags);
}

CUresult cuStreamBatchMemOp(CUstream stream, unsigned count, CUstreamBatchMemOpParams* list, unsigned flags) {
  return in_context([&] { return submit(stream, list, count, flags); });
}
