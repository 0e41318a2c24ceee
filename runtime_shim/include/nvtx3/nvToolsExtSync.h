// NVTX's synchronisation objects of user code, without effect.
#ifndef CROSSWARP_NVTX3_NVTOOLSEXTSYNC_H
#define CROSSWARP_NVTX3_NVTOOLSEXTSYNC_H

#include "nvToolsExt.h"

typedef struct nvtxSyncUser* nvtxSyncUser_t;
typedef struct nvtxSyncUserAttributes_v0 {
  uint16_t version;
  uint16_t size;
  int32_t messageType;
  nvtxMessageValue_t message;
} nvtxSyncUserAttributes_t;

static inline nvtxSyncUser_t nvtxDomainSyncUserCreate(nvtxDomainHandle_t domain, const nvtxSyncUserAttributes_t* attributes) {
  return (void)domain, (void)attributes, (nvtxSyncUser_t)0;
}
static inline void nvtxDomainSyncUserDestroy(nvtxSyncUser_t object) { (void)object; }
static inline void nvtxDomainSyncUserAcquireStart(nvtxSyncUser_t object) { (void)object; }
static inline void nvtxDomainSyncUserAcquireFailed(nvtxSyncUser_t object) { (void)object; }
static inline void nvtxDomainSyncUserAcquireSuccess(nvtxSyncUser_t object) { (void)object; }
static inline void nvtxDomainSyncUserReleasing(nvtxSyncUser_t object) { (void)object; }

#endif
