#include "api/entry.hpp"

// The device variable holds a texture object's number.
CW_ENTRY void __cudaRegisterTexture(void** handle, const textureReference* host, const void**, const char* name, int,
                                    int normalized, int) {
  auto* binary = reinterpret_cast<cw::RegisteredBinary*>(handle);
  cw::runtime().registry().add_variable(binary, host, name, sizeof(cudaTextureObject_t), false, nullptr);
  cw::runtime().texture_references().add_texture(host, normalized != 0);
}
