/* Numeric kernels in every element type that compilers vectorize, built by several compilers at several levels: the
 * output depends on none of them. Sums of floating-point numbers are exact (small integers) or of fixed order. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { N = 259 };

static uint64_t state = 1;

static uint32_t next_number(void) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33);
}

static uint64_t checksum(const void *data, size_t length) {
    const uint8_t *bytes = data;
    uint64_t sum = 0xcbf29ce484222325u;
    for (size_t i = 0; i < length; i++) sum = (sum ^ bytes[i]) * 0x100000001b3u;
    return sum;
}

static void show(const char *name, const void *data, size_t length) {
    printf("%-12s %016llx\n", name, (unsigned long long)checksum(data, length));
}

/* ---- integers */

static int32_t dot8(const int8_t *a, const int8_t *b) {
    int32_t sum = 0;
    for (int i = 0; i < N; i++) sum += a[i] * b[i];
    return sum;
}

static uint32_t dot8u(const uint8_t *a, const uint8_t *b) {
    uint32_t sum = 0;
    for (int i = 0; i < N; i++) sum += (uint32_t)(a[i] * b[i]);
    return sum;
}

static uint32_t differences(const uint8_t *a, const uint8_t *b) {
    uint32_t sum = 0;
    for (int i = 0; i < N; i++) sum += (uint32_t)(a[i] > b[i] ? a[i] - b[i] : b[i] - a[i]);
    return sum;
}

static void saturate(int16_t *out, const int16_t *a, const int16_t *b) {
    for (int i = 0; i < N; i++) {
        int sum = a[i] + b[i];
        out[i] = (int16_t)(sum > 32767 ? 32767 : sum < -32768 ? -32768 : sum);
    }
}

static void rotate(uint64_t *out, const uint64_t *a, const uint64_t *b) {
    for (int i = 0; i < N; i++) out[i] = (a[i] << 19 | a[i] >> 45) ^ (b[i] & ~a[i]) ^ (uint64_t)__builtin_popcountll(b[i]);
}

static void widen(int64_t *out, const int32_t *a, const int16_t *b) {
    for (int i = 0; i < N; i++) out[i] = (int64_t)a[i] * b[i] - (a[i] >> 3);
}

static uint32_t crc(const uint8_t *data, size_t length) {
    uint32_t sum = ~0u;
    for (size_t i = 0; i < length; i++) {
        sum ^= data[i];
        for (int bit = 0; bit < 8; bit++) sum = sum >> 1 ^ (0xedb88320u & -(sum & 1));
    }
    return ~sum;
}

static void integers(void) {
    static int8_t a8[N], b8[N];
    static int16_t a16[N], b16[N], out16[N];
    static int32_t a32[N];
    static uint64_t a64[N], b64[N], out64[N];
    static int64_t wide[N];
    for (int i = 0; i < N; i++) {
        a8[i] = (int8_t)next_number();
        b8[i] = (int8_t)next_number();
        a16[i] = (int16_t)next_number();
        b16[i] = (int16_t)next_number();
        a32[i] = (int32_t)(next_number() * 2);
        a64[i] = (uint64_t)next_number() << 32 | next_number();
        b64[i] = (uint64_t)next_number() << 33 | next_number();
    }
    printf("dot %d %u, differences %u, crc %08x\n", dot8(a8, b8), dot8u((uint8_t *)a8, (uint8_t *)b8),
           differences((uint8_t *)a8, (uint8_t *)b8), crc((uint8_t *)a64, sizeof a64));
    saturate(out16, a16, b16);
    show("saturate", out16, sizeof out16);
    rotate(out64, a64, b64);
    show("rotate", out64, sizeof out64);
    widen(wide, a32, a16);
    show("widen", wide, sizeof wide);
}

/* ---- floating point; -ffp-contract=off makes it the same everywhere */

#define KERNELS(T, SUFFIX)                                                                                             \
    static void mix_##SUFFIX(T *restrict out, const T *restrict a, const T *restrict b) {                              \
        for (int i = 0; i < N; i++) out[i] = a[i] * b[i] + a[i] / (b[i] + (T)3) - (a[i] > b[i] ? a[i] : b[i]);         \
    }                                                                                                                  \
    static void round_##SUFFIX(int32_t *restrict out, const T *restrict a) {                                           \
        for (int i = 0; i < N; i++) out[i] = (int32_t)(a[i] * (T)16) ^ (int32_t)(uint8_t)(int32_t)a[i];                \
    }                                                                                                                  \
    static void multiply_##SUFFIX(T *restrict c, const T *restrict a, const T *restrict b) {                           \
        for (int i = 0; i < 16; i++)                                                                                   \
            for (int j = 0; j < 16; j++) {                                                                             \
                T sum = 0;                                                                                             \
                for (int k = 0; k < 16; k++) sum += a[16 * i + k] * b[16 * k + j];                                     \
                c[16 * i + j] = sum;                                                                                   \
            }                                                                                                          \
    }                                                                                                                  \
    static void floats_##SUFFIX(const char *name) {                                                                    \
        static T a[N], b[N], out[N];                                                                                   \
        static int32_t whole[N];                                                                                       \
        for (int i = 0; i < N; i++) {                                                                                  \
            a[i] = (T)((int)(next_number() % 2001) - 1000) / (T)8;                                                     \
            b[i] = (T)(next_number() % 100) / (T)16;                                                                   \
        }                                                                                                              \
        printf("%s\n", name);                                                                                          \
        mix_##SUFFIX(out, a, b);                                                                                       \
        show("mix", out, sizeof out);                                                                                  \
        round_##SUFFIX(whole, a);                                                                                      \
        show("round", whole, sizeof whole);                                                                            \
        memset(out, 0, sizeof out);                                                                                    \
        multiply_##SUFFIX(out, a, b);                                                                                  \
        show("multiply", out, sizeof out);                                                                             \
    }

KERNELS(float, f32)
KERNELS(double, f64)

/* Half precision is computed in it where the processor can, else in single precision and rounded after each operation:
 * single products and sums are equal either way. */
static void halves(void) {
    static __fp16 a[N], b[N], out[N];
    for (int i = 0; i < N; i++) {
        a[i] = (__fp16)((float)(next_number() % 512) / 32);
        b[i] = (__fp16)((float)(next_number() % 512) / 64);
    }
    for (int i = 0; i < N; i++) out[i] = (__fp16)(a[i] * b[i]);
    show("half product", out, sizeof out);
    for (int i = 0; i < N; i++) out[i] = (__fp16)(a[i] + b[i]);
    show("half sum", out, sizeof out);
    for (int i = 0; i < N; i++) out[i] = a[i] > b[i] ? a[i] : b[i];
    show("half max", out, sizeof out);
}

static void rounding(void) {
    static double values[N];
    static double results[5][N];
    for (int i = 0; i < N; i++) values[i] = ((double)(int)next_number() - 1e9) / 65536.0 / (1 + i % 7);
    for (int i = 0; i < N; i++) {
        results[0][i] = floor(values[i]);
        results[1][i] = ceil(values[i]);
        results[2][i] = trunc(values[i]);
        results[3][i] = rint(values[i]);
        results[4][i] = sqrt(fabs(values[i])) + round(values[i]);
    }
    show("rounding", results, sizeof results);
}

int main(void) {
    integers();
    floats_f32("float");
    floats_f64("double");
    halves();
    rounding();
    return 0;
}
