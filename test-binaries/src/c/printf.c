/* printf and its relatives: integers, strings, floating point; and scanf, strtol, strtod back. */
#include "ctest.h"
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

int test_printf(int argc, char **argv) {
    (void)argc;
    (void)argv;
    printf("[%d] [%5d] [%-5d] [%05d] [%+d] [% d] [%i]\n", 42, 42, 42, 42, 42, 42, -42);
    printf("[%u] [%x] [%X] [%#x] [%o] [%#o]\n", 4000000000u, 0xbeefu, 0xbeefu, 0xbeefu, 511u, 511u);
    printf("[%hhd] [%hd] [%ld] [%lld] [%zu]\n", (char)200, (short)40000, LONG_MIN, LLONG_MAX, sizeof(long));
    printf("[%s] [%10s] [%-10s] [%.2s] [%c] [%%]\n", "text", "text", "text", "text", 'c');
    printf("[%*d] [%-*d] [%.*f]\n", 6, 7, 6, 7, 3, 3.14159);
    static const double values[] = {0.0, -0.0, 1.0, 0.1, 1.0 / 3, 123456789.123456789, 1e21, 1e22, 1e23, 5e-324,
        2.2250738585072014e-308, 1.7976931348623157e308, 1e100, 9007199254740993.0, 0.5, 1.5, 2.5, 999999.5, 0.00001};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        double v = values[i];
        printf("[%f] [%e] [%g] [%.17g] [%.0f] [%10.3f] [%.20e]\n", v < 1e30 ? v : 0, v, v, v, v < 1e30 ? v : 0,
               v < 1e30 ? v : 0, v);
    }
    printf("[%f] [%g] [%e] [%F]\n", INFINITY, -INFINITY, fabs(NAN), INFINITY);
    printf("[%a] [%a] [%a]\n", 1.0, -0.1, 1024.5);
    printf("[%Lf] [%Lg]\n", 1.25L, 1e300L);
    char buffer[16];
    int length = snprintf(buffer, sizeof buffer, "%s", "a text that is too long");
    printf("snprintf %d [%s]\n", length, buffer);

    int a, count;
    unsigned b;
    char word[16];
    double d;
    count = sscanf(" -17 ff hello 2.5e3", "%d %x %15s %lf", &a, &b, word, &d);
    printf("sscanf %d: %d %u %s %g\n", count, a, b, word, d);
    char *end;
    printf("strtol %ld %ld %ld\n", strtol("  -123", NULL, 10), strtol("0x7f", NULL, 0), strtol("777", NULL, 8));
    strtol("12abc", &end, 10);
    printf("rest [%s]\n", end);
    printf("strtol saturates %d\n", strtol("99999999999999999999", NULL, 10) == LONG_MAX);
    static const char *const numbers[] = {"0.1", "1e23", "2.2250738585072011e-308", "4.9e-324", "1.7976931348623158e308",
        "0x1.8p3", "inf", "123456789012345678901234567890", "9007199254740993", "0.3e-1"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double value = strtod(numbers[i], NULL);
        uint64_t bits;
        memcpy(&bits, &value, 8);
        printf("strtod %s %016llx\n", numbers[i], (unsigned long long)bits);
    }
    return 0;
}
