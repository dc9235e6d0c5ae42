/* pthreads: create and join, mutexes, condition variables, thread-local storage, barriers, once, keys; with the argument
 * "signals": pthread_cancel and pthread_kill. */
#include "ctest.h"
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t barrier;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static sem_t semaphore;
static __thread int local = 5;
static __thread char local_array[100];
static long counter;
static int turn, onces, destroyed;
static volatile int handled;

static void *count(void *argument) {
    long id = (long)argument;
    for (int i = 0; i < 10000; i++) {
        pthread_mutex_lock(&mutex);
        counter++;
        pthread_mutex_unlock(&mutex);
    }
    local += (int)id;
    local_array[id] = 1;
    return (void *)(id * 10 + local);
}

static void *take_turns(void *argument) {
    int id = (int)(long)argument;
    for (int round = 0; round < 100; round++) {
        pthread_mutex_lock(&mutex);
        while (turn % 3 != id) pthread_cond_wait(&condition, &mutex);
        turn++;
        pthread_cond_broadcast(&condition);
        pthread_mutex_unlock(&mutex);
    }
    return NULL;
}

static void run_once(void) { onces++; }
static void destroy(void *value) { __atomic_fetch_add(&destroyed, *(int *)value, __ATOMIC_SEQ_CST); }

static void *meet(void *argument) {
    static int values[4] = {1, 2, 3, 4};
    pthread_once(&once, run_once);
    pthread_setspecific(key, &values[(long)argument]);
    return (void *)(long)(pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD);
}

static void cleanup(void *argument) { (*(int *)argument)++; }

static void *wait_forever(void *argument) {
    pthread_cleanup_push(cleanup, argument);
    for (;;) sem_wait(&semaphore);
    pthread_cleanup_pop(0);
    return NULL;
}

static void on_signal(int number) { handled = number; }

static void *wait_signal(void *argument) {
    (void)argument;
    while (!handled) sched_yield();
    return (void *)(long)handled;
}

static void *spin(void *argument) { return argument; }

static int plain_threads(void) {
    pthread_t threads[4];
    void *result;
    printf("main tid is pid %d\n", (int)(syscall(SYS_gettid) == getpid()));
    for (long i = 0; i < 4; i++) pthread_create(&threads[i], NULL, count, (void *)i);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], &result);
        printf("thread %d returned %ld\n", i, (long)result);
    }
    printf("counter %ld, own local %d %d\n", counter, local, local_array[1]);

    for (long i = 0; i < 3; i++) pthread_create(&threads[i], NULL, take_turns, (void *)i);
    for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
    printf("turns %d\n", turn);

    pthread_barrier_init(&barrier, NULL, 4);
    pthread_key_create(&key, destroy);
    for (long i = 0; i < 4; i++) pthread_create(&threads[i], NULL, meet, (void *)i);
    long serial = 0;
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], &result);
        serial += (long)result;
    }
    printf("barrier: serial %ld, once %d, destroyed %d\n", serial, onces, destroyed);

    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_nsec += 10000000;
    if (deadline.tv_nsec >= 1000000000) {
        deadline.tv_nsec -= 1000000000;
        deadline.tv_sec++;
    }
    pthread_mutex_lock(&mutex);
    printf("timed wait: %s\n", pthread_cond_timedwait(&condition, &mutex, &deadline) == ETIMEDOUT ? "ETIMEDOUT" : "?");
    printf("trylock: %s\n", pthread_mutex_trylock(&mutex) == EBUSY ? "EBUSY" : "?");
    pthread_mutex_unlock(&mutex);

    long sum = 0;
    for (long i = 0; i < 200; i++) {
        pthread_create(&threads[0], NULL, spin, (void *)i);
        pthread_join(threads[0], &result);
        sum += (long)result;
    }
    printf("200 short threads: %ld\n", sum);
    return 0;
}

/* What needs signals between threads. */
static int interrupted_threads(void) {
    pthread_t threads[1];
    void *result;
    sem_init(&semaphore, 0, 0);
    int cleaned = 0;
    pthread_create(&threads[0], NULL, wait_forever, &cleaned);
    sem_post(&semaphore);
    pthread_cancel(threads[0]);
    pthread_join(threads[0], &result);
    printf("cancelled %d, cleaned %d\n", result == PTHREAD_CANCELED, cleaned);

    signal(SIGUSR1, on_signal);
    pthread_create(&threads[0], NULL, wait_signal, NULL);
    pthread_kill(threads[0], SIGUSR1);
    pthread_join(threads[0], &result);
    printf("pthread_kill %ld\n", (long)result);
    return 0;
}

int test_threads(int argc, char **argv) {
    (void)argv;
    return argc > 1 ? interrupted_threads() : plain_threads();
}
