/* Quicksort of records with a comparison callback, as the C library's: indirect calls and unpredictable branches.
 * Size: how often 20,000 records are sorted by one key and by the other.
 */
#include "bench.h"

struct record {
    uint32_t number;
    char name[12];
};
typedef int comparison(const void *, const void *);

static int by_number(const void *a, const void *b) {
    uint32_t x = ((const struct record *)a)->number, y = ((const struct record *)b)->number;
    return x < y ? -1 : x > y;
}

static int by_name(const void *a, const void *b) {
    return memcmp(((const struct record *)a)->name, ((const struct record *)b)->name, sizeof((struct record *)0)->name);
}

static void swap(char *a, char *b, size_t width) {
    for (size_t i = 0; i < width; i += 4) {
        uint32_t x, y;
        memcpy(&x, a + i, 4);
        memcpy(&y, b + i, 4);
        memcpy(a + i, &y, 4);
        memcpy(b + i, &x, 4);
    }
}

/* Width is a multiple of 4. Recursion into the smaller part only. */
static NOINLINE void quicksort(char *base, size_t count, size_t width, comparison *compare) {
    while (count > 12) {
        char *last = base + (count - 1) * width, *middle = base + count / 2 * width;
        if (compare(base, middle) > 0) swap(base, middle, width);
        if (compare(middle, last) > 0) swap(middle, last, width);
        if (compare(base, middle) > 0) swap(base, middle, width);
        char *pivot = base, *low = base, *high = last;
        swap(base, middle, width);
        for (;;) {
            do low += width;
            while (low < last && compare(low, pivot) < 0);
            do high -= width;
            while (compare(pivot, high) < 0);
            if (low >= high) break;
            swap(low, high, width);
        }
        swap(base, high, width);
        size_t left = (size_t)(high - base) / width, right = count - left - 1;
        if (left < right) {
            quicksort(base, left, width, compare);
            base = high + width;
            count = right;
        } else {
            quicksort(high + width, right, width, compare);
            count = left;
        }
    }
    for (size_t i = 1; i < count; i++)
        for (char *p = base + i * width; p > base && compare(p - width, p) > 0; p -= width) swap(p - width, p, width);
}

uint64_t run(long size) {
    enum { COUNT = 20000 };
    static struct record records[COUNT];
    static comparison *volatile comparisons[2] = {by_number, by_name}; /* volatile: no copy for one callback */
    uint64_t random = 3, sum = 0;
    for (long i = 0; i < size; i++) {
        for (int j = 0; j < COUNT; j++) {
            records[j].number = next_number(&random);
            for (size_t k = 0; k < sizeof records[j].name; k++)
                records[j].name[k] = (char)('a' + (next_number(&random) >> (k < 4 ? 29 : 27)));
        }
        for (int which = 0; which < 2; which++) {
            quicksort((char *)records, COUNT, sizeof records[0], comparisons[which]);
            for (int j = 1; j < COUNT; j++)
                if (comparisons[which](&records[j - 1], &records[j]) > 0) return 0;
            sum = mix(sum, records[COUNT / 2].number);
        }
    }
    return sum;
}
