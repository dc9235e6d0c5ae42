// C++: virtual calls over a mixed list, std::map with string keys, std::vector and std::function, exceptions through
// several frames. Size: rounds of all.
#include "bench.h"

#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

class Shape {
  public:
    virtual ~Shape() = default;
    virtual uint64_t area() const = 0;
    virtual Shape *grown(uint32_t by) = 0;
};

class Square final : public Shape {
  public:
    explicit Square(uint32_t side) : side(side) {}
    uint64_t area() const override { return uint64_t(side) * side; }
    Shape *grown(uint32_t by) override {
        side = (side + by) & 0xffff;
        return this;
    }

  private:
    uint32_t side;
};

class Rectangle : public Shape {
  public:
    Rectangle(uint32_t width, uint32_t height) : width(width), height(height) {}
    uint64_t area() const override { return uint64_t(width) * height; }
    Shape *grown(uint32_t by) override {
        width = (width + by) & 0xffff;
        return this;
    }

  protected:
    uint32_t width, height;
};

class Triangle final : public Rectangle {
  public:
    using Rectangle::Rectangle;
    uint64_t area() const override { return Rectangle::area() / 2; }
};

NOINLINE uint64_t virtual_calls(std::vector<std::unique_ptr<Shape>> &shapes) {
    uint64_t sum = 0;
    for (int round = 0; round < 100; round++)
        for (auto &shape : shapes) sum += shape->grown(uint32_t(round))->area();
    return sum;
}

NOINLINE uint64_t maps(uint64_t &random) {
    std::map<std::string, uint32_t> counts;
    for (int i = 0; i < 4000; i++) counts["key-" + std::to_string(next_number(&random) % 1500)]++;
    std::map<uint32_t, std::vector<std::string>> by_count;
    for (const auto &[key, count] : counts) by_count[count].push_back(key);
    uint64_t sum = 0;
    for (const auto &[count, keys] : by_count) sum = mix(sum, count * keys.size() + keys.back().size());
    return sum;
}

struct Counter {
    explicit Counter(uint32_t &count) : count(count) {}
    ~Counter() { count++; }
    uint32_t &count;
};

NOINLINE uint32_t descend(uint32_t depth, uint32_t number, uint32_t &unwound) {
    Counter counter(unwound);
    if (depth == 0) {
        if (number % 3 == 0) throw std::out_of_range(std::to_string(number));
        if (number % 3 == 1) throw std::runtime_error("one more");
        return number;
    }
    return descend(depth - 1, number, unwound) + 1;
}

NOINLINE uint64_t exceptions(uint64_t &random) {
    uint64_t sum = 0;
    uint32_t unwound = 0;
    for (int i = 0; i < 200; i++) {
        try {
            sum += descend(6, next_number(&random), unwound);
        } catch (const std::out_of_range &e) {
            sum = mix(sum, std::stoul(e.what()));
        } catch (const std::exception &e) {
            sum = mix(sum, std::string(e.what()).size());
        }
    }
    return mix(sum, unwound);
}

NOINLINE uint64_t closures(uint64_t &random) {
    std::vector<std::function<uint64_t(uint64_t)>> steps;
    for (int i = 0; i < 20; i++) {
        uint64_t number = next_number(&random);
        if (i % 2 == 0) steps.emplace_back([number](uint64_t x) { return x + number; });
        else steps.emplace_back([number](uint64_t x) { return x ^ number << 7; });
    }
    uint64_t sum = 0;
    for (int i = 0; i < 1000; i++)
        for (const auto &step : steps) sum = step(sum);
    return sum;
}

} // namespace

uint64_t run(long size) {
    uint64_t random = 13, sum = 0;
    std::vector<std::unique_ptr<Shape>> shapes;
    for (int i = 0; i < 500; i++) {
        uint32_t number = next_number(&random) & 0xfff;
        switch (next_number(&random) % 3) {
        case 0: shapes.push_back(std::make_unique<Square>(number)); break;
        case 1: shapes.push_back(std::make_unique<Rectangle>(number, number / 2)); break;
        default: shapes.push_back(std::make_unique<Triangle>(number, number * 2)); break;
        }
    }
    for (long i = 0; i < size; i++) {
        sum = mix(sum, virtual_calls(shapes));
        sum = mix(sum, maps(random));
        sum = mix(sum, exceptions(random));
        sum = mix(sum, closures(random));
    }
    return sum;
}
