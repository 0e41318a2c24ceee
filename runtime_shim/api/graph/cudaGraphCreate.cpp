#include "api/entry.hpp"
#include "core/graph_calls.hpp"

CW_ENTRY cudaError_t cudaGraphCreate(cudaGraph_t* out, unsigned flags) {
  return cw::on_device([&](cw::Device&, int ordinal) {
    if (out == nullptr || flags != 0) return cudaErrorInvalidValue;
    *out = reinterpret_cast<cudaGraph_t>(cw::runtime().graphs().add(cw::Owned<cw::Graph>(new cw::Graph), ordinal));
    return cudaSuccess;
  });
}
