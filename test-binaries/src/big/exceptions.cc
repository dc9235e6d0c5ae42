// C++: exceptions through frames with destructors, virtual calls, RTTI, templates, the standard containers.
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

struct Shape {
    virtual ~Shape() = default;
    virtual double area() const = 0;
    virtual std::string name() const { return "shape"; }
};
struct Square : Shape {
    explicit Square(double side) : side(side) {}
    double area() const override { return side * side; }
    std::string name() const override { return "square"; }
    double side;
};
struct Circle : virtual Shape {
    explicit Circle(double radius) : radius(radius) {}
    double area() const override { return radius * radius * 3; }
    double radius;
};

struct Noisy {
    explicit Noisy(int id) : id(id) {}
    ~Noisy() { std::cout << "~" << id << ' '; }
    int id;
};

static int deep(int n) {
    Noisy noisy(n);
    if (n == 0) throw std::out_of_range("the bottom");
    return deep(n - 1) + 1;
}

static int rethrown(int n) {
    try {
        return deep(n);
    } catch (const std::exception &) {
        std::cout << "rethrow ";
        throw;
    }
}

int main() {
    std::vector<std::unique_ptr<Shape>> shapes;
    shapes.push_back(std::make_unique<Square>(3));
    shapes.push_back(std::make_unique<Circle>(2));
    for (const auto &shape : shapes)
        std::cout << shape->name() << ' ' << shape->area() << ' ' << (dynamic_cast<Square *>(shape.get()) != nullptr) << '\n';
    try {
        rethrown(5);
    } catch (const std::out_of_range &e) {
        std::cout << "caught " << e.what() << '\n';
    }
    try {
        std::vector<int>(3).at(7);
    } catch (const std::exception &) {
        std::cout << "at() threw\n";
    }
    try {
        dynamic_cast<Square &>(*shapes[1]);
    } catch (const std::bad_cast &) {
        std::cout << "bad cast\n";
    }
    int caught = 0;
    for (int i = 0; i < 2000; i++) {
        try {
            if (i % 2) throw i;
            throw std::to_string(i);
        } catch (int n) {
            caught += n;
        } catch (const std::string &s) {
            caught -= static_cast<int>(s.size());
        }
    }
    std::cout << "caught " << caught << '\n';
    std::map<std::string, int> counts;
    for (const char *word : {"one", "two", "three", "two", "three", "three"}) counts[word]++;
    for (const auto &[word, count] : counts) std::cout << word << ' ' << count << '\n';
    std::vector<int> numbers(1000);
    for (int i = 0; i < 1000; i++) numbers[i] = i * 7919 % 1009;
    std::sort(numbers.begin(), numbers.end(), [](int a, int b) { return a > b; });
    std::cout << numbers.front() << ' ' << numbers.back() << '\n';
    std::string from_thread;
    std::thread([&] {
        try {
            throw std::runtime_error("in a thread");
        } catch (const std::exception &e) {
            from_thread = e.what();
        }
    }).join();
    std::cout << from_thread << '\n';
    return 0;
}
