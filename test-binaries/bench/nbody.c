/* Five bodies that attract each other, in doubles: long chains of floating point with a division and a square root.
 * Size: thousands of time steps.
 */
#include "bench.h"
#include <math.h>

struct body {
    double x, y, z, vx, vy, vz, mass;
};
enum { BODIES = 5 };

static NOINLINE void step(struct body *bodies, double dt) {
    for (int i = 0; i < BODIES; i++) {
        struct body *a = &bodies[i];
        for (int j = i + 1; j < BODIES; j++) {
            struct body *b = &bodies[j];
            double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
            double square = dx * dx + dy * dy + dz * dz + 1e-3;
            double force = dt / (square * sqrt(square));
            a->vx -= dx * b->mass * force, a->vy -= dy * b->mass * force, a->vz -= dz * b->mass * force;
            b->vx += dx * a->mass * force, b->vy += dy * a->mass * force, b->vz += dz * a->mass * force;
        }
    }
    for (int i = 0; i < BODIES; i++) {
        struct body *a = &bodies[i];
        a->x += dt * a->vx, a->y += dt * a->vy, a->z += dt * a->vz;
    }
}

uint64_t run(long size) {
    struct body bodies[BODIES];
    uint64_t random = 6, sum = 0;
    for (int i = 0; i < BODIES; i++) {
        double numbers[7];
        for (int j = 0; j < 7; j++) numbers[j] = next_number(&random) / 1e9 - 1;
        bodies[i] = (struct body){numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5],
                                  fabs(numbers[6]) + 0.1};
    }
    for (long i = 0; i < size; i++) {
        for (int j = 0; j < 1000; j++) step(bodies, 0.001);
        uint64_t bits;
        memcpy(&bits, &bodies[i % BODIES].x, sizeof bits);
        sum = mix(sum, bits);
    }
    return sum;
}
