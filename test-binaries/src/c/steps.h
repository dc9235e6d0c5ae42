/* Work in steps, and that it does not slow down. */
#ifndef STEPS_H
#define STEPS_H

#include <stdint.h>

#define OUT_OF_LINE __attribute__((noinline, noclone))

/* Hides from the compiler what a value is, so that calls stay calls. */
#define UNKNOWN(value) __asm__ volatile("" : "+r"(value)::"memory")

/* `TEST [PART [PERCENT]]`: only the parts whose name begins so (all: every part), this much of the work. */
void choose_parts(int argc, char **argv);

/* Does a part in ten equal steps: `step` does `amount` of something and returns how much of it was right, the sum of which
   is printed. "slows down" is added when the last step, and each of 20 more, takes over 5 times as long as the first.
   The times, in microseconds, go to standard error. */
void part(const char *name, long (*step)(long), long amount);

static inline uint64_t mix(uint64_t value, uint64_t more) { return (value ^ more) * 0x9e3779b97f4a7c15u + (value >> 29); }

#endif
