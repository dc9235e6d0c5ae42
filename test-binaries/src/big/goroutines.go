// Go: goroutines, channels, a panic that is recovered, a nil dereference that becomes a panic, the garbage collector.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sort"
	"strings"
	"sync"
)

type tree struct {
	left, right *tree
	value       int
}

func (t *tree) insert(value int) *tree {
	if t == nil {
		return &tree{value: value}
	}
	if value < t.value {
		t.left = t.left.insert(value)
	} else {
		t.right = t.right.insert(value)
	}
	return t
}

func (t *tree) sum() int {
	if t == nil {
		return 0
	}
	return t.left.sum() + t.value + t.right.sum()
}

func recovered(f func()) (message string) {
	defer func() { message = fmt.Sprint(recover()) }()
	f()
	return "nothing"
}

func main() {
	fmt.Println("Hello from", runtime.GOARCH)
	numbers, squares := make(chan int), make(chan int)
	var workers sync.WaitGroup
	for i := 0; i < 8; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for n := range numbers {
				squares <- n * n
			}
		}()
	}
	go func() {
		for i := 1; i <= 1000; i++ {
			numbers <- i
		}
		close(numbers)
		workers.Wait()
		close(squares)
	}()
	sum := 0
	for square := range squares {
		sum += square
	}
	fmt.Println("sum", sum)

	var missing *tree
	fmt.Println("recovered:", recovered(func() { fmt.Println(missing.value) }))
	fmt.Println("recovered:", recovered(func() { var a []int; i := 5; a[i] = 1 }))
	zero := 0
	fmt.Println("recovered:", recovered(func() { fmt.Println(1 / zero) }))

	var root *tree
	for i := 0; i < 20000; i++ {
		root = root.insert(i * 7919 % 20011)
	}
	garbage := 0
	for i := 0; i < 200; i++ {
		garbage += len(make([]byte, 1<<16))
	}
	runtime.GC()
	fmt.Println("tree", root.sum(), garbage)

	words := strings.Fields("the quick brown fox jumps over the lazy dog")
	sort.Strings(words)
	fmt.Println(words, fmt.Sprintf("%.6f %x %q", 1.0/3, 255, "text"))
	os.Exit(6)
}
