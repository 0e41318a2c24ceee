#pragma once

// The sum of f(0) ... f(n - 1), computed on the device.
int sum_of_squares(int n);
