// Switching stacks. A suspended fiber has its callee-saved registers on its stack and its stack pointer in the first word of its
// frame.
#include "fiber.h"

#include "../entry.h"

namespace crosswarp::cpu {

extern "C" {

// Saves the running stack at `*save`, goes on with `next`. The jump (not `ret`) keeps the return predictor in step.
__attribute__((naked, noinline)) void switch_stack(void** save, void* next) __asm__("__cwcpu.switch_stack");
// Where a new fiber starts: calls the function in one saved register with the argument in another.
__attribute__((naked, noinline)) void enter_fiber() __asm__("__cwcpu.enter_fiber");

#if defined(__x86_64__)
inline constexpr u64 kSavedWords = 7;  // rbp rbx r12 r13 r14 r15 and the return address
inline constexpr u64 kArgumentWord = 3, kFunctionWord = 2, kReturnWord = 6;

void switch_stack(void**, void*) {
  __asm__(
      "pushq %rbp\n pushq %rbx\n pushq %r12\n pushq %r13\n pushq %r14\n pushq %r15\n"
      "movq %rsp, (%rdi)\n movq %rsi, %rsp\n"
      "popq %r15\n popq %r14\n popq %r13\n popq %r12\n popq %rbx\n popq %rbp\n"
      "popq %rax\n jmpq *%rax\n");
}

void enter_fiber() { __asm__("movq %r12, %rdi\n callq *%r13\n ud2\n"); }
#elif defined(__aarch64__)
inline constexpr u64 kSavedWords = 20;  // x19-x28, x29, x30, d8-d15
inline constexpr u64 kArgumentWord = 0, kFunctionWord = 1, kReturnWord = 11;

void switch_stack(void**, void*) {
  __asm__(
      "sub sp, sp, #160\n"
      "stp x19, x20, [sp]\n stp x21, x22, [sp, #16]\n stp x23, x24, [sp, #32]\n stp x25, x26, [sp, #48]\n"
      "stp x27, x28, [sp, #64]\n stp x29, x30, [sp, #80]\n stp d8, d9, [sp, #96]\n stp d10, d11, [sp, #112]\n"
      "stp d12, d13, [sp, #128]\n stp d14, d15, [sp, #144]\n"
      "mov x9, sp\n str x9, [x0]\n mov sp, x1\n"
      "ldp x19, x20, [sp]\n ldp x21, x22, [sp, #16]\n ldp x23, x24, [sp, #32]\n ldp x25, x26, [sp, #48]\n"
      "ldp x27, x28, [sp, #64]\n ldp x29, x30, [sp, #80]\n ldp d8, d9, [sp, #96]\n ldp d10, d11, [sp, #112]\n"
      "ldp d12, d13, [sp, #128]\n ldp d14, d15, [sp, #144]\n"
      "add sp, sp, #160\n ret\n");
}

void enter_fiber() { __asm__("mov x0, x19\n blr x20\n brk #1\n"); }
#else
#error "fibers need a stack switch for this processor"
#endif

__attribute__((noinline)) void fiber_suspend(Thread* thread) __asm__("__cwcpu.fiber_suspend");
void fiber_suspend(Thread* thread) {
  Schedule* schedule = static_cast<Schedule*>(thread->block);
  u8* frame = warp_of(thread)->frames + thread->lane * schedule->stride;
  switch_stack(reinterpret_cast<void**>(frame), schedule->stack);
}
}

namespace {
void run_fiber(Thread* thread) {
  static_cast<Schedule*>(thread->block)->body(thread);
  *thread->event = kExited;
  fiber_suspend(thread);
  __builtin_unreachable();
}
}  // namespace

void prepare_fiber(Thread& thread, u8* frame) {
  const u64 top = (reinterpret_cast<u64>(frame) + kFiberStackBytes) & ~u64{15};
  u64* words = reinterpret_cast<u64*>(top) - kSavedWords;
  for (u64 word = 0; word < kSavedWords; ++word) words[word] = 0;
  words[kArgumentWord] = reinterpret_cast<u64>(&thread);
  words[kFunctionWord] = reinterpret_cast<u64>(&run_fiber);
  words[kReturnWord] = reinterpret_cast<u64>(&enter_fiber);
  *reinterpret_cast<void**>(frame) = words;
}

void resume_fiber(Schedule& schedule, u8* frame) { switch_stack(&schedule.stack, *reinterpret_cast<void**>(frame)); }

}  // namespace crosswarp::cpu
