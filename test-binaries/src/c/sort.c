/* qsort and bsearch. */
#include "ctest.h"
#include <stdlib.h>
#include <string.h>

struct record {
    int key;
    double weight;
    char name[12];
};

static long comparisons;

static int by_number(const void *a, const void *b) {
    int x = *(const int *)a, y = *(const int *)b;
    comparisons++;
    return (x > y) - (x < y);
}

static int by_weight(const void *a, const void *b) {
    const struct record *x = a, *y = b;
    return x->weight < y->weight ? -1 : x->weight > y->weight ? 1 : strcmp(x->name, y->name);
}

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

int test_sort(int argc, char **argv) {
    (void)argc;
    (void)argv;
    enum { N = 20000 };
    int *numbers = malloc(N * sizeof *numbers);
    uint64_t state = 3, sum = 0;
    for (int i = 0; i < N; i++) sum += (uint64_t)(numbers[i] = (int)(next_number(&state) % 100000) - 50000);
    qsort(numbers, N, sizeof *numbers, by_number);
    int unsorted = 0, missing = 0;
    for (int i = 0; i < N; i++) {
        unsorted += i > 0 && numbers[i - 1] > numbers[i];
        sum -= (uint64_t)numbers[i];
    }
    for (int i = 0; i < N; i += 7) {
        const int *found = bsearch(&numbers[i], numbers, N, sizeof *numbers, by_number);
        missing += found == NULL || *found != numbers[i];
    }
    printf("numbers: first %d middle %d last %d unsorted %d sum %llu missing %d\n", numbers[0], numbers[N / 2],
           numbers[N - 1], unsorted, (unsigned long long)sum, missing);

    struct record records[300];
    for (int i = 0; i < 300; i++) {
        records[i].key = i;
        records[i].weight = next_number(&state) % 1000 / 7.0;
        snprintf(records[i].name, sizeof records[i].name, "r%u", next_number(&state) % 10000);
    }
    qsort(records, 300, sizeof *records, by_weight);
    for (int i = 0; i < 300; i += 60) printf("record %d %.6f %s\n", records[i].key, records[i].weight, records[i].name);

    const char *words[] = {"the", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "dog", "", "a", "th"};
    qsort(words, 12, sizeof *words, by_text);
    for (int i = 0; i < 12; i++) printf("%s ", words[i]);
    puts("");
    return 0;
}
