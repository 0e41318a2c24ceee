// Sources include either header for the same names.
#pragma once
#include "cuda_runtime.h"
