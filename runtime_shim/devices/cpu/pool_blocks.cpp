#include "devices/cpu/pool_blocks.hpp"

namespace cw::cpu {
namespace {

// Both blocks' memory may be used together after `*left`'s work (made the later of the two).
bool join_dependency(Dependency* left, const Dependency& right) {
  if (left->queue.get() != right.queue.get()) return false;
  if (right.number > left->number) left->number = right.number;
  return true;
}

}  // namespace

void PoolBlocks::add_chunk(const PoolChunk& chunk) {
  chunks_.push(chunk);
  PoolBlock block;
  block.bytes = chunk.bytes;
  blocks_.set(chunk.base, block);
}

void PoolBlocks::cut(uintptr_t base, size_t bytes, Dependency* free_after) {
  PoolBlock* block = blocks_.find(base);
  *free_after = block->free_after;
  PoolBlock rest = *block;
  rest.bytes -= bytes;
  block->bytes = bytes;
  block->used = true;
  block->free_after = Dependency{};
  if (rest.bytes != 0) blocks_.set(base + bytes, rest);
}

size_t PoolBlocks::used_bytes(uintptr_t base) {
  const PoolBlock* block = blocks_.find(base);
  return block != nullptr && block->used ? block->bytes : 0;
}

const PoolChunk* PoolBlocks::chunk_of(uintptr_t address) const {
  for (const PoolChunk& chunk : chunks_) {
    if (address - chunk.base < chunk.bytes) return &chunk;
  }
  return nullptr;
}

void PoolBlocks::give_back(uintptr_t base, const Dependency& free_after) {
  PoolBlock* block = blocks_.find(base);
  block->used = false;
  block->free_after = free_after;
}

bool PoolBlocks::starts_chunk(uintptr_t base) const {
  for (const PoolChunk& chunk : chunks_) {
    if (chunk.base == base) return true;
  }
  return false;
}

void PoolBlocks::merge() {
  FlatMap<uintptr_t, PoolBlock> merged;
  uintptr_t last = 0;
  for (auto& item : blocks_) {
    PoolBlock block = item.value;
    if (!block.used && is_settled(block)) block.free_after = Dependency{};
    PoolBlock* before = merged.find(last);
    const bool adjacent = before != nullptr && last + before->bytes == item.key && !starts_chunk(item.key);
    if (adjacent && !before->used && !block.used && join_dependency(&before->free_after, block.free_after)) {
      before->bytes += block.bytes;
      continue;
    }
    last = item.key;
    merged.set(last, block);
  }
  blocks_ = static_cast<FlatMap<uintptr_t, PoolBlock>&&>(merged);
}

bool PoolBlocks::remove_chunk(size_t most, PoolChunk* out) {
  for (size_t i = 0; i < chunks_.size(); ++i) {
    const PoolBlock* block = blocks_.find(chunks_[i].base);
    if (chunks_[i].bytes > most || block->used || block->bytes != chunks_[i].bytes || !is_settled(*block)) continue;
    *out = chunks_[i];
    blocks_.erase(out->base);
    chunks_.erase(i);
    return true;
  }
  return false;
}

}  // namespace cw::cpu
