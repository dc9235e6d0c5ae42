/* malloc, realloc and free of blocks of many sizes and lives: the allocator's own code. Size: times 100,000 operations. */
#include "bench.h"

enum { LIVE = 4096 };
static uint8_t *blocks[LIVE];
static size_t sizes[LIVE];

static size_t choose_size(uint64_t *random) {
    uint32_t number = next_number(random);
    switch (number & 15) {
    case 0: return 1024 + number % 20000;
    case 1:
    case 2:
    case 3: return 128 + number % 900;
    default: return 8 + number % 120;
    }
}

uint64_t run(long size) {
    uint64_t random = 8, sum = 0;
    for (long i = 0; i < size * 100000; i++) {
        uint32_t slot = next_number(&random) % LIVE;
        uint8_t *block = blocks[slot];
        if (block == NULL) {
            sizes[slot] = choose_size(&random);
            block = allocate(sizes[slot]);
        } else {
            sum = mix(sum, block[0] + block[sizes[slot] - 1]);
            if ((i & 7) == 0) {
                sizes[slot] = choose_size(&random);
                block = realloc(block, sizes[slot]);
                if (block == NULL) return 0;
            } else {
                free(block);
                blocks[slot] = NULL;
                continue;
            }
        }
        block[0] = (uint8_t)i;
        block[sizes[slot] - 1] = (uint8_t)(i >> 8);
        blocks[slot] = block;
    }
    return sum;
}
