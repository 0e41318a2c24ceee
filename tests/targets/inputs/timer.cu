// Reads the nanosecond timer, whose rate differs from processor to processor.
#include "device.h"

__global__ void timer(unsigned long long* out) { out[0] = __nvvm_read_ptx_sreg_globaltimer(); }
