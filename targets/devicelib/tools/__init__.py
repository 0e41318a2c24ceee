"""Scripts that derive the device math library's coefficients and measure its accuracy. Not needed at run time; need mpmath."""
