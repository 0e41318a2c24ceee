// Memory of our own objects comes from malloc, not from `operator new`: the static library then needs no C++ runtime library.
#pragma once

#include <cstddef>
#include <cstdlib>

namespace cw {

// malloc that ends the process when memory is out: a runtime that cannot keep its books cannot go on.
inline void* must_allocate(size_t bytes) {
  void* memory = std::malloc(bytes != 0 ? bytes : 1);
  if (memory == nullptr) std::abort();
  return memory;
}

// Base of every class that is created with `new`.
struct Allocated {
  static void* operator new(size_t bytes) { return must_allocate(bytes); }
  static void* operator new(size_t, void* place) noexcept { return place; }
  static void operator delete(void* memory) { std::free(memory); }
  static void operator delete(void*, void*) noexcept {}
};

// Sole owner of an object made with `new`.
template <typename T>
class Owned {
 public:
  Owned() = default;
  explicit Owned(T* object) : object_(object) {}
  Owned(Owned&& other) noexcept : object_(other.release()) {}
  Owned& operator=(Owned&& other) noexcept {
    if (this != &other) reset(other.release());
    return *this;
  }
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() { reset(); }

  T* get() const { return object_; }
  T* operator->() const { return object_; }
  T& operator*() const { return *object_; }
  explicit operator bool() const { return object_ != nullptr; }
  T* release() {
    T* object = object_;
    object_ = nullptr;
    return object;
  }
  void reset(T* object = nullptr) {
    T* old = object_;
    object_ = object;
    delete old;
  }

 private:
  T* object_ = nullptr;
};

}  // namespace cw
