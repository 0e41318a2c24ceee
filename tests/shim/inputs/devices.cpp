// Several CPU devices in one process (CROSSWARP_CPU_DEVICES=3): what each has of its own, peers, copies between them.
#include <cstring>
#include <thread>

#include "harness.hpp"

using namespace harness;

#define FAILS(call, error)               \
  do {                                   \
    CHECK_EQ(call, error);               \
    CHECK_EQ(cudaGetLastError(), error); \
  } while (0)

static void properties() {
  int count = 0, found = -1;
  OK(cudaGetDeviceCount(&count));
  CHECK_EQ(count, 3);
  cudaDeviceProp p[3];
  for (int i = 0; i < 3; ++i) {
    char bus[16];
    OK(cudaGetDeviceProperties(&p[i], i));
    OK(cudaDeviceGetPCIBusId(bus, sizeof bus, i));
    OK(cudaDeviceGetByPCIBusId(&found, bus));
    CHECK_EQ(found, i);
    for (int j = 0; j < i; ++j) CHECK_EQ(std::memcmp(&p[i].uuid, &p[j].uuid, sizeof p[i].uuid) != 0, true);
  }
  FAILS(cudaDeviceGetByPCIBusId(&found, "0000:77:00.0"), cudaErrorInvalidDevice);
  FAILS(cudaDeviceGetByPCIBusId(&found, "nonsense"), cudaErrorInvalidValue);
  FAILS(cudaSetDevice(3), cudaErrorInvalidDevice);
  FAILS(cudaSetDevice(-1), cudaErrorInvalidDevice);
  OK(cudaChooseDevice(&found, &p[0]));
  CHECK_EQ(found, 0);
}

static void flags() {
  unsigned seen = 0;
  OK(cudaInitDevice(2, cudaDeviceScheduleYield, cudaInitDeviceFlagsAreValid));
  OK(cudaSetDevice(2));
  OK(cudaGetDeviceFlags(&seen));
  CHECK_EQ(seen, cudaDeviceScheduleYield);
  OK(cudaSetDevice(0));
  OK(cudaGetDeviceFlags(&seen));
  CHECK_EQ(seen, 0);
  FAILS(cudaInitDevice(3, 0, 0), cudaErrorInvalidDevice);
  FAILS(cudaInitDevice(0, 0, 2), cudaErrorInvalidValue);
  FAILS(cudaInitDevice(0, 0x100, cudaInitDeviceFlagsAreValid), cudaErrorInvalidValue);
}

static int device_of_a_new_thread() {
  int seen = -1;
  std::thread([&] { OK(cudaGetDevice(&seen)); }).join();
  return seen;
}

static void valid_devices() {
  int list[] = {2, 1}, wrong[] = {1, 7};
  OK(cudaSetValidDevices(list, 2));
  CHECK_EQ(device_of_a_new_thread(), 2);
  OK(cudaSetValidDevices(nullptr, 0));
  CHECK_EQ(device_of_a_new_thread(), 0);
  FAILS(cudaSetValidDevices(wrong, 2), cudaErrorInvalidDevice);
  FAILS(cudaSetValidDevices(nullptr, 1), cudaErrorInvalidValue);
  FAILS(cudaSetValidDevices(list, 4), cudaErrorInvalidValue);
}

static void variables_are_each_devices_own() {
  for (int i = 0; i < 3; ++i) {
    OK(cudaSetDevice(i));
    const int value = 100 + i;
    OK(cudaMemcpyToSymbol(counter, &value, 4, 0, cudaMemcpyHostToDevice));
  }
  void* addresses[3];
  for (int i = 0; i < 3; ++i) {
    OK(cudaSetDevice(i));
    int* out = device_alloc<int>(6);
    int seen[6];
    OK(launch(&read_variables, 1, 1, 0, nullptr, out));
    OK(cudaMemcpy(seen, out, sizeof seen, cudaMemcpyDeviceToHost));
    CHECK_EQ(seen[0], 100 + i);
    OK(cudaGetSymbolAddress(&addresses[i], counter));
    for (int j = 0; j < i; ++j) CHECK_EQ(addresses[i] != addresses[j], true);
    cudaPointerAttributes a;
    OK(cudaPointerGetAttributes(&a, out));
    CHECK_EQ(a.device, i);
    OK(cudaFree(out));
  }
}

static void streams_belong_to_a_device() {
  cudaStream_t stream;
  cudaEvent_t event, other;
  int device = -1;
  float ms;
  OK(cudaSetDevice(1));
  OK(cudaStreamCreate(&stream));
  OK(cudaEventCreate(&event));
  OK(cudaStreamGetDevice(stream, &device));
  CHECK_EQ(device, 1);
  OK(cudaSetDevice(0));
  OK(cudaEventCreate(&other));
  FAILS(launch(&empty, 1, 1, 0, stream), cudaErrorInvalidResourceHandle);
  FAILS(cudaEventRecord(other, stream), cudaErrorInvalidResourceHandle);
  FAILS(cudaEventElapsedTime(&ms, event, other), cudaErrorInvalidResourceHandle);
  OK(cudaEventRecord(event, stream));
  OK(cudaStreamWaitEvent(nullptr, event, 0));  // the wait may cross devices
  OK(cudaStreamSynchronize(stream));
  OK(cudaStreamDestroy(stream));
  OK(cudaEventDestroy(event));
  OK(cudaEventDestroy(other));
}

