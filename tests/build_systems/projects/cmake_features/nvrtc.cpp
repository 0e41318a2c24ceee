#include <nvrtc.h>

#include <cstdio>

int main() {
  int major = 0, minor = 0;
  std::printf("%d\n", nvrtcVersion(&major, &minor) == NVRTC_SUCCESS && major >= 12 ? 42 : 0);
}
