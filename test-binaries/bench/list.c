/* Linked lists: chasing pointers in random order through a mebibyte, reversal, and merge sort by relinking.
 * Size: rounds of all three.
 */
#include "bench.h"

struct node {
    struct node *next;
    uint64_t value;
};
enum { COUNT = 65536 };
static struct node nodes[COUNT];

static struct node *link_shuffled(uint64_t *random) {
    static uint32_t order[COUNT];
    for (uint32_t i = 0; i < COUNT; i++) order[i] = i;
    for (uint32_t i = COUNT - 1; i > 0; i--) {
        uint32_t j = next_number(random) % (i + 1), other = order[j];
        order[j] = order[i];
        order[i] = other;
    }
    for (uint32_t i = 0; i < COUNT; i++) {
        nodes[order[i]].next = i + 1 < COUNT ? &nodes[order[i + 1]] : NULL;
        nodes[order[i]].value = next_number(random);
    }
    return &nodes[order[0]];
}

static NOINLINE uint64_t chase(const struct node *list) {
    uint64_t sum = 0;
    for (; list != NULL; list = list->next) sum += list->value;
    return sum;
}

static NOINLINE struct node *reverse(struct node *list) {
    struct node *reversed = NULL;
    while (list != NULL) {
        struct node *next = list->next;
        list->next = reversed;
        reversed = list;
        list = next;
    }
    return reversed;
}

static struct node *merge(struct node *a, struct node *b) {
    struct node *merged, **end = &merged;
    while (a != NULL && b != NULL) {
        struct node **less = a->value <= b->value ? &a : &b;
        *end = *less;
        end = &(*less)->next;
        *less = (*less)->next;
    }
    *end = a != NULL ? a : b;
    return merged;
}

/* Bottom up: bins[i] holds a sorted list of 2^i nodes or none. */
static NOINLINE struct node *sort(struct node *list) {
    struct node *bins[32] = {NULL};
    while (list != NULL) {
        struct node *carry = list;
        list = list->next;
        carry->next = NULL;
        int bin = 0;
        for (; bins[bin] != NULL; bin++) {
            carry = merge(bins[bin], carry);
            bins[bin] = NULL;
        }
        bins[bin] = carry;
    }
    struct node *sorted = NULL;
    for (int bin = 0; bin < 32; bin++) sorted = merge(bins[bin], sorted);
    return sorted;
}

uint64_t run(long size) {
    uint64_t random = 7, sum = 0;
    for (long i = 0; i < size; i++) {
        struct node *list = link_shuffled(&random);
        for (int j = 0; j < 40; j++) {
            sum = mix(sum, chase(list));
            list = reverse(list);
        }
        list = sort(list);
        sum = mix(sum, list->value);
        for (; list->next != NULL; list = list->next)
            if (list->value > list->next->value) return 0;
    }
    return sum;
}
