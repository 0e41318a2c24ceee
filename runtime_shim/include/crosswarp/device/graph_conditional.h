// cudaGraphSetConditional: the handle of a conditional node is the address of its value, in memory that host and device share.
#ifndef CROSSWARP_DEVICE_GRAPH_CONDITIONAL_H
#define CROSSWARP_DEVICE_GRAPH_CONDITIONAL_H

#include "../api/graph_node_types.h"
#include "qualifiers.h"

CW_DEVICE void cudaGraphSetConditional(cudaGraphConditionalHandle handle, unsigned int value) {
  *(volatile unsigned int*)handle = value;
}

#endif
