// Texture and surface references of older programs: a host variable with settings, and a device variable of the same name that
// holds an object's number (ir/passes/texture_references.py). Binding makes the object and writes its number.
//
// The settings are the program's to change at any time; launches look whether they did and make the object anew. Both wait for the
// device's earlier work, which still reads through the old binding.
#pragma once

#include <driver_types.h>

#include <atomic>

#include "core/sync.hpp"
#include "core/vector.hpp"
#include "devices/device.hpp"

namespace cw {

class TextureReferences {
 public:
  // At program start. `normalized`: integers are read as floats (the template's third argument).
  void add_texture(const textureReference* host, bool normalized);
  void add_surface(const surfaceReference* host);
  bool has(const void* host);

  // cudaErrorInvalidTexture for a reference that is not registered; else what make_texture returns. `offset`: bytes between what
  // the program gave and what the object starts at.
  cudaError_t bind(Device& device, int ordinal, const textureReference* host, const cudaResourceDesc& resource, size_t offset);
  cudaError_t bind_surface(Device& device, int ordinal, const surfaceReference* host, cudaArray_t array);
  cudaError_t unbind(Device& device, int ordinal, const textureReference* host);
  // cudaErrorInvalidTextureBinding where nothing is bound.
  cudaError_t offset(int ordinal, const textureReference* host, size_t* out);
  // Before a launch on the device.
  cudaError_t refresh(Device& device, int ordinal);
  // The device's objects are gone.
  void forget(int ordinal);

 private:
  struct Known {
    const void* host;
    bool normalized;
  };
  struct Binding {
    const void* host;
    int ordinal;
    bool is_surface;
    cudaResourceDesc resource;
    textureReference settings;  // those the object was made with
    uint64_t object;
    size_t offset;
  };
  const Known* find(const void* host) const;
  Binding* binding(const void* host, int ordinal);
  Binding& fresh_binding(Device& device, const void* host, int ordinal);
  cudaError_t make(Device& device, Binding* binding);
  void release(Binding* binding);

  std::atomic<bool> bound_{false};  // launches look here first: most programs have no references
  Mutex mutex_;
  Vector<Known> known_;
  Vector<Binding> bindings_;
};

// Stores an object's number in a reference's device variable. For the driver API too (cuTexRef*).
cudaError_t write_reference(Device& device, void* variable, uint64_t object);
// What a reference's settings say as a description of an object.
cudaTextureDesc describe_reference(const textureReference& reference, bool normalized);

}  // namespace cw
