#include "api/entry.hpp"
#include "core/graph_calls.hpp"

CW_ENTRY cudaError_t cudaGraphInstantiate(cudaGraphExec_t* out, cudaGraph_t handle, unsigned long long) {
  return cw::on_device([&](cw::Device&, int ordinal) {
    const cw::Graph* graph = cw::runtime().graphs().find(handle);
    if (out == nullptr || graph == nullptr) return cudaErrorInvalidValue;
    cw::Owned<cw::GraphExec> exec(cw::GraphExec::make(*graph));
    if (!exec) return cudaErrorInvalidValue;  // its dependencies form a circle
    *out =
        reinterpret_cast<cudaGraphExec_t>(cw::runtime().graph_execs().add(static_cast<cw::Owned<cw::GraphExec>&&>(exec), ordinal));
    return cudaSuccess;
  });
}
