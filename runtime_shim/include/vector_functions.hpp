// Kept for sources that include it.
#include "vector_functions.h"
