/* Integer arithmetic of C in all widths, with operands from a generator; a checksum for each operation. */
#include "ctest.h"

static uint64_t operands[64];

#define EACH(name, type, expression)                                                                                   \
    {                                                                                                                  \
        uint64_t sum = 0xcbf29ce484222325u;                                                                            \
        for (int i = 0; i < 64; i++)                                                                                   \
            for (int j = 0; j < 64; j++) {                                                                             \
                type a = (type)operands[i], b = (type)operands[j];                                                     \
                (void)a;                                                                                               \
                (void)b;                                                                                               \
                sum = checksum(sum, (uint64_t)(expression));                                                           \
            }                                                                                                          \
        printf("%-24s %016llx\n", name, (unsigned long long)sum);                                                      \
    }

#define ALL_TYPES(name, expression)                                                                                    \
    EACH(name " u8", uint8_t, (uint8_t)(expression))                                                                   \
    EACH(name " u16", uint16_t, (uint16_t)(expression))                                                                \
    EACH(name " u32", uint32_t, expression)                                                                            \
    EACH(name " u64", uint64_t, expression)

#define SIGNED_TYPES(name, expression)                                                                                 \
    EACH(name " i8", int8_t, expression)                                                                               \
    EACH(name " i16", int16_t, expression)                                                                             \
    EACH(name " i32", int32_t, expression)                                                                             \
    EACH(name " i64", int64_t, expression)

int test_integers(int argc, char **argv) {
    (void)argc;
    (void)argv;
    static const uint64_t special[] = {0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000,
        0xffffffff, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff, 0xfffffffffffffffe};
    uint64_t state = 42;
    for (int i = 0; i < 64; i++) {
        operands[i] = (uint64_t)next_number(&state) << 32 | next_number(&state);
        if (i >= 32) operands[i] >>= next_number(&state) % 64;
        if (i < 16) operands[i] = special[i];
    }
    ALL_TYPES("add", a + b)
    ALL_TYPES("sub", a - b)
    ALL_TYPES("mul", (uint64_t)a * b)
    ALL_TYPES("div", b ? a / b : 0)
    ALL_TYPES("rem", b ? a % b : 0)
    SIGNED_TYPES("div", b == 0 || b == -1 ? 0 : a / b)
    SIGNED_TYPES("rem", b == 0 || b == -1 ? 0 : a % b)
    SIGNED_TYPES("shift right", a >> (b & (sizeof a * 8 - 1)))
    ALL_TYPES("shift right", a >> (b & (sizeof a * 8 - 1)))
    ALL_TYPES("shift left", (uint64_t)a << (b & (sizeof a * 8 - 1)))
    ALL_TYPES("rotate", (a << (b & (sizeof a * 8 - 1))) | (a >> (-b & (sizeof a * 8 - 1))))
    SIGNED_TYPES("less", a < b)
    ALL_TYPES("less", a < b)
    SIGNED_TYPES("max", a > b ? a : b)
    ALL_TYPES("and not", a & ~b)
    ALL_TYPES("or not", a | ~b)
    ALL_TYPES("xor not", a ^ ~b)
    EACH("clz", uint64_t, a ? __builtin_clzll(a) : 64)
    EACH("ctz", uint64_t, a ? __builtin_ctzll(a) : 64)
    EACH("clrsb", int64_t, __builtin_clrsbll(a))
    EACH("popcount", uint64_t, __builtin_popcountll(a))
    EACH("bswap64", uint64_t, __builtin_bswap64(a))
    EACH("bswap32", uint32_t, __builtin_bswap32(a))
    EACH("bswap16", uint16_t, __builtin_bswap16(a))
    EACH("mul high", uint64_t, (uint64_t)((unsigned __int128)a * b >> 64))
    EACH("mul high signed", int64_t, (uint64_t)((__int128)a * b >> 64))
    EACH("add 128", uint64_t, (uint64_t)((((unsigned __int128)a << 64 | b) + ((unsigned __int128)b << 64 | a)) >> 64))
    EACH("div 128", uint64_t, b ? (uint64_t)((((unsigned __int128)a << 64) | a) / b) : 0)
    EACH("overflow add", int64_t, ({ int64_t r; (uint64_t)__builtin_add_overflow(a, b, &r) ^ (uint64_t)r; }))
    EACH("overflow mul", int64_t, ({ int64_t r; (uint64_t)__builtin_mul_overflow(a, b, &r) ^ (uint64_t)r; }))
    EACH("overflow sub 32", int32_t, ({ int32_t r; (uint32_t)__builtin_sub_overflow(a, b, &r) ^ (uint32_t)r; }))
    return 0;
}
