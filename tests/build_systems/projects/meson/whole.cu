#include "helper.cu"
#include "kernel.cu"
