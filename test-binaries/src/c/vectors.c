/* Loops that the compiler turns into Advanced SIMD, in every element type; the results as checksums. */
#include "ctest.h"
#include <math.h>
#include <string.h>

enum { N = 203 };

#define KERNELS(type, T)                                                                                               \
    __attribute__((noinline, optimize("O3"))) static void T##_kernel(type *restrict out, const type *restrict a,       \
                                                                     const type *restrict b, int op) {                 \
        switch (op) {                                                                                                  \
        case 0: for (int i = 0; i < N; i++) out[i] = (type)(a[i] + b[i]); break;                                       \
        case 1: for (int i = 0; i < N; i++) out[i] = (type)(a[i] - b[i]); break;                                       \
        case 2: for (int i = 0; i < N; i++) out[i] = (type)(a[i] * b[i]); break;                                       \
        case 3: for (int i = 0; i < N; i++) out[i] = a[i] > b[i] ? a[i] : b[i]; break;                                 \
        case 4: for (int i = 0; i < N; i++) out[i] = a[i] < b[i] ? b[i] : (type)(a[i] + 1); break;                     \
        case 5: for (int i = 0; i < N; i++) out[i] = (type)(a[i] == b[i] ? 3 : a[i] * 2 + b[i]); break;                \
        case 6: for (int i = 0; i < N; i++) out[i] = a[N - 1 - i]; break;                                              \
        case 7: for (int i = 0; i < N / 2; i++) out[i] = (type)(a[2 * i] + b[2 * i + 1]); break;                       \
        default: for (int i = 0; i < N / 3; i++) {                                                                     \
                out[3 * i] = a[i]; out[3 * i + 1] = b[i]; out[3 * i + 2] = (type)(a[i] - b[i]); } break;               \
        }                                                                                                              \
    }                                                                                                                  \
    __attribute__((noinline, optimize("O3"))) static type T##_sum(const type *a) {                                     \
        type sum = 0;                                                                                                  \
        for (int i = 0; i < N; i++) sum = (type)(sum + a[i]);                                                          \
        return sum;                                                                                                    \
    }                                                                                                                  \
    static void T##_run(void) {                                                                                        \
        static type a[N], b[N], out[N];                                                                                \
        uint64_t state = sizeof(type);                                                                                 \
        for (int i = 0; i < N; i++) {                                                                                  \
            a[i] = (type)(int32_t)next_number(&state);                                                                 \
            b[i] = (type)(int32_t)next_number(&state);                                                                 \
            if (i % 10 == 0) b[i] = a[i];                                                                              \
        }                                                                                                              \
        printf("%-6s", #T);                                                                                            \
        for (int op = 0; op < 9; op++) {                                                                               \
            memset(out, 0, sizeof out);                                                                                \
            T##_kernel(out, a, b, op);                                                                                 \
            uint64_t sum = 0xcbf29ce484222325u;                                                                        \
            for (int i = 0; i < N; i++) {                                                                              \
                uint64_t bits = 0;                                                                                     \
                memcpy(&bits, &out[i], sizeof(type));                                                                  \
                sum = checksum(sum, bits);                                                                             \
            }                                                                                                          \
            printf(" %08x", (unsigned)(sum ^ sum >> 32));                                                              \
        }                                                                                                              \
        type total = T##_sum(a);                                                                                       \
        uint64_t bits = 0;                                                                                             \
        memcpy(&bits, &total, sizeof(type));                                                                           \
        printf(" sum %llx\n", (unsigned long long)bits);                                                               \
    }

KERNELS(int8_t, i8)
KERNELS(uint8_t, u8)
KERNELS(int16_t, i16)
KERNELS(uint16_t, u16)
KERNELS(int32_t, i32)
KERNELS(uint32_t, u32)
KERNELS(int64_t, i64)
KERNELS(uint64_t, u64)
KERNELS(float, f32)
KERNELS(double, f64)

