// VDPAU's types: its header's where the machine has it.
#ifndef CROSSWARP_INTEROP_VDPAU_TYPES_H
#define CROSSWARP_INTEROP_VDPAU_TYPES_H

#if __has_include(<vdpau/vdpau.h>)
#include <vdpau/vdpau.h>
#else
#include <stdint.h>
typedef uint32_t VdpDevice;
typedef uint32_t VdpVideoSurface;
typedef uint32_t VdpOutputSurface;
typedef uint32_t VdpFuncId;
typedef enum { VDP_STATUS_OK = 0, VDP_STATUS_NO_IMPLEMENTATION = 1 } VdpStatus;
typedef VdpStatus VdpGetProcAddress(VdpDevice device, VdpFuncId function_id, void** function_pointer);
#endif

#endif
