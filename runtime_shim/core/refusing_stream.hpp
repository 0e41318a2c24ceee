// A stream that answers everything with one error.
#pragma once

#include "devices/device.hpp"

namespace cw {

class RefusingStream final : public Stream {
 public:
  RefusingStream(Stream& real, cudaError_t error) : Stream(real.device(), real.flags(), real.priority()), error_(error) {}
  cudaError_t refusal() const override { return error_; }
  cudaError_t copy(const Copy&) override { return error_; }
  cudaError_t fill(const Fill&) override { return error_; }
  cudaError_t launch(Kernel&, const LaunchShape&, const LaunchArguments&) override { return error_; }
  cudaError_t call(void (*)(void*), void*) override { return error_; }
  cudaError_t record(Event&) override { return error_; }
  cudaError_t wait(Event&) override { return error_; }
  cudaError_t query() override { return error_; }
  cudaError_t synchronize() override { return error_; }
  cudaError_t allocate(size_t, void**) override { return error_; }
  cudaError_t release(void*) override { return error_; }

 private:
  cudaError_t error_;
};

}  // namespace cw
