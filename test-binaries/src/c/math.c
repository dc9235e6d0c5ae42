/* Functions of libm, exact to the last bit: the expected output differs between the C libraries. */
#include "ctest.h"
#include <math.h>

#define ONE(F) printf("%-10s %a %a %a\n", #F, F(x), F(y), (double)F##f((float)x));
#define TWO(F) printf("%-10s %a %a %a\n", #F, F(x, y), F(y, x), (double)F##f((float)x, (float)y));

int test_math(int argc, char **argv) {
    (void)argc;
    (void)argv;
    static const double values[][2] = {{0.5, 3.0}, {1e-10, 700.0}, {0.99999, 1e15}, {0.1, 22.0}};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        volatile double x = values[i][0], y = values[i][1];
        printf("x %a y %a\n", x, y);
        ONE(sin) ONE(cos) ONE(tan) ONE(asin) ONE(acos) ONE(atan) ONE(sinh) ONE(cosh) ONE(tanh) ONE(asinh) ONE(acosh)
        ONE(atanh) ONE(exp) ONE(exp2) ONE(expm1) ONE(log) ONE(log2) ONE(log10) ONE(log1p) ONE(sqrt) ONE(cbrt) ONE(erf)
        ONE(erfc) ONE(tgamma) ONE(lgamma) ONE(floor) ONE(ceil) ONE(round) ONE(trunc) ONE(rint) ONE(nearbyint) ONE(logb)
        TWO(pow) TWO(atan2) TWO(hypot) TWO(fmod) TWO(remainder) TWO(fdim) TWO(fmax) TWO(fmin) TWO(nextafter)
        TWO(copysign)
        int exponent;
        double fraction = frexp(y, &exponent), whole, part = modf(y * 1.25, &whole);
        printf("frexp %a %d modf %a %a ldexp %a ilogb %d\n", fraction, exponent, part, whole, ldexp(x, 70), ilogb(y));
        printf("fma %a %a\n", fma(x, y, -x), (double)fmaf((float)x, (float)y, (float)-x));
    }
    return 0;
}
