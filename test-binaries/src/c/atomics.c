/* Atomic operations of the compiler, in one thread and in four. */
#include "ctest.h"
#include <pthread.h>
#include <stdatomic.h>

static atomic_uint_least8_t byte;
static atomic_uint_least16_t half;
static atomic_uint_least32_t word;
static atomic_uint_least64_t quad;
static atomic_int lock;
static long guarded;
static _Atomic(struct node *) top;
static struct node {
    struct node *next;
    int value;
} nodes[4][500];

static void *work(void *argument) {
    long id = (long)argument;
    for (int i = 0; i < 5000; i++) {
        atomic_fetch_add(&byte, 1);
        atomic_fetch_sub(&half, 3);
        atomic_fetch_add_explicit(&word, 7, memory_order_relaxed);
        uint64_t old = atomic_load(&quad);
        while (!atomic_compare_exchange_weak(&quad, &old, old * 3 % 1000003)) {
        }
        while (atomic_exchange_explicit(&lock, 1, memory_order_acquire)) {
        }
        guarded++;
        atomic_store_explicit(&lock, 0, memory_order_release);
    }
    for (int i = 0; i < 500; i++) {
        struct node *node = &nodes[id][i];
        node->value = (int)(id * 500 + i);
        node->next = atomic_load(&top);
        while (!atomic_compare_exchange_strong(&top, &node->next, node)) {
        }
    }
    return NULL;
}

int test_atomics(int argc, char **argv) {
    (void)argc;
    (void)argv;
    quad = 1;
    pthread_t threads[4];
    for (long i = 0; i < 4; i++) pthread_create(&threads[i], NULL, work, (void *)i);
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    printf("byte %u half %u word %u quad %llu guarded %ld\n", byte, half, word, (unsigned long long)quad, guarded);
    int count = 0, sum = 0;
    for (struct node *node = top; node != NULL; node = node->next) {
        count++;
        sum += node->value;
    }
    printf("list %d %d\n", count, sum);
    printf("and %u or %u xor %u\n", atomic_fetch_and(&word, 0xff), atomic_fetch_or(&word, 0x1000),
           atomic_fetch_xor(&word, 0xffff));
    printf("now %u, swap %u\n", word, atomic_exchange(&half, 9));
    return 0;
}
