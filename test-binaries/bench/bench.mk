# `make bench`: the benchmark programs, for the guest into build/bench/aarch64 and for this host into build/bench/native.

BENCH = $(notdir $(basename $(wildcard bench/*.c)))
BENCH_FLAGS = -O2 -Wall -Wextra -Werror -ffp-contract=off -Ibench
BENCH_C = $(BENCH_FLAGS) -std=gnu11
BENCH_CXX = $(BENCH_FLAGS) -std=gnu++17
BENCH_ARCHS = aarch64 native
B = build/bench
LARGE_FUNCTIONS = 2600
NATIVE_CC = gcc
NATIVE_CXX = g++

.PHONY: bench
bench: $(foreach a,$(BENCH_ARCHS),$(BENCH:%=$(B)/$(a)/%) $(B)/$(a)/objects $(B)/$(a)/goroutines $(B)/$(a)/large) \
    $(B)/data $(B)/measure $(B)/native/busybox

$(B)/aarch64 $(B)/native:
	mkdir -p $@

define bench_programs
$(B)/$(1)/%: bench/%.c bench/bench.h | $(B)/$(1)
	$(2) $(BENCH_C) -static -o $$@ $$< -lm
$(B)/$(1)/objects: bench/objects.cc bench/bench.h | $(B)/$(1)
	$(3) $(BENCH_CXX) -static -o $$@ $$<
$(B)/$(1)/goroutines: bench/goroutines.go | $(B)/$(1)
	$(4) CGO_ENABLED=0 GO111MODULE=off go build -o $$@ $$<
$(B)/$(1)/large: $(B)/large.c bench/bench.h | $(B)/$(1)
	$(2) $(BENCH_C) -Wno-unused-parameter -static -o $$@ $$<
endef
$(eval $(call bench_programs,aarch64,$(CC),$(CXX),GOARCH=arm64))
$(eval $(call bench_programs,native,$(NATIVE_CC),$(NATIVE_CXX),))

$(B)/large.c: bench/tools/generate-large bench/bench.mk | $(B)/native
	bench/tools/generate-large $(LARGE_FUNCTIONS) >$@

$(B)/data: bench/tools/make-data.c bench/bench.h | $(B)/native
	$(NATIVE_CC) $(BENCH_C) -o $(B)/make-data $< && $(B)/make-data 4000000 >$@

$(B)/measure: bench/tools/measure.c | $(B)/native
	$(NATIVE_CC) $(BENCH_C) -static -o $@ $<

# The same release of busybox as that of guests/, for this host. Without it the native column of its programs is empty.
$(B)/native/busybox: | $(B)/native
	../scripts/lib/fetch-debs $$(dpkg --print-architecture) $(B)/debs busybox-static && \
	    cp $(B)/debs/busybox-static/bin/busybox $@ || echo "no busybox for this host"