static void peers() {
  int value = -1;
  OK(cudaDeviceCanAccessPeer(&value, 0, 1));
  CHECK_EQ(value, 1);
  OK(cudaDeviceCanAccessPeer(&value, 1, 1));
  CHECK_EQ(value, 0);
  FAILS(cudaDeviceCanAccessPeer(&value, 0, 3), cudaErrorInvalidDevice);
  OK(cudaDeviceGetP2PAttribute(&value, cudaDevP2PAttrAccessSupported, 0, 2));
  CHECK_EQ(value, 1);
  OK(cudaDeviceGetP2PAttribute(&value, cudaDevP2PAttrPerformanceRank, 0, 2));
  CHECK_EQ(value, 0);
  FAILS(cudaDeviceGetP2PAttribute(&value, static_cast<cudaDeviceP2PAttr>(77), 0, 2), cudaErrorInvalidValue);
  FAILS(cudaDeviceGetP2PAttribute(&value, cudaDevP2PAttrAccessSupported, 0, 0), cudaErrorInvalidDevice);
  FAILS(cudaDeviceDisablePeerAccess(1), cudaErrorPeerAccessNotEnabled);
  OK(cudaDeviceEnablePeerAccess(1, 0));
  FAILS(cudaDeviceEnablePeerAccess(1, 0), cudaErrorPeerAccessAlreadyEnabled);
  FAILS(cudaDeviceEnablePeerAccess(2, 1), cudaErrorInvalidValue);
  FAILS(cudaDeviceEnablePeerAccess(0, 0), cudaErrorInvalidDevice);
  OK(cudaDeviceDisablePeerAccess(1));
  FAILS(cudaDeviceDisablePeerAccess(1), cudaErrorPeerAccessNotEnabled);
}

static void copies_between_devices() {
  int host[6] = {1, 2, 3, 4, 5, 6}, back[6] = {};
  int* at[2];
  for (int i = 0; i < 2; ++i) {
    OK(cudaSetDevice(i));
    at[i] = device_alloc<int>(6);
  }
  OK(cudaMemcpy(at[0], host, sizeof host, cudaMemcpyHostToDevice));
  OK(cudaMemcpyPeer(at[1], 1, at[0], 0, sizeof host));
  OK(cudaMemcpy(back, at[1], sizeof back, cudaMemcpyDefault));
  CHECK_EQ(std::memcmp(host, back, sizeof back), 0);
  FAILS(cudaMemcpyPeer(at[1], 5, at[0], 0, 4), cudaErrorInvalidDevice);
  FAILS(cudaMemcpyPeerAsync(at[1], 1, at[0], -1, 4, nullptr), cudaErrorInvalidDevice);
  FAILS(cudaMemcpyPeer(at[1], 1, at[0], 0, 100), cudaErrorInvalidValue);
  // The middle column of a 2 x 3 matrix goes to the other's last column.
  cudaMemcpy3DPeerParms box = {};
  box.srcPtr = cudaPitchedPtr{at[1], 12, 12, 2};
  box.srcPos = cudaPos{4, 0, 0};
  box.srcDevice = 1;
  box.dstPtr = cudaPitchedPtr{at[0], 12, 12, 2};
  box.dstPos = cudaPos{8, 0, 0};
  box.extent = cudaExtent{4, 2, 1};
  OK(cudaMemcpy3DPeer(&box));
  OK(cudaMemcpy3DPeerAsync(&box, nullptr));
  OK(cudaMemcpy(back, at[0], sizeof back, cudaMemcpyDefault));
  CHECK_EQ(back[2], 2);
  CHECK_EQ(back[5], 5);
  box.dstDevice = 9;
  FAILS(cudaMemcpy3DPeer(&box), cudaErrorInvalidDevice);
  FAILS(cudaMemcpy3DPeer(nullptr), cudaErrorInvalidValue);
  for (int* memory : at) OK(cudaFree(memory));
}

static void faults_and_reset_concern_one_device() {
  OK(cudaSetDevice(1));
  int* kept = device_alloc<int>(1);
  OK(launch(&trap, 1, 1, 0, nullptr));
  CHECK_EQ(cudaDeviceSynchronize(), cudaErrorLaunchFailure);
  OK(cudaSetDevice(0));
  int* other = device_alloc<int>(1);
  OK(launch(&empty, 1, 1, 0, nullptr));
  OK(cudaDeviceSynchronize());
  OK(cudaSetDevice(1));
  CHECK_EQ(cudaFree(kept), cudaErrorLaunchFailure);
  OK(cudaDeviceReset());
  FAILS(cudaFree(kept), cudaErrorInvalidValue);
  OK(launch(&empty, 1, 1, 0, nullptr));
  OK(cudaDeviceSynchronize());
  OK(cudaFree(other));
}

int main() {
  properties();
  flags();
  valid_devices();
  variables_are_each_devices_own();
  streams_belong_to_a_device();
  OK(cudaSetDevice(0));
  peers();
  copies_between_devices();
  faults_and_reset_concern_one_device();
  std::puts("done");
}
