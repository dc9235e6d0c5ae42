/* Matrix multiplication in floats with vector intrinsics: NEON on AArch64, SSE on x86-64, plain C elsewhere. The numbers
 * are small integers, so the results are exact, with and without a fused multiply-add. Size: how many products of 128 by
 * 128 matrices.
 */
#include "bench.h"

enum { N = 128 };
static float a[N][N] __attribute__((aligned(16))), b[N][N] __attribute__((aligned(16)));
static float c[N][N] __attribute__((aligned(16)));

#if defined(__aarch64__)
#include <arm_neon.h>

/* Four rows and four columns at a time. */
static NOINLINE void multiply(void) {
    for (int i = 0; i < N; i += 4) {
        for (int j = 0; j < N; j += 4) {
            float32x4_t sum[4];
            for (int r = 0; r < 4; r++) sum[r] = vdupq_n_f32(0);
            for (int k = 0; k < N; k += 4) {
                float32x4_t b0 = vld1q_f32(&b[k][j]), b1 = vld1q_f32(&b[k + 1][j]);
                float32x4_t b2 = vld1q_f32(&b[k + 2][j]), b3 = vld1q_f32(&b[k + 3][j]);
                for (int r = 0; r < 4; r++) {
                    float32x4_t row = vld1q_f32(&a[i + r][k]);
                    sum[r] = vfmaq_laneq_f32(sum[r], b0, row, 0);
                    sum[r] = vfmaq_laneq_f32(sum[r], b1, row, 1);
                    sum[r] = vfmaq_laneq_f32(sum[r], b2, row, 2);
                    sum[r] = vfmaq_laneq_f32(sum[r], b3, row, 3);
                }
            }
            for (int r = 0; r < 4; r++) vst1q_f32(&c[i + r][j], sum[r]);
        }
    }
}
#elif defined(__SSE__)
#include <xmmintrin.h>

static inline __m128 multiply_add(__m128 sum, __m128 column, float factor) {
    return _mm_add_ps(sum, _mm_mul_ps(column, _mm_set1_ps(factor)));
}

static NOINLINE void multiply(void) {
    for (int i = 0; i < N; i += 4) {
        for (int j = 0; j < N; j += 4) {
            __m128 sum[4];
            for (int r = 0; r < 4; r++) sum[r] = _mm_setzero_ps();
            for (int k = 0; k < N; k += 4) {
                __m128 b0 = _mm_load_ps(&b[k][j]), b1 = _mm_load_ps(&b[k + 1][j]);
                __m128 b2 = _mm_load_ps(&b[k + 2][j]), b3 = _mm_load_ps(&b[k + 3][j]);
                for (int r = 0; r < 4; r++) {
                    sum[r] = multiply_add(sum[r], b0, a[i + r][k]);
                    sum[r] = multiply_add(sum[r], b1, a[i + r][k + 1]);
                    sum[r] = multiply_add(sum[r], b2, a[i + r][k + 2]);
                    sum[r] = multiply_add(sum[r], b3, a[i + r][k + 3]);
                }
            }
            for (int r = 0; r < 4; r++) _mm_store_ps(&c[i + r][j], sum[r]);
        }
    }
}
#else
static NOINLINE void multiply(void) {
    memset(c, 0, sizeof c);
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++)
            for (int j = 0; j < N; j++) c[i][j] += a[i][k] * b[k][j];
}
#endif

uint64_t run(long size) {
    uint64_t random = 5, sum = 0;
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            a[i][j] = (float)(int)(next_number(&random) % 17) - 8;
            b[i][j] = (float)(int)(next_number(&random) % 17) - 8;
        }
    }
    for (long i = 0; i < size; i++) {
        multiply();
        for (int j = 0; j < N; j += 16) sum = mix(sum, (uint64_t)(int64_t)c[i % N][j]);
        a[i % N][i * 3 % N] = (float)(i % 15 - 7);
    }
    return sum;
}
