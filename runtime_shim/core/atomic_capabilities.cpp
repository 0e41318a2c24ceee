#include "core/atomic_capabilities.hpp"

namespace cw {
namespace {

constexpr unsigned kSizes = cudaAtomicCapabilityScalar32 | cudaAtomicCapabilityScalar64;
constexpr unsigned kBothSigns = cudaAtomicCapabilitySigned | cudaAtomicCapabilityUnsigned;

unsigned native(cudaAtomicOperation operation) {
  switch (operation) {
    case cudaAtomicOperationExchange:
    case cudaAtomicOperationCAS:
      return kSizes | cudaAtomicCapabilityScalar128;
    case cudaAtomicOperationIntegerIncrement:
    case cudaAtomicOperationIntegerDecrement:
      return cudaAtomicCapabilityUnsigned | cudaAtomicCapabilityScalar32 | cudaAtomicCapabilityReduction;
    case cudaAtomicOperationFloatAdd:
    case cudaAtomicOperationFloatMin:
    case cudaAtomicOperationFloatMax:
      return kSizes | cudaAtomicCapabilityReduction;
    default:
      return kSizes | kBothSigns | cudaAtomicCapabilityReduction;
  }
}

}  // namespace

cudaError_t atomic_capabilities(bool coherent, const cudaAtomicOperation* operations, unsigned count, unsigned* out) {
  if (operations == nullptr || out == nullptr || count == 0) return cudaErrorInvalidValue;
  for (unsigned i = 0; i < count; ++i) {
    if (operations[i] < cudaAtomicOperationIntegerAdd || operations[i] > cudaAtomicOperationFloatMax) return cudaErrorInvalidValue;
  }
  for (unsigned i = 0; i < count; ++i) out[i] = coherent ? native(operations[i]) : 0;
  return cudaSuccess;
}

}  // namespace cw
