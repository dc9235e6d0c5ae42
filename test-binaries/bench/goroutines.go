// Go: a pipeline of goroutines over channels, a pool of workers that share a map under a mutex, garbage, strings, sorting.
// Usage: goroutines [SIZE]: rounds of all; prints a checksum.
package main

import (
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
)

type random uint64

func (r *random) next() uint32 {
	*r = *r*6364136223846793005 + 1442695040888963407
	return uint32(*r >> 33)
}

func mix(sum, value uint64) uint64 {
	sum = (sum ^ value) * 0x9e3779b97f4a7c15
	return sum<<29 | sum>>35
}

// pipeline sieves primes: one goroutine for each prime, a channel between neighbours.
func pipeline(count int) uint64 {
	numbers := make(chan int)
	stop := make(chan struct{})
	send := func(to chan<- int, n int) bool {
		select {
		case to <- n:
			return true
		case <-stop:
			return false
		}
	}
	go func(to chan<- int) {
		for n := 2; send(to, n); n++ {
		}
	}(numbers)
	var sum uint64
	for i := 0; i < count; i++ {
		prime := <-numbers
		sum = mix(sum, uint64(prime))
		filtered := make(chan int)
		go func(from <-chan int, to chan<- int) {
			for {
				select {
				case n := <-from:
					if n%prime != 0 && !send(to, n) {
						return
					}
				case <-stop:
					return
				}
			}
		}(numbers, filtered)
		numbers = filtered
	}
	close(stop)
	return sum
}

type tree struct {
	left, right *tree
	key         string
}

func (t *tree) insert(key string) *tree {
	if t == nil {
		return &tree{key: key}
	}
	if key < t.key {
		t.left = t.left.insert(key)
	} else {
		t.right = t.right.insert(key)
	}
	return t
}

func (t *tree) walk(visit func(string)) {
	if t != nil {
		t.left.walk(visit)
		visit(t.key)
		t.right.walk(visit)
	}
}

// pool counts words with four workers; the result does not depend on their order.
func pool(seed random) uint64 {
	jobs := make(chan []string, 16)
	counts := map[string]int{}
	var mutex sync.Mutex
	var workers sync.WaitGroup
	for i := 0; i < 4; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for words := range jobs {
				var t *tree
				for _, word := range words {
					t = t.insert(word)
				}
				mutex.Lock()
				t.walk(func(word string) { counts[word]++ })
				mutex.Unlock()
			}
		}()
	}
	for i := 0; i < 60; i++ {
		var words []string
		for j := 0; j < 100; j++ {
			words = append(words, "w"+strconv.Itoa(int(seed.next()%997)))
		}
		jobs <- strings.Fields(strings.Join(words, " "))
	}
	close(jobs)
	workers.Wait()
	var lines []string
	for word, count := range counts {
		lines = append(lines, fmt.Sprintf("%s=%d", word, count))
	}
	sort.Strings(lines)
	var sum uint64
	for _, line := range lines {
		for _, c := range []byte(line) {
			sum = mix(sum, uint64(c))
		}
	}
	return sum
}

func main() {
	size := 1
	if len(os.Args) > 1 {
		size, _ = strconv.Atoi(os.Args[1])
	}
	if size < 1 {
		fmt.Fprintln(os.Stderr, "usage: goroutines [SIZE]")
		os.Exit(2)
	}
	var sum uint64
	for i := 0; i < size; i++ {
		sum = mix(sum, pipeline(60))
		sum = mix(sum, pool(random(i)))
	}
	fmt.Printf("%016x\n", sum)
}
