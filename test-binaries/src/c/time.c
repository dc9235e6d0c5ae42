/* Clocks and calendars: relations, never times. */
#include "ctest.h"
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>

static int64_t nanoseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

int test_time(int argc, char **argv) {
    (void)argc;
    (void)argv;
    int64_t before = nanoseconds(CLOCK_MONOTONIC);
    struct timespec pause = {0, 20000000};
    printf("nanosleep %d\n", nanosleep(&pause, NULL));
    int64_t after = nanoseconds(CLOCK_MONOTONIC);
    printf("slept long enough %d\n", after - before >= 20000000);
    int back = 0;
    for (int i = 0; i < 1000; i++) {
        int64_t now = nanoseconds(CLOCK_MONOTONIC);
        back += now < after;
        after = now;
    }
    printf("went back %d\n", back);
    printf("after 2020 %d\n", time(NULL) > 1577836800);
    struct timeval day;
    gettimeofday(&day, NULL);
    printf("gettimeofday agrees %d\n", labs((long)(day.tv_sec - time(NULL))) <= 2);
    printf("clock_nanosleep %d\n", clock_nanosleep(CLOCK_MONOTONIC, 0, &(struct timespec){0, 1000}, NULL));
    struct timespec resolution;
    printf("clock_getres %d %ld\n", clock_getres(CLOCK_MONOTONIC, &resolution), (long)resolution.tv_sec);
    volatile double x = 1;
    for (int i = 0; i < 3000000; i++) x = x * 1.0000001;
    printf("processor time %d\n", nanoseconds(CLOCK_PROCESS_CPUTIME_ID) > 0 && clock() > 0);
    struct rusage usage;
    printf("getrusage %d\n", getrusage(RUSAGE_SELF, &usage));
    struct tms tms;
    printf("times %d\n", times(&tms) != (clock_t)-1);

    time_t fixed = 1234567890;
    struct tm tm;
    gmtime_r(&fixed, &tm);
    char text[64];
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %j %a %b", &tm);
    puts(text);
    localtime_r(&fixed, &tm);
    strftime(text, sizeof text, "%H:%M %Z", &tm);
    puts(text);
    tm.tm_mon += 14;
    printf("mktime %lld\n", (long long)mktime(&tm));
    return 0;
}
