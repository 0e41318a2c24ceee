// Events of a whole context: all work that was given to its device before.
#include "driver_api/context/contexts.hpp"

using namespace cw::driver;

// The legacy default stream waits for what was given to every blocking stream before it.
CUresult cuCtxRecordEvent(CUcontext context, CUevent event) {
  return in_other_context(context, [&] { return cudaEventRecord(event, cudaStreamLegacy); });
}

CUresult cuCtxWaitEvent(CUcontext context, CUevent event) {
  return in_other_context(context, [&] { return cudaStreamWaitEvent(cudaStreamLegacy, event, 0); });
}
