#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphCreate(cudaGraph_t* out, unsigned flags) {
  return cw::on_device([&](cw::Device&, int ordinal) {
    if (out == nullptr || flags != 0) return cudaErrorInvalidValue;
    *out = cw::runtime().graphs().add(cw::Owned<cw::Graph>(new cw::Graph), ordinal)->handle();
    return cudaSuccess;
  });
}
