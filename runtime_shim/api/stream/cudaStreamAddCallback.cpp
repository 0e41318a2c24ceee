#include "api/entry.hpp"
#include "core/capture.hpp"

namespace {

struct Callback : cw::Allocated {
  cudaStream_t stream;
  cudaStreamCallback_t function;
  void* data;
  cw::Device* device;
};

void run(void* raw) {
  const cw::Owned<Callback> callback(static_cast<Callback*>(raw));
  callback->function(callback->stream, callback->device->sticky_error(), callback->data);
}

}  // namespace

CW_ENTRY cudaError_t cudaStreamAddCallback(cudaStream_t handle, cudaStreamCallback_t function, void* data, unsigned flags) {
  return cw::on_stream(handle, [&](cw::Stream& stream) {
    if (function == nullptr || flags != 0) return cudaErrorInvalidValue;
    if (stream.capturing()) return static_cast<cw::CapturingStream&>(stream).refuse();
    cw::Owned<Callback> callback(new Callback);
    callback->stream = handle;
    callback->function = function;
    callback->data = data;
    callback->device = &stream.device();
    const cudaError_t error = stream.call(run, callback.get());
    if (error == cudaSuccess) callback.release();
    return error;
  });
}
