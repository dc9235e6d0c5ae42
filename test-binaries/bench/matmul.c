/* Matrix multiplication in doubles, the plain three loops: a sum that depends on itself. Size: how many products of
 * 160 by 160 matrices.
 */
#include "bench.h"

enum { N = 160 };
static double a[N][N], b[N][N], c[N][N];

static NOINLINE void multiply(void) {
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            double sum = 0;
            for (int k = 0; k < N; k++) sum += a[i][k] * b[k][j];
            c[i][j] = sum;
        }
    }
}

uint64_t run(long size) {
    uint64_t random = 4, sum = 0;
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            a[i][j] = (double)next_number(&random) / 0x7fffffff;
            b[i][j] = (double)next_number(&random) / 0x7fffffff - 0.5;
        }
    }
    for (long i = 0; i < size; i++) {
        multiply();
        uint64_t bits;
        memcpy(&bits, &c[i % N][i * 7 % N], sizeof bits);
        sum = mix(sum, bits);
        a[i % N][i * 3 % N] = c[i % N][i * 5 % N] / N;
    }
    return sum;
}
