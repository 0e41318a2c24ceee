#pragma once

// Sums of the `rows` rows of a row-major matrix. Returns cudaError_t's value.
int row_sums(const double* matrix, double* sums, int rows, int columns);
