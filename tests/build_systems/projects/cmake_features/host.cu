#include "host.cpp"
