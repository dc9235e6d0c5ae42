// C++: exceptions thrown many times through one frame and through fifty, with destructors on the way, and that throwing
// does not slow down: "slows down" is printed when the last of ten equal steps takes more than 5 times as long as the
// first. The times, in microseconds, go to standard error. An argument says how much of the work to do, in percent.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>

static long alive, most_alive;

struct Counted {
    Counted() { most_alive = std::max(most_alive, ++alive); }
    ~Counted() { alive--; }
};

struct Thrown {
    long value;
};

[[gnu::noinline]] static long through(int frames, long value) {
    Counted counted;
    if (frames <= 1) {
        if (value % 2 == 0) throw Thrown{value};
        throw std::runtime_error(std::to_string(value));
    }
    return through(frames - 1, value) * 3 + 1;
}

static long step(int frames, long number) {
    long right = 0;
    for (long i = 0; i < number; i++) {
        most_alive = 0;
        long caught = -1;
        try {
            caught = through(frames, i) - 2;
        } catch (const Thrown &thrown) {
            caught = thrown.value;
        } catch (const std::exception &error) {
            caught = std::stol(error.what());
        }
        right += caught == i && alive == 0 && most_alive == frames;
    }
    return right;
}

static long timed(int frames, long number, long &right) {
    auto start = std::chrono::steady_clock::now();
    right += step(frames, number);
    long took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start).count();
    std::cerr << ' ' << took;
    return took;
}

static void part(int frames, long number) {
    long right = 0, repeated = 0, last = 0;
    std::cerr << frames << ':';
    long first = timed(frames, number, right);
    for (int i = 1; i < 10; i++) last = timed(frames, number, right);
    // what is slow only once is a busy machine
    for (int again = 0; last > 5 * first && again < 20; again++) last = timed(frames, number, repeated);
    std::cerr << '\n';
    std::cout << "through " << frames << ": " << right << " right" << std::endl;
    if (last > 5 * first) std::cout << "through " << frames << ": slows down" << std::endl;
}

int main(int argc, char **argv) {
    long percent = argc > 1 ? std::atol(argv[1]) : 100;
    part(1, 10000 * percent / 100);
    part(50, 10000 * percent / 100);
    return 0;
}
