// A device's identifier, shared by the runtime and driver APIs.
#ifndef CROSSWARP_API_UUID_H
#define CROSSWARP_API_UUID_H

struct CUuuid_st {
  char bytes[16];
};
typedef struct CUuuid_st CUuuid;

#endif
