#include "emulator/launch/module.hpp"

#include <elf.h>

#include "emulator/decode/describe.hpp"
#include "emulator/launch/bundle.hpp"
#include "emulator/launch/processors.hpp"

namespace cw::amd {
namespace {

constexpr u64 kDescriptorBytes = 64;
constexpr u32 kMostThreads = 1024;

void copy_name(const char* name, size_t length, Vector<char>* out) {
  out->reserve(length + 1);
  for (size_t i = 0; i < length; ++i) out->push(name[i]);
  out->push(0);
}

bool is_descriptor(const Symbol& symbol) {
  const size_t length = strlen(symbol.name);
  return symbol.defined && symbol.bytes == kDescriptorBytes && length > 3 && strcmp(symbol.name + length - 3, ".kd") == 0;
}

bool is_variable(const Symbol& symbol) { return symbol.defined && symbol.type == STT_OBJECT && !is_descriptor(symbol); }

u32 narrow(u64 value) { return static_cast<u32>(value); }

// What the metadata says, where there is any.
void describe(cw_amd_kernel& kernel, hip::KernelMetadata& metadata) {
  cw_amd_kernel_info& info = kernel.info;
  kernel.described = true;
  info.vgprs = narrow(metadata.vgprs);
  info.agprs = narrow(metadata.agprs);
  info.sgprs = narrow(metadata.sgprs);
  info.vgpr_spills = narrow(metadata.vgpr_spills);
  info.sgpr_spills = narrow(metadata.sgpr_spills);
  info.max_threads = narrow(metadata.max_threads);
  info.kernarg_bytes = narrow(metadata.kernarg_bytes);
  info.dynamic_stack = metadata.dynamic_stack;
  for (const hip::KernelArgument& argument : metadata.arguments) {
    if (argument.hidden()) continue;
    kernel.explicit_arguments.push(cw_amd_argument{narrow(argument.offset), narrow(argument.bytes)});
    const u32 end = narrow(argument.offset + argument.bytes);
    if (end > info.explicit_bytes) info.explicit_bytes = end;
  }
  kernel.arguments.swap(metadata.arguments);
}

// What the descriptor alone tells.
void complete(cw_amd_kernel& kernel) {
  cw_amd_kernel_info& info = kernel.info;
  const Descriptor& descriptor = kernel.descriptor;
  info.name = kernel.name.data();
  info.lanes = descriptor.lanes;
  info.lds_bytes = descriptor.lds_bytes;
  info.scratch_bytes = descriptor.scratch_bytes;
  info.dynamic_stack |= descriptor.dynamic_stack;
  info.arguments = narrow(kernel.explicit_arguments.size());
  info.argument = kernel.explicit_arguments.data();
  if (descriptor.kernarg_bytes > info.kernarg_bytes) info.kernarg_bytes = descriptor.kernarg_bytes;
  if (kernel.described) return;
  info.vgprs = descriptor.acc_offset != 0 ? descriptor.acc_offset : descriptor.vgprs;
  info.agprs = descriptor.vgprs - info.vgprs;
  info.max_threads = kMostThreads;
  info.explicit_bytes = info.kernarg_bytes;
}

}  // namespace

bool Module::load(const Bytes& given, const char* arch, Message& message) {
  Bytes chosen;
  if (!choose_code_object(given, arch, &chosen, message)) return false;
  file_.resize(chosen.size);
  if (chosen.size != 0) memcpy(file_.data(), chosen.data, chosen.size);
  if (!image_.load(file(), message)) return false;
  const char* runs_on = emulated_processor(image_.processor());
  if (runs_on == nullptr) return message.fail("code for %s, which is not emulated", image_.processor());
  if (arch != nullptr && fit(arch, image_.processor()) < 0)
    return message.fail("code for %s, not for %s", image_.processor(), arch);
  arch_ = find_arch(runs_on);
  return add_described(message) && add_others(message);
}

const cw_amd_kernel* Module::kernel(const char* name) const {
  for (const Owned<cw_amd_kernel>& kernel : kernels_) {
    if (strcmp(kernel->info.name, name) == 0) return kernel.get();
  }
  return nullptr;
}

const Symbol* Module::variable(const char* name) const {
  const Symbol* symbol = image_.find(name);
  return symbol != nullptr && is_variable(*symbol) ? symbol : nullptr;
}

const Symbol* Module::variable_at(u32 index) const {
  for (const Symbol& symbol : image_.dynamic_symbols()) {
    if (is_variable(symbol) && index-- == 0) return &symbol;
  }
  return nullptr;
}

const LineTable& Module::lines() const {
  Lock lock(mutex_);
  if (!lines_) lines_.reset(new LineTable(file_.data(), file_.size()));
  return *lines_;
}

const Symbol* Module::function_at(u64 code_offset, u64* distance) const {
  const u64 address = image_.code_begin() + code_offset;
  const auto& symbols = image_.all_symbols().empty() ? image_.dynamic_symbols() : image_.all_symbols();
  for (const Symbol& symbol : symbols) {
    if (symbol.type != STT_FUNC || address - symbol.address >= symbol.bytes) continue;
    *distance = address - symbol.address;
    return &symbol;
  }
  return nullptr;
}

bool Module::add_described(Message& message) {
  Vector<hip::KernelMetadata> kernels;
  hip::read_kernels(file_.data(), file_.size(), &kernels);  // code objects without it run too
  for (hip::KernelMetadata& metadata : kernels) {
    Owned<cw_amd_kernel> kernel(new cw_amd_kernel);
    Vector<char> descriptor;
    copy_name(metadata.name.data, metadata.name.length, &kernel->name);
    copy_name(metadata.symbol.data, metadata.symbol.length, &descriptor);
    const Symbol* symbol = image_.find(descriptor.data());
    if (symbol == nullptr) return message.fail("a code object without the kernel descriptor %s", descriptor.data());
    describe(*kernel, metadata);
    if (!add(*kernel, *symbol, message)) return false;
    kernels_.push(static_cast<Owned<cw_amd_kernel>&&>(kernel));
  }
  return true;
}

// Kernels that only have a descriptor, as hand-written code may.
bool Module::add_others(Message& message) {
  for (const Symbol& symbol : image_.dynamic_symbols()) {
    if (!is_descriptor(symbol)) continue;
    Owned<cw_amd_kernel> kernel(new cw_amd_kernel);
    copy_name(symbol.name, strlen(symbol.name) - 3, &kernel->name);
    if (this->kernel(kernel->name.data()) != nullptr) continue;
    if (!add(*kernel, symbol, message)) return false;
    kernels_.push(static_cast<Owned<cw_amd_kernel>&&>(kernel));
  }
  return true;
}

bool Module::add(cw_amd_kernel& kernel, const Symbol& descriptor, Message& message) {
  const u8* at = image_.at(descriptor.address, kDescriptorBytes);
  if (at == nullptr) return message.fail("a damaged code object: the descriptor of %s", kernel.name.data());
  kernel.module = this;
  kernel.descriptor_at = at;
  kernel.descriptor = read_descriptor(*arch_, at);
  kernel.program = program(kernel.descriptor.lanes);
  kernel.info.code = reinterpret_cast<u64>(at) + static_cast<u64>(kernel.descriptor.entry);
  kernel.info.code_bytes = kernel.program->bytes();
  complete(kernel);
  return kernel.program->at(kernel.info.code) != nullptr ||
         message.fail("a damaged code object: the code of %s", kernel.name.data());
}

const Program* Module::program(u32 lanes) {
  Owned<Program>& wanted = programs_[lanes == 64];
  if (!wanted) wanted.reset(new Program(*arch_, lanes, image_.at(image_.code_begin()), image_.code_end() - image_.code_begin()));
  return wanted.get();
}

}  // namespace cw::amd

