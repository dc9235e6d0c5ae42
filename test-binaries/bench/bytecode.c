/* An interpreter of a small stack machine with a dense switch, that is, a jump table. What it runs: primes by trial
 * division, then the Collatz steps of the same numbers. Size: how often, for the numbers below 2,000.
 */
#include "bench.h"

enum opcode {
    PUSH, LOAD, STORE, ADD, SUB, MUL, REMAINDER, AND, SHIFT, LESS, EQUAL, DUP, DROP, SWAP, INCREMENT, FETCH, PUT,
    JUMP, JUMP_IF_ZERO, CALL, RETURN, HALT
};
enum variable { NUMBER, DIVISOR, LIMIT, COUNT, STEPS, LONGEST };

static int32_t code[256];
static int length;

static int emit(enum opcode opcode, int32_t operand) {
    code[length] = (int32_t)opcode;
    code[length + 1] = operand;
    length += 2;
    return length - 1;
}

static void land(int at) { code[at] = length; }

/* Calls isPrime and collatz for each number; both are emitted first. */
static int assemble(void) {
    length = 0;
    int is_prime = length; /* leaves 1 or 0 */
    emit(PUSH, 2), emit(STORE, DIVISOR);
    int loop = length;
    emit(LOAD, DIVISOR), emit(DUP, 0), emit(MUL, 0), emit(LOAD, NUMBER), emit(SWAP, 0), emit(LESS, 0);
    int more = emit(JUMP_IF_ZERO, 0);
    emit(PUSH, 1), emit(RETURN, 0);
    land(more);
    emit(LOAD, NUMBER), emit(LOAD, DIVISOR), emit(REMAINDER, 0);
    int divides = emit(JUMP_IF_ZERO, 0);
    emit(INCREMENT, DIVISOR), emit(JUMP, loop);
    land(divides);
    emit(PUSH, 0), emit(RETURN, 0);

    int collatz = length; /* counts in STEPS, leaves nothing */
    emit(PUSH, 0), emit(STORE, STEPS), emit(LOAD, NUMBER);
    loop = length;
    emit(DUP, 0), emit(PUSH, 2), emit(LESS, 0);
    int not_one = emit(JUMP_IF_ZERO, 0);
    emit(DROP, 0), emit(RETURN, 0);
    land(not_one);
    emit(INCREMENT, STEPS), emit(DUP, 0), emit(PUSH, 1), emit(AND, 0);
    int even = emit(JUMP_IF_ZERO, 0);
    emit(PUSH, 3), emit(MUL, 0), emit(PUSH, 1), emit(ADD, 0), emit(JUMP, loop);
    land(even);
    emit(PUSH, 1), emit(SHIFT, 0), emit(JUMP, loop);

    int start = length;
    emit(PUSH, 2), emit(STORE, NUMBER);
    loop = length;
    emit(LOAD, NUMBER), emit(LOAD, LIMIT), emit(LESS, 0);
    int done = emit(JUMP_IF_ZERO, 0);
    emit(CALL, is_prime), emit(LOAD, COUNT), emit(ADD, 0), emit(STORE, COUNT);
    emit(CALL, collatz), emit(LOAD, NUMBER), emit(LOAD, STEPS), emit(PUT, 0);
    emit(LOAD, LONGEST), emit(LOAD, STEPS), emit(LESS, 0);
    int shorter = emit(JUMP_IF_ZERO, 0);
    emit(LOAD, NUMBER), emit(FETCH, 0), emit(STORE, LONGEST);
    land(shorter);
    emit(INCREMENT, NUMBER), emit(JUMP, loop);
    land(done);
    emit(HALT, 0);
    return start;
}

static NOINLINE void interpret(int pc, int64_t *variables, int64_t *array) {
    int64_t stack[64], *top = stack;
    int calls[16], depth = 0;
    for (;;) {
        int32_t operand = code[pc + 1];
        pc += 2;
        switch ((enum opcode)code[pc - 2]) {
        case PUSH: *++top = operand; break;
        case LOAD: *++top = variables[operand]; break;
        case STORE: variables[operand] = *top--; break;
        case ADD: top--; top[0] += top[1]; break;
        case SUB: top--; top[0] -= top[1]; break;
        case MUL: top--; top[0] *= top[1]; break;
        case REMAINDER: top--; top[0] %= top[1]; break;
        case AND: top--; top[0] &= top[1]; break;
        case SHIFT: top--; top[0] >>= top[1]; break;
        case LESS: top--; top[0] = top[0] < top[1]; break;
        case EQUAL: top--; top[0] = top[0] == top[1]; break;
        case DUP: top[1] = top[0]; top++; break;
        case DROP: top--; break;
        case SWAP: {
            int64_t below = top[-1];
            top[-1] = top[0];
            top[0] = below;
            break;
        }
        case INCREMENT: variables[operand]++; break;
        case FETCH: top[0] = array[top[0]]; break;
        case PUT: array[top[-1]] = top[0]; top -= 2; break;
        case JUMP: pc = operand; break;
        case JUMP_IF_ZERO:
            if (*top-- == 0) pc = operand;
            break;
        case CALL: calls[depth++] = pc; pc = operand; break;
        case RETURN: pc = calls[--depth]; break;
        case HALT: return;
        }
    }
}

uint64_t run(long size) {
    static int64_t array[2000];
    int start = assemble();
    uint64_t sum = 0;
    for (long i = 0; i < size; i++) {
        int64_t variables[8] = {[LIMIT] = 1990 + i % 10};
        interpret(start, variables, array);
        sum = mix(sum, (uint64_t)variables[COUNT]);
        sum = mix(sum, (uint64_t)variables[LONGEST]);
    }
    return sum;
}
