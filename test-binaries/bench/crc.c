/* CRC-32 (IEEE 802.3), a byte at a time, four bytes at a time and a bit at a time: table look-ups that depend on each other.
 * Size: how many times 64 KiB are summed.
 */
#include "bench.h"

static uint32_t table[4][256];

static void make_tables(void) {
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t value = i;
        for (int bit = 0; bit < 8; bit++) value = value & 1 ? value >> 1 ^ 0xedb88320u : value >> 1;
        table[0][i] = value;
    }
    for (int t = 1; t < 4; t++)
        for (int i = 0; i < 256; i++) table[t][i] = table[t - 1][i] >> 8 ^ table[0][table[t - 1][i] & 255];
}

static NOINLINE uint32_t by_byte(uint32_t crc, const uint8_t *data, size_t length) {
    while (length-- > 0) crc = crc >> 8 ^ table[0][(crc ^ *data++) & 255];
    return crc;
}

static NOINLINE uint32_t by_four(uint32_t crc, const uint8_t *data, size_t length) {
    for (; length >= 4; data += 4, length -= 4) {
        uint32_t word;
        memcpy(&word, data, 4); /* both architectures are little-endian */
        crc ^= word;
        crc = table[3][crc & 255] ^ table[2][crc >> 8 & 255] ^ table[1][crc >> 16 & 255] ^ table[0][crc >> 24];
    }
    return crc;
}

static NOINLINE uint32_t by_bit(uint32_t crc, const uint8_t *data, size_t length) {
    while (length-- > 0) {
        crc ^= *data++;
        for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (0xedb88320u & -(crc & 1));
    }
    return crc;
}

uint64_t run(long size) {
    enum { BYTES = 65536 };
    static uint8_t data[BYTES];
    uint64_t random = 2, sum = 0;
    make_tables();
    for (int i = 0; i < BYTES; i++) data[i] = (uint8_t)next_number(&random);
    for (long i = 0; i < size; i++) {
        uint32_t first = by_byte(~0u, data, BYTES), second = by_four(~0u, data, BYTES);
        if (first != second) return 0;
        if (by_bit(~0u, data, 2048) != by_byte(~0u, data, 2048)) return 0;
        sum = mix(sum, first);
        data[i % BYTES]++;
    }
    return sum;
}
