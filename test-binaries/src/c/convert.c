/* Conversions between floating point and integers, out of range ones included (through volatile, so that the
 * processor's instruction decides, not the compiler). */
#include "ctest.h"
#include <math.h>
#include <string.h>

static uint64_t bits(double value) {
    uint64_t result;
    memcpy(&result, &value, 8);
    return result;
}

static uint32_t bits_f(float value) {
    uint32_t result;
    memcpy(&result, &value, 4);
    return result;
}

int test_convert(int argc, char **argv) {
    (void)argc;
    (void)argv;
    static const double values[] = {0.0, -0.0, 0.5, -0.5, 1.5, 2.5, -1.5, 0.9999999999999999, 1e-320, 127.9, -128.9,
        255.5, 32767.5, -32768.9, 65535.9, 2147483647.0, 2147483648.0, -2147483648.0, -2147483649.0, 4294967295.0,
        4294967296.0, 9007199254740993.0, 9223372036854774784.0, 9223372036854775808.0, -9223372036854775808.0,
        18446744073709549568.0, 18446744073709551616.0, 1e30, -1e30, INFINITY, -INFINITY, NAN};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        volatile double d = values[i];
        volatile float f = (float)d;
        printf("%016llx: i32 %08x u32 %08x i64 %016llx u64 %016llx\n", (unsigned long long)bits(d), (unsigned)(int32_t)d,
               (uint32_t)d, (unsigned long long)(int64_t)d, (unsigned long long)(uint64_t)d);
        printf("    f32 %08x: i32 %08x u32 %08x i64 %016llx u64 %016llx f64 %016llx\n", bits_f(f), (unsigned)(int32_t)f,
               (uint32_t)f, (unsigned long long)(int64_t)f, (unsigned long long)(uint64_t)f,
               (unsigned long long)bits((double)f));
        printf("    floor %016llx ceil %016llx trunc %016llx round %016llx rint %016llx lrint %016llx lround %016llx\n",
               (unsigned long long)bits(floor(d)), (unsigned long long)bits(ceil(d)),
               (unsigned long long)bits(trunc(d)), (unsigned long long)bits(round(d)),
               (unsigned long long)bits(rint(d)), (unsigned long long)(fabs(d) < 9e18 ? lrint(d) : 0),
               (unsigned long long)(fabs(d) < 9e18 ? lround(d) : 0));
    }
    static const int64_t numbers[] = {0, 1, -1, 16777217, -16777217, 2147483647, -2147483648, 4294967295,
        9007199254740993, -9007199254740993, 0x7fffffbfffffffff, 0x7fffffffffffffff, INT64_MIN};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        volatile int64_t n = numbers[i];
        printf("%016llx: f64 %016llx f32 %08x u-f64 %016llx u-f32 %08x i32-f64 %016llx u32-f32 %08x\n",
               (unsigned long long)n, (unsigned long long)bits((double)n), bits_f((float)n),
               (unsigned long long)bits((double)(uint64_t)n), bits_f((float)(uint64_t)n),
               (unsigned long long)bits((double)(int32_t)n), bits_f((float)(uint32_t)n));
    }
    volatile long double quad = 1.0L;
    quad = quad / 3.0L;
    printf("long double: %.30Lg %d %016llx\n", quad, (int)(quad * 9.0L + 0.5L), (unsigned long long)bits((double)quad));
    __fp16 half = (__fp16)(volatile float){0.1f};
    uint16_t half_bits;
    memcpy(&half_bits, &half, 2);
    printf("half: %04x %08x\n", half_bits, bits_f((float)half));
    return 0;
}
