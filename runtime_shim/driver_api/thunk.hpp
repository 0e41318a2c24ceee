// A second symbol for code that is there already: a jump, whatever the parameters are.
#pragma once

#if defined(__x86_64__)
#define CW_JUMP_TO_SYMBOL(target) "jmp " #target "@PLT\n"
#define CW_JUMP_BY_SLOT(slot) "jmp *" #slot "(%rip)\n"
#elif defined(__aarch64__)
#define CW_JUMP_TO_SYMBOL(target) "b " #target "\n"
#define CW_JUMP_BY_SLOT(slot) "adrp x16, " #slot "\nldr x16, [x16, :lo12:" #slot "]\nbr x16\n"
#endif

#define CW_SYMBOL(name, code)                                                                                         \
  asm(".pushsection .text." #name ",\"ax\",%progbits\n.globl " #name "\n.type " #name ",%function\n" #name ":\n" code \
      ".size " #name ",.-" #name "\n.popsection\n")
