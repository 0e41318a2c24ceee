#include "driver_api/thunk.hpp"

#define CW_PLAIN_NAME(name, symbol) CW_SYMBOL(name, CW_JUMP_TO_SYMBOL(symbol));
#include "driver_api/plain_names.inc"