using namespace cw::amd;

#define EXPORT extern "C" __attribute__((visibility("default")))

EXPORT cw_amd_module* cw_amd_module_load(const void* bytes, uint64_t size, const char* arch, char* error, uint64_t error_bytes) {
  cw::Owned<cw_amd_module> module(new cw_amd_module);
  Message message;
  if (module->load(Bytes{static_cast<const u8*>(bytes), size}, arch, message)) return module.release();
  if (error_bytes != 0) snprintf(error, error_bytes, "%s", message.text);
  return nullptr;
}

EXPORT void cw_amd_module_unload(cw_amd_module* module) { delete module; }

EXPORT const char* cw_amd_module_arch(const cw_amd_module* module) { return module->processor(); }

EXPORT const cw_amd_kernel* cw_amd_module_kernel(const cw_amd_module* module, const char* name) { return module->kernel(name); }

EXPORT const cw_amd_kernel* cw_amd_module_kernel_at(const cw_amd_module* module, uint32_t index) {
  return module->kernel_at(index);
}

EXPORT void* cw_amd_module_symbol(const cw_amd_module* module, const char* name, uint64_t* bytes) {
  const Symbol* symbol = module->variable(name);
  if (symbol == nullptr) return nullptr;
  *bytes = symbol->bytes;
  return module->image().at(symbol->address, symbol->bytes);
}

EXPORT const char* cw_amd_module_symbol_at(const cw_amd_module* module, uint32_t index) {
  const Symbol* symbol = module->variable_at(index);
  return symbol != nullptr ? symbol->name : nullptr;
}

EXPORT const cw_amd_kernel_info* cw_amd_kernel_information(const cw_amd_kernel* kernel) { return &kernel->info; }

EXPORT int cw_amd_kernel_describe(const cw_amd_kernel* kernel, uint64_t offset, uint32_t half, char* text, uint32_t size) {
  return describe_at(*kernel->program, offset, half, text, size);
}
