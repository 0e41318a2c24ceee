"""Runs AMD code objects on any machine: `libcrosswarp_amdgpu.so`, and what Python needs to look inside it."""
