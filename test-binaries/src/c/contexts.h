/* Stacks of one's own, and the way from one to another. */
#ifndef CONTEXTS_H
#define CONTEXTS_H

#include <stddef.h>

#pragma GCC visibility push(hidden)
/* Calls a function on the stack that ends at `top`. */
long call_on(void *top, long (*function)(long), long argument);
/* Leaves one context, whose stack pointer is put into *from, for another. */
void switch_context(void **from, void *to);
#pragma GCC visibility pop

char *new_stack(size_t size);

/* The stack pointer of a new context, which will call the function on the stack that ends at `top`; it must not return. */
void *new_context(char *top, void *function, void *argument);

#endif
