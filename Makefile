# The one door to the project: make demo, make test, make check. "make help" lists the rest.

SHELL     := bash
VERSION   := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
TOOL      := go tool -modfile=tools/go.mod
BENCH     ?= .
FUZZTIME  ?= 5s

.DEFAULT_GOAL := help
.PHONY: help demo build test test-deps check check-format check-vet check-lint check-rules check-modules bench bench-parts crash exhaust simulate replies service-levels fuzz fmt clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## build, start on SQLite with a sample shop, print a sign-in link
	bin/rejoinder demo

build: ## build bin/rejoinder: one static binary
	CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags '-X rejoinder/internal/cli.version=$(VERSION)' -o bin/rejoinder ./cmd/rejoinder

# Tests make hundreds of small databases; on a disk, waiting for its syncs is most of their time.
TESTTMP := $(shell test -d /dev/shm -a -w /dev/shm && echo /dev/shm || echo $${TMPDIR:-/tmp})

# SQLite itself is C turned into Go: it keeps its own books of memory, and watching each of its reads for races costs
# four times the whole suite. Its driver, and everything of ours, is watched.
UNWATCHED := -gcflags=modernc.org/sqlite/lib=-race=false -gcflags=modernc.org/libc=-race=false

# Many tests wait: for a slot of the pace, for a process that is killed. As many as there are processors would wait one
# after the other.
ATONCE := -parallel 8

test: test-deps ## run every test with the race detector, on SQLite and PostgreSQL and in Chromium
	@go -C tools build -o ../bin/testrun ./testrun
	@CGO_ENABLED=1 TMPDIR=$(TESTTMP) bin/testrun -race $(UNWATCHED) $(ATONCE) -shuffle=on -timeout 15m ./...

test-deps: ## install what the tests need and is missing (PostgreSQL, Chromium, a C compiler)
	@scripts/install-test-deps.sh

check: check-format check-vet check-lint check-rules check-modules ## everything that needs no run of the product

check-format: ## is everything formatted?
	@unformatted="$$($(TOOL) gofumpt -l .)" || exit 1; \
	if [ -n "$$unformatted" ]; then echo "make fmt would change:"; echo "$$unformatted"; exit 1; fi
	@for f in scripts/*.sh .ci/run; do bash -n "$$f" || exit 1; done

check-vet: ## go vet, here and in tools
	go vet ./...
	go -C tools vet ./...

check-lint: ## staticcheck and errcheck
	$(TOOL) staticcheck ./...
	$(TOOL) errcheck -ignoretests -exclude tools/errcheck-exclude.txt ./...

check-rules: ## who may import whom, and the tests of the tools
	go test -count=1 ./internal
	go -C tools test ./...

check-modules: ## go.mod and go.sum are tidy and true; the C library of SQLite is the one it was made with
	go mod tidy -diff
	go mod verify
	@scripts/check-sqlite-pin.sh

bench: ## measure what we owe and write docs/benchmarks.md and .json; ROWS=webhooks measures one row and only prints it
	go test ./internal/bench -run '^$$' -bench '^BenchmarkOwed$$/^($(if $(ROWS),$(ROWS),.*))$$' -benchtime 1x -timeout 60m -v \
		-command 'make bench$(if $(HUGE), HUGE=$(HUGE))' $(if $(HUGE),-huge) $(if $(ROWS),,-write '$(CURDIR)/docs/benchmarks.md')
	@$(if $(ROWS),,$(MAKE) --no-print-directory service-levels)

bench-parts: ## run the benchmarks of single packages (BENCH=pattern)
	REJOINDER_TEST_FSYNC=on go test -run '^$$' -bench '$(BENCH)' -skip '^BenchmarkOwed$$' -benchmem -timeout 60m ./...

# What a user types is looked at before anything is compiled.
whole = $(if $($(1)),$(if $(shell echo '$($(1))' | grep -xE '[1-9][0-9]{0,8}'),,$(error $(1)=$($(1)): give a whole number above zero)))
# Fewer than the usual is a try: it prints, and leaves the published figures alone.
full = $(shell test '$($(1))' -ge $(2) && echo yes)

exhaust: ## waking hours in every zone at every hour, and the pace over 1 to 4 processes: the long form of TestExhaust…; writes docs/exhaust.json
	@echo "Each year of each zone takes minutes, all of it hours. What is counted goes to docs/exhaust.json as each part ends."
	TMPDIR=$(TESTTMP) go test -p 1 -run '^TestExhaust' -count=1 -v -timeout 300m ./internal/waking ./internal/texting ./internal/bridge \
		-exhaust -figures '$(CURDIR)/docs/exhaust.json'
	@$(MAKE) --no-print-directory service-levels

SEEDS ?= 200
simulate: ## run the whole program for weeks of days under SEEDS (200) seeds of mishaps; SEED=n repeats one and prints its trace; 200 and more write docs/simulate.json
	@$(call whole,SEEDS)$(call whole,SEED)$(call whole,DAYS)
	GOGC=400 TMPDIR=$(TESTTMP) go test ./internal/simulate -count=1 -v -timeout 24h -run '^TestSeeds$$' -days $(or $(DAYS),30) \
		$(if $(SEED),-seed $(SEED),-seeds $(SEEDS) -within $(or $(WITHIN),24h) -command 'make simulate SEEDS=$(SEEDS)$(if $(DAYS), DAYS=$(DAYS))$(if $(WITHIN), WITHIN=$(WITHIN))' $(if $(call full,SEEDS,200),-report '$(CURDIR)/docs/simulate.json'))
	@$(if $(SEED),,$(if $(call full,SEEDS,200),$(MAKE) --no-print-directory service-levels,echo "A try of fewer than 200 seeds: docs/simulate.json is as it was."))

replies: ## count how well replies are understood and write docs/replies.md and .json; QUIET=1 prints only the totals
	go test ./internal/reply/corpus -run '^TestHeldOut$$' -count=1 -v -report $(if $(HELDOUT),-heldout '$(abspath $(HELDOUT))') $(if $(QUIET),-quiet,-write '$(CURDIR)/docs/replies.md')
	@$(if $(QUIET)$(HELDOUT),,$(MAKE) --no-print-directory service-levels)

KILLS ?= 100
crash: ## kill the program KILLS (100) times on each database, fill a disk, lose a primary; 100 and more write docs/crash.md and .json
	@$(call whole,KILLS)$(call whole,SEED)
	go test ./internal/crash -count=1 -v -timeout 90m -kills $(KILLS) -seed $(or $(SEED),1) \
		-command 'make crash KILLS=$(KILLS)$(if $(SEED), SEED=$(SEED))' $(if $(call full,KILLS,100),-report '$(CURDIR)/docs/crash.json')
	@$(if $(call full,KILLS,100),$(MAKE) --no-print-directory service-levels,echo "A try of fewer than 100 kills: docs/crash.md is as it was.")

service-levels: ## write docs/service-levels.md and docs/waking-and-pace.md from what the others above have counted
	@go test ./internal/levels -run '^TestPages$$' -count=1 -write

fuzz: ## run each fuzz target for FUZZTIME (5s)
	@scripts/fuzz.sh $(FUZZTIME)

fmt: ## format everything
	$(TOOL) gofumpt -w .

clean: ## remove what was built
	rm -rf bin
