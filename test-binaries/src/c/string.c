/* String functions against plain loops, on every alignment and many lengths: the libraries' versions read whole words
 * and vectors. Strings also end just before a page without access. */
#include "ctest.h"
#include <string.h>
#include <sys/mman.h>

static int failures;

#define CHECK(what, condition)                                                                                         \
    if (!(condition) && failures++ < 10) printf("%s: alignment %d length %d\n", what, alignment, length)

static int sign(int value) { return (value > 0) - (value < 0); }

static void one(unsigned char *a, unsigned char *b, int alignment, int length) {
    for (int i = 0; i < length; i++) a[i] = (unsigned char)(i * 7 + 1) | 1;
    a[length] = 0;
    CHECK("strlen", strlen((char *)a) == (size_t)length);
    CHECK("strnlen", strnlen((char *)a, 20) == (size_t)(length < 20 ? length : 20));
    CHECK("memchr none", memchr(a, 0, (size_t)length) == NULL);
    CHECK("memchr end", memchr(a, 0, (size_t)length + 1) == a + length);
    CHECK("strchr end", strchr((char *)a, 0) == (char *)a + length);
    CHECK("memcpy", memcpy(b, a, (size_t)length + 1) == b && b[length] == 0);
    CHECK("memcmp same", memcmp(a, b, (size_t)length + 1) == 0);
    CHECK("strcmp same", strcmp((char *)a, (char *)b) == 0);
    if (length > 0) {
        int where = (length * 5 + alignment) % length;
        unsigned char saved = b[where];
        b[where] = (unsigned char)(saved == 255 ? 254 : 255);
        int expected = sign(a[where] - b[where]);
        CHECK("memcmp", sign(memcmp(a, b, (size_t)length)) == expected);
        CHECK("strcmp", sign(strcmp((char *)a, (char *)b)) == expected);
        CHECK("strncmp", sign(strncmp((char *)a, (char *)b, (size_t)where)) == 0);
        b[where] = 2;
        CHECK("memchr", memchr(b, 2, (size_t)length) == b + where);
        CHECK("strchr", strchr((char *)b, 2) == (char *)b + where);
        CHECK("strrchr", strrchr((char *)b, 2) == (char *)b + where);
        CHECK("memrchr", memrchr(b, 2, (size_t)length) == b + where);
        CHECK("strcspn", strcspn((char *)b, "\2") == (size_t)where);
        b[where] = saved;
    }
    memset(b, 'm', (size_t)length);
    int others = 0;
    for (int i = 0; i < length; i++) others += b[i] != 'm';
    CHECK("memset", others == 0 && b[length] == 0);
    strcpy((char *)b, (char *)a);
    CHECK("strcpy", memcmp(a, b, (size_t)length + 1) == 0);
    for (int distance = 1; distance <= length; distance = distance * 3 + 1) {
        memmove(b + distance, b, (size_t)(length - distance));
        int wrong = 0;
        for (int i = distance; i < length; i++) wrong += b[i] != a[i - distance];
        CHECK("memmove up", wrong == 0);
        memcpy(b, a, (size_t)length);
        memmove(b, b + distance, (size_t)(length - distance));
        for (int i = 0; i < length - distance; i++) wrong += b[i] != a[i + distance];
        CHECK("memmove down", wrong == 0);
        memcpy(b, a, (size_t)length);
    }
}

int test_string(int argc, char **argv) {
    (void)argc;
    (void)argv;
    unsigned char *pages = mmap(NULL, 4 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(pages + 4096, 4096, PROT_NONE);
    mprotect(pages + 3 * 4096, 4096, PROT_NONE);
    int runs = 0;
    for (int alignment = 0; alignment < 32; alignment++)
        for (int length = 0; length < 300; length += length < 70 ? 1 : 37) {
            one(pages + alignment, pages + 2 * 4096 + (alignment * 3 & 31), alignment, length);
            one(pages + 4096 - length - 1, pages + 3 * 4096 - length - 1, alignment, length);
            runs += 2;
        }
    printf("%d runs, %d failures\n", runs, failures);

    char text[] = "one two,three;four";
    char *rest;
    for (char *word = strtok_r(text, " ,;", &rest); word; word = strtok_r(NULL, " ,;", &rest)) printf("%s|", word);
    puts("");
    printf("%s %d %d\n", strstr("a long text with a needle in it", "needle"), strstr("abc", "x") == NULL,
           strcasecmp("HELLO", "hello"));
    char joined[40] = "a";
    strcat(joined, "bc");
    strncat(joined, "defgh", 3);
    printf("%s %zu %zu %d\n", joined, strspn("aabbc", "ab"), strlen(joined), sign(strncasecmp("ABd", "abC", 3)));
    return failures != 0;
}
