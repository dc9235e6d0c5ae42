/* malloc, calloc, realloc, free: sizes from bytes to megabytes, contents kept. */
#include "ctest.h"
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static struct block {
    unsigned char *data;
    size_t size;
    unsigned char fill;
} blocks[200];

static int intact(const struct block *block, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (block->data[i] != block->fill) return 0;
    return 1;
}

int test_malloc(int argc, char **argv) {
    (void)argc;
    (void)argv;
    uint64_t state = 7;
    int damaged = 0, misaligned = 0, not_zero = 0, operations = 0;
    for (int round = 0; round < 5000; round++) {
        struct block *block = &blocks[next_number(&state) % 200];
        size_t size = (size_t)1 << next_number(&state) % 13;
        size += next_number(&state) % size;
        if (next_number(&state) % 400 == 0) size *= 200;
        if (block->data == NULL) {
            block->data = next_number(&state) % 2 ? malloc(size) : calloc(1, size);
        } else if (next_number(&state) % 2) {
            block->data = realloc(block->data, size);
            if (!intact(block, size < block->size ? size : block->size)) damaged++;
        } else {
            if (!intact(block, block->size)) damaged++;
            free(block->data);
            block->data = NULL;
        }
        operations++;
        if (block->data == NULL) continue;
        if ((uintptr_t)block->data % 16 != 0) misaligned++;
        block->size = size;
        block->fill = (unsigned char)round;
        memset(block->data, block->fill, size);
    }
    for (int i = 0; i < 200; i++) {
        unsigned char *zeros = calloc(100, (size_t)i + 1);
        for (int j = 0; j < 100 * (i + 1); j++) not_zero += zeros[j] != 0;
        memset(zeros, 0xff, 100 * ((size_t)i + 1));
        free(zeros);
    }
    printf("%d operations, damaged %d, misaligned %d, not zero %d\n", operations, damaged, misaligned, not_zero);
    for (size_t alignment = 16; alignment <= 65536; alignment *= 4) {
        void *pointer = NULL;
        int result = posix_memalign(&pointer, alignment, 100);
        printf("alignment %zu: %d %d\n", alignment, result, (int)((uintptr_t)pointer % alignment));
        free(pointer);
    }
    volatile size_t large = (size_t)1 << 33;
    void *huge = malloc(large << 29);
    printf("malloc of 2^62: %s\n", huge == NULL ? "NULL" : "not NULL");
    void *wrapped = calloc(large, large);
    printf("calloc that wraps: %s\n", wrapped == NULL ? "NULL" : "not NULL");

    /* mmap, mremap, mprotect, madvise directly. */
    char *pages = mmap(NULL, 16384, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(pages, 'p', 16384);
    pages = mremap(pages, 16384, 1048576, MREMAP_MAYMOVE);
    printf("mremap: %c %d\n", pages[16383], pages[16384]);
    printf("madvise: %d", madvise(pages, 4096, MADV_DONTNEED));
    printf(" %d %c\n", pages[0], pages[4096]);
    char *fixed = mmap(pages + 8192, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    printf("MAP_FIXED: %d %d %c\n", fixed == pages + 8192, pages[8192], pages[12288]);
    printf("munmap: %d\n", munmap(pages, 1048576));
    return 0;
}
