// A growing array. Like std::vector, without exceptions and without the C++ runtime library (core/allocated.hpp says why).
#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "core/allocated.hpp"

namespace cw {

template <typename T>
class Vector {
 public:
  Vector() = default;
  Vector(Vector&& other) noexcept { swap(other); }
  Vector& operator=(Vector&& other) noexcept {
    swap(other);
    return *this;
  }
  Vector(const Vector&) = delete;
  Vector& operator=(const Vector&) = delete;
  ~Vector() {
    clear();
    std::free(data_);
  }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return data_; }
  const T* data() const { return data_; }
  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  T& back() { return data_[size_ - 1]; }

  T& push(T value) {
    reserve(size_ + 1);
    return *new (static_cast<void*>(data_ + size_++)) T(std::move(value));
  }
  T pop() {
    T value = std::move(data_[size_ - 1]);
    data_[--size_].~T();
    return value;
  }
  void insert(size_t at, T value) {
    push(std::move(value));
    for (size_t i = size_ - 1; i > at; --i) std::swap(data_[i], data_[i - 1]);
  }
  void erase(size_t at) {
    for (size_t i = at; i + 1 < size_; ++i) data_[i] = std::move(data_[i + 1]);
    data_[--size_].~T();
  }
  void erase_value(const T& value) {
    for (size_t i = 0; i < size_; ++i) {
      if (data_[i] == value) return erase(i);
    }
  }
  bool contains(const T& value) const {
    for (const T& item : *this) {
      if (item == value) return true;
    }
    return false;
  }
  // Grows with value-initialised elements or shrinks.
  void resize(size_t size) {
    reserve(size);
    while (size_ > size) data_[--size_].~T();
    while (size_ < size) new (static_cast<void*>(data_ + size_++)) T();
  }
  void clear() { resize(0); }
  void reserve(size_t wanted) {
    if (wanted <= capacity_) return;
    const size_t capacity = wanted > 2 * capacity_ ? wanted : 2 * capacity_;
    T* grown = static_cast<T*>(must_allocate(capacity * sizeof(T)));
    for (size_t i = 0; i < size_; ++i) {
      new (static_cast<void*>(grown + i)) T(std::move(data_[i]));
      data_[i].~T();
    }
    std::free(data_);
    data_ = grown;
    capacity_ = capacity;
  }
  void swap(Vector& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

 private:
  T* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace cw
