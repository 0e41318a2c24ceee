// Types of those entries that overloads.h overloads in C++: taken before, while the name means one function.
#ifndef CROSSWARP_DRIVER_API_OVERLOADED_TYPES_H
#define CROSSWARP_DRIVER_API_OVERLOADED_TYPES_H

#include "context_api.h"
#include "copy_api.h"
#include "graph_api.h"
#include "memory_api.h"
#include "stream_api.h"

// `PFN_<entry>_v<the CUDA version that brought this form>`: a pointer to a function like `function`.
#define CROSSWARP_FUNCTION_TYPE(entry, function, version) typedef __typeof__(function)* PFN_##entry##_v##version;

CROSSWARP_FUNCTION_TYPE(cuCtxCreate, cuCtxCreate, 3020)
CROSSWARP_FUNCTION_TYPE(cuGraphAddDependencies, cuGraphAddDependencies, 10000)
CROSSWARP_FUNCTION_TYPE(cuGraphAddNode, cuGraphAddNode, 12020)
CROSSWARP_FUNCTION_TYPE(cuGraphGetEdges, cuGraphGetEdges, 10000)
CROSSWARP_FUNCTION_TYPE(cuGraphNodeGetDependencies, cuGraphNodeGetDependencies, 10000)
CROSSWARP_FUNCTION_TYPE(cuGraphNodeGetDependentNodes, cuGraphNodeGetDependentNodes, 10000)
CROSSWARP_FUNCTION_TYPE(cuGraphRemoveDependencies, cuGraphRemoveDependencies, 10000)
CROSSWARP_FUNCTION_TYPE(cuMemAdvise, cuMemAdvise, 8000)
CROSSWARP_FUNCTION_TYPE(cuMemPrefetchAsync, cuMemPrefetchAsync, 8000)
CROSSWARP_FUNCTION_TYPE(cuMemcpy3DBatchAsync, cuMemcpy3DBatchAsync, 12080)
CROSSWARP_FUNCTION_TYPE(cuMemcpyBatchAsync, cuMemcpyBatchAsync, 12080)
CROSSWARP_FUNCTION_TYPE(cuStreamGetCaptureInfo, cuStreamGetCaptureInfo, 11030)
CROSSWARP_FUNCTION_TYPE(cuStreamUpdateCaptureDependencies, cuStreamUpdateCaptureDependencies, 11030)

#endif
