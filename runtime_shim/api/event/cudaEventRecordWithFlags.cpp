#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaEventRecordWithFlags(cudaEvent_t handle, cudaStream_t stream, unsigned flags) {
  return flags == cudaEventRecordDefault ? cudaEventRecord(handle, stream) : cw::record_error(cudaErrorNotSupported);
}
