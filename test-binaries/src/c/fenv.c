/* Rounding modes and exception flags. */
#include "ctest.h"
#include <fenv.h>
#include <math.h>

static void show_flags(const char *what) {
    int flags = fetestexcept(FE_ALL_EXCEPT);
    printf("%s:%s%s%s%s%s\n", what, flags & FE_INEXACT ? " inexact" : "", flags & FE_DIVBYZERO ? " divbyzero" : "",
           flags & FE_INVALID ? " invalid" : "", flags & FE_OVERFLOW ? " overflow" : "",
           flags & FE_UNDERFLOW ? " underflow" : "");
    feclearexcept(FE_ALL_EXCEPT);
}

int test_fenv(int argc, char **argv) {
    (void)argc;
    (void)argv;
    static const struct {
        const char *name;
        int mode;
    } modes[] = {{"nearest", FE_TONEAREST}, {"up", FE_UPWARD}, {"down", FE_DOWNWARD}, {"zero", FE_TOWARDZERO}};
    volatile double one = 1, three = 3, tiny = 5e-324, big = 1.7e308, half = 2.5, zero = 0, tenth = 0.1;
    volatile float one_f = 1, three_f = 3;
    for (size_t i = 0; i < 4; i++) {
        fesetround(modes[i].mode);
        volatile double third = one / three, minus = -one / three, root = sqrt(three), sum = one + tiny, product = big * half,
               fused = fma(tenth, tenth, -one), rounded = rint(half), back = rint(-half);
        volatile float third_f = one_f / three_f, narrowed = (float)tenth;
        volatile long to_long = lrint(half);
        int mode = fegetround();
        fesetround(FE_TONEAREST);
        printf("%s %d: %a %a %a %a %a %a %g %g %a %a %ld\n", modes[i].name, mode == modes[i].mode, third, minus, root,
               sum, product, fused, rounded, back, third_f, narrowed, to_long);
    }
    feclearexcept(FE_ALL_EXCEPT);
    volatile double result;
    result = one + one;
    show_flags("exact");
    result = one / three;
    show_flags("one third");
    result = one / zero;
    show_flags("one by zero");
    result = zero / zero;
    show_flags("zero by zero");
    result = big * big;
    show_flags("big times big");
    result = tiny * tenth;
    show_flags("tiny times tenth");
    result = sqrt(-one);
    show_flags("root of -1");
    volatile int integer = (int)big;
    show_flags("big to int");
    volatile int less = result < one;
    show_flags("NaN < 1");
    less = isless(result, one);
    show_flags("isless(NaN, 1)");
    (void)integer;
    (void)less;
    feraiseexcept(FE_DIVBYZERO | FE_INVALID);
    show_flags("raised");
    return 0;
}
