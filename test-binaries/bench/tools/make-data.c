/* Writes LENGTH bytes of text of words on lines, the input of the programs that read files. */
#include "bench.h"

uint64_t run(long size) {
    static char words[4096][10];
    uint64_t random = 15, sum = 0;
    for (int i = 0; i < 4096; i++) {
        int letters = 2 + (int)(next_number(&random) >> 5) % 7;
        for (int j = 0; j < letters; j++) words[i][j] = "etaoinshrdlucmfwypvbgkqjxz"[next_number(&random) % 677 % 26];
    }
    long column = 0;
    for (long at = 0; at < size;) {
        uint32_t number = next_number(&random);
        const char *word = words[(number & 4095) * (number >> 12 & 4095) / 4096];
        for (; *word != 0 && at < size; word++, at++) putchar(*word);
        column += 8;
        if (at++ < size) putchar(column % 80 == 0 ? '\n' : ' ');
    }
    return sum;
}
