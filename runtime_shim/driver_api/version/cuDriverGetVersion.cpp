#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuDriverGetVersion(int* version) { return result(cudaDriverGetVersion(version)); }
