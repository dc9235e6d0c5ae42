/* Some work that gets hot: recursion, nested loops, hashing, floating point, a small interpreter. */
#include "ctest.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

static int primes(int limit) {
    char *composite = calloc((size_t)limit + 1, 1);
    int count = 0;
    for (int i = 2; i <= limit; i++) {
        if (composite[i]) continue;
        count++;
        for (long j = (long)i * i; j <= limit; j += i) composite[j] = 1;
    }
    free(composite);
    return count;
}

static double product(void) {
    enum { N = 60 };
    static double a[N][N], b[N][N], c[N][N];
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            a[i][j] = i + j / 10.0;
            b[i][j] = i - j / 7.0;
        }
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            double sum = 0;
            for (int k = 0; k < N; k++) sum += a[i][k] * b[k][j];
            c[i][j] = sum;
        }
    return c[17][23] + c[59][0];
}

static uint32_t rotate(uint32_t x, int n) { return x >> n | x << (32 - n); }

static void sha256(const unsigned char *data, size_t length, unsigned char digest[32]) {
    static uint32_t k[64], start[8];
    if (k[0] == 0)
        for (int i = 0, n = 2; i < 64; n++) {
            int prime = 1;
            for (int d = 2; d * d <= n; d++) prime &= n % d != 0;
            if (!prime) continue;
            if (i < 8) start[i] = (uint32_t)(fmod(sqrt(n), 1) * 4294967296.0);
            k[i++] = (uint32_t)(fmod(cbrt(n), 1) * 4294967296.0);
        }
    uint32_t h[8];
    memcpy(h, start, sizeof h);
    size_t blocks = (length + 8) / 64 + 1;
    for (size_t block = 0; block < blocks; block++) {
        uint32_t w[64];
        for (int i = 0; i < 64; i++) {
            size_t at = block * 64 + (size_t)i;
            unsigned char byte = at < length ? data[at] : at == length ? 0x80 : 0;
            if (at >= blocks * 64 - 8) byte = (unsigned char)((uint64_t)length * 8 >> 8 * (blocks * 64 - 1 - at));
            w[i / 4] = w[i / 4] << 8 | byte;
        }
        for (int i = 16; i < 64; i++)
            w[i] = w[i - 16] + w[i - 7] + (rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3) +
                   (rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10);
        uint32_t v[8];
        memcpy(v, h, sizeof v);
        for (int i = 0; i < 64; i++) {
            uint32_t t1 = v[7] + (rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)) +
                          ((v[4] & v[5]) ^ (~v[4] & v[6])) + k[i] + w[i];
            uint32_t t2 = (rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)) +
                          ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
            memmove(v + 1, v, 7 * sizeof *v);
            v[4] += t1;
            v[0] = t1 + t2;
        }
        for (int i = 0; i < 8; i++) h[i] += v[i];
    }
    for (int i = 0; i < 32; i++) digest[i] = (unsigned char)(h[i / 4] >> (24 - i % 4 * 8));
}

static double planets(int steps) {
    double x = 1, y = 0, vx = 0, vy = 1, energy = 0;
    for (int i = 0; i < steps; i++) {
        double r = sqrt(x * x + y * y), r3 = r * r * r;
        vx -= x / r3 * 0.001;
        vy -= y / r3 * 0.001;
        x += vx * 0.001;
        y += vy * 0.001;
        energy = (vx * vx + vy * vy) / 2 - 1 / r;
    }
    return energy + x + y;
}

/* A machine with a stack: 0 push the next number, 1 add, 2 duplicate, 3 subtract one, 4 jump if not zero, 5 swap, 6 end. */
static long interpret(long rounds) {
    static const signed char code[] = {5, 0, 3, 1, 5, 3, 2, 4, 0, 6};
    long stack[16] = {0, rounds};
    int top = 1, pc = 0;
    for (;;) {
        switch (code[pc++]) {
        case 0: stack[++top] = code[pc++]; break;
        case 1: top--; stack[top] += stack[top + 1]; break;
        case 2: stack[top + 1] = stack[top]; top++; break;
        case 3: stack[top]--; break;
        case 4: pc = stack[top--] != 0 ? code[pc] : pc + 1; break;
        case 5: { long t = stack[top]; stack[top] = stack[top - 1]; stack[top - 1] = t; break; }
        default: return stack[0];
        }
    }
}

int test_workload(int argc, char **argv) {
    (void)argc;
    (void)argv;
    printf("fib %d\n", fib(24));
    printf("primes %d\n", primes(200000));
    printf("product %.10g\n", product());
    unsigned char digest[32];
    sha256((const unsigned char *)"abc", 3, digest);
    for (int round = 0; round < 300; round++) {
        if (round == 0 || round == 299) {
            printf("sha256 ");
            for (int i = 0; i < 32; i++) printf("%02x", digest[i]);
            puts("");
        }
        sha256(digest, sizeof digest, digest);
    }
    printf("planets %.12g\n", planets(100000));
    printf("interpreter %ld\n", interpret(50000));
    uint64_t state = 1;
    uint32_t sum = 0;
    for (int i = 0; i < 1000000; i++) sum += next_number(&state);
    printf("generator %u\n", sum);
    return 0;
}
