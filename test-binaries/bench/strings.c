/* Counts words in a hash table with chains: FNV-1a, strlen, strcmp, memcpy. Size: rounds over a text of 40,000 words. */
#include "bench.h"

struct entry {
    struct entry *next;
    uint32_t hash, count;
    char word[];
};
enum { BUCKETS = 4096, TEXT = 400000 };
static struct entry *buckets[BUCKETS];
static char text[TEXT];

static void write_text(void) {
    uint64_t random = 9;
    size_t at = 0;
    while (at < TEXT - 20) {
        uint32_t number = next_number(&random) % 7000;
        number = number * number / 7000; /* small numbers more often */
        uint64_t letters = number;
        for (int left = 3 + (int)(number % 9); left > 0; left--) {
            text[at++] = (char)('a' + next_number(&letters) % 26);
        }
        text[at++] = ' ';
    }
}

static NOINLINE uint32_t hash_of(const char *word) {
    uint32_t hash = 0x811c9dc5u;
    for (; *word != 0; word++) hash = (hash ^ (uint8_t)*word) * 0x01000193u;
    return hash;
}

static NOINLINE void count_word(const char *word) {
    uint32_t hash = hash_of(word);
    struct entry **link = &buckets[hash % BUCKETS];
    for (; *link != NULL; link = &(*link)->next) {
        if ((*link)->hash == hash && strcmp((*link)->word, word) == 0) {
            (*link)->count++;
            return;
        }
    }
    size_t bytes = strlen(word) + 1;
    struct entry *entry = allocate(sizeof *entry + bytes);
    entry->next = NULL;
    entry->hash = hash;
    entry->count = 1;
    memcpy(entry->word, word, bytes);
    *link = entry;
}

static uint64_t drain(void) {
    uint64_t sum = 0;
    for (int i = 0; i < BUCKETS; i++) {
        while (buckets[i] != NULL) {
            struct entry *entry = buckets[i];
            sum += mix(entry->hash, entry->count);
            buckets[i] = entry->next;
            free(entry);
        }
    }
    return sum;
}

uint64_t run(long size) {
    uint64_t sum = 0;
    write_text();
    for (long i = 0; i < size; i++) {
        char word[32];
        for (const char *at = text; *at != 0;) {
            const char *end = strchr(at, ' ');
            size_t letters = (size_t)(end - at);
            memcpy(word, at, letters);
            word[letters] = 0;
            count_word(word);
            at = end + 1;
        }
        sum = mix(sum, drain());
    }
    return sum;
}