/* Conversions between element types: widening, narrowing, to and from floating point. */
#define CONVERT(from, F, to, T)                                                                                        \
    __attribute__((noinline, optimize("O3"))) static void F##_to_##T(to *restrict out, const from *restrict in) {      \
        for (int i = 0; i < N; i++) out[i] = (to)in[i];                                                                \
    }                                                                                                                  \
    static void F##_to_##T##_run(void) {                                                                               \
        static from in[N];                                                                                             \
        static to out[N];                                                                                              \
        uint64_t state = 99, sum = 0xcbf29ce484222325u;                                                                \
        for (int i = 0; i < N; i++) in[i] = (from)((int32_t)next_number(&state) % 100000);                             \
        F##_to_##T(out, in);                                                                                           \
        for (int i = 0; i < N; i++) {                                                                                  \
            uint64_t bits = 0;                                                                                         \
            memcpy(&bits, &out[i], sizeof(to));                                                                        \
            sum = checksum(sum, bits);                                                                                 \
        }                                                                                                              \
        printf("%s to %s %016llx\n", #F, #T, (unsigned long long)sum);                                                 \
    }

CONVERT(int8_t, i8, int16_t, i16)
CONVERT(int8_t, i8, int64_t, i64)
CONVERT(uint8_t, u8, uint32_t, u32)
CONVERT(int32_t, i32, int8_t, i8)
CONVERT(int64_t, i64, int16_t, i16)
CONVERT(int32_t, i32, float, f32)
CONVERT(uint32_t, u32, double, f64)
CONVERT(int64_t, i64, double, f64)
CONVERT(float, f32, int32_t, i32)
CONVERT(float, f32, double, f64)
CONVERT(double, f64, float, f32)
CONVERT(double, f64, int64_t, i64)
CONVERT(uint16_t, u16, float, f32)

__attribute__((noinline, optimize("O3"))) static void lanes(float *restrict out, const float *restrict a,
                                                            const float *restrict b) {
    for (int i = 0; i < N; i++) out[i] = sqrtf(fabsf(a[i] / b[i])) - floorf(b[i]) + fmaf(a[i], b[i], 1.0f);
}

__attribute__((noinline, optimize("O3"))) static uint32_t dot(const uint8_t *a, const uint8_t *b) {
    uint32_t sum = 0;
    for (int i = 0; i < N; i++) sum += (uint32_t)a[i] * b[i] + (uint32_t)(a[i] > b[i] ? a[i] - b[i] : b[i] - a[i]);
    return sum;
}

int test_vectors(int argc, char **argv) {
    (void)argc;
    (void)argv;
    i8_run(), u8_run(), i16_run(), u16_run(), i32_run(), u32_run(), i64_run(), u64_run(), f32_run(), f64_run();
    i8_to_i16_run(), i8_to_i64_run(), u8_to_u32_run(), i32_to_i8_run(), i64_to_i16_run(), i32_to_f32_run();
    u32_to_f64_run(), i64_to_f64_run(), f32_to_i32_run(), f32_to_f64_run(), f64_to_f32_run(), f64_to_i64_run();
    u16_to_f32_run();
    static float a[N], b[N], out[N];
    static uint8_t c[N], d[N];
    uint64_t state = 5, sum = 0xcbf29ce484222325u;
    for (int i = 0; i < N; i++) {
        a[i] = (float)(int32_t)next_number(&state) / 1000.0f;
        b[i] = (float)(next_number(&state) % 1000 + 1) / 7.0f;
        c[i] = (uint8_t)next_number(&state);
        d[i] = (uint8_t)next_number(&state);
    }
    lanes(out, a, b);
    for (int i = 0; i < N; i++) {
        uint32_t bits;
        memcpy(&bits, &out[i], 4);
        sum = checksum(sum, bits);
    }
    printf("lanes %016llx dot %u\n", (unsigned long long)sum, dot(c, d));
    return 0;
}
