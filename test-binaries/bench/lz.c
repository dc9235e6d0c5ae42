/* An LZ77 compressor with hash chains, a decompressor, and a comparison of what comes out. Size: how many times 256 KiB. */
#include "bench.h"

enum { BYTES = 262144, HASHES = 32768, WINDOW = 65535, LEAST = 4, TRIES = 16 };
static uint8_t input[BYTES], packed[BYTES * 2], output[BYTES];
static int32_t heads[HASHES], previous[BYTES];

static uint32_t word_at(const uint8_t *bytes) {
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static uint32_t hash_at(int at) { return word_at(input + at) * 2654435761u >> 17; }

static int common(int a, int b) {
    int length = 0;
    while (b + length < BYTES && input[a + length] == input[b + length]) length++;
    return length;
}

static uint8_t *put_length(uint8_t *to, uint32_t value) {
    for (; value >= 128; value >>= 7) *to++ = (uint8_t)(value | 128);
    *to++ = (uint8_t)value;
    return to;
}

static const uint8_t *get_length(const uint8_t *from, uint32_t *value) {
    int shift = 0;
    for (*value = 0; *from & 128; shift += 7) *value |= (uint32_t)(*from++ & 127) << shift;
    *value |= (uint32_t)*from++ << shift;
    return from;
}

static void remember(int at) {
    uint32_t hash = hash_at(at);
    previous[at] = heads[hash];
    heads[hash] = at;
}

/* Format: number of literals, the literals, length and distance of a match (length 0 ends). Returns the end. */
static NOINLINE uint8_t *compress(void) {
    uint8_t *to = packed;
    int literals = 0, at = 0;
    for (int i = 0; i < HASHES; i++) heads[i] = -1;
    while (at < BYTES - LEAST) {
        int best = 0, from = -1, tries = TRIES;
        for (int other = heads[hash_at(at)]; other >= 0 && at - other <= WINDOW && tries > 0; tries--) {
            if (word_at(input + other) == word_at(input + at)) {
                int length = common(other, at);
                if (length > best) {
                    best = length;
                    from = other;
                }
            }
            other = previous[other];
        }
        if (best < LEAST) {
            remember(at++);
            continue;
        }
        to = put_length(to, (uint32_t)(at - literals));
        memcpy(to, input + literals, (size_t)(at - literals));
        to = put_length(to + (at - literals), (uint32_t)best);
        to = put_length(to, (uint32_t)(at - from));
        for (int end = at + best; at < end; at++)
            if (at < BYTES - LEAST) remember(at);
        literals = at;
    }
    to = put_length(to, (uint32_t)(BYTES - literals));
    memcpy(to, input + literals, (size_t)(BYTES - literals));
    return put_length(to + (BYTES - literals), 0);
}

static NOINLINE void decompress(const uint8_t *from) {
    uint8_t *to = output;
    for (;;) {
        uint32_t length, distance;
        from = get_length(from, &length);
        memcpy(to, from, length);
        to += length;
        from = get_length(from + length, &length);
        if (length == 0) return;
        from = get_length(from, &distance);
        for (const uint8_t *copy = to - distance; length > 0; length--) *to++ = *copy++;
    }
}

/* Text-like: words of a small vocabulary, some numbers, some noise. */
static void write_input(uint64_t *random) {
    static char words[512][8];
    for (int i = 0; i < 512; i++)
        for (int j = 0; j < 8; j++) words[i][j] = (char)('a' + next_number(random) % 26);
    for (int at = 0; at < BYTES;) {
        uint32_t number = next_number(random);
        int length = 2 + (int)(number >> 10) % 7;
        const char *word = words[(number & 511) * (number >> 20 & 511) / 512];
        for (int j = 0; j < length && at < BYTES; j++) input[at++] = (uint8_t)word[j];
        if (at < BYTES) input[at++] = number >> 28 == 0 ? (uint8_t)next_number(random) : ' ';
    }
}

uint64_t run(long size) {
    uint64_t random = 11, sum = 0;
    write_input(&random);
    for (long i = 0; i < size; i++) {
        const uint8_t *end = compress();
        decompress(packed);
        if (memcmp(input, output, BYTES) != 0) return 0;
        sum = mix(sum, (uint64_t)(end - packed));
        for (int j = 0; j < 100; j++) input[next_number(&random) % BYTES] = (uint8_t)i;
    }
    return sum;
}
