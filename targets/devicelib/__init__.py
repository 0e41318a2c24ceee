"""Device code shared by all targets: the math library (C++) and the tools that derive and measure it."""
