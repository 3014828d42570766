# Everything that CI does is a target here. Needs Go and, for the race
# detector, a C compiler; the tools are pinned in tools/ and built on first use.

SHELL       := bash
.SHELLFLAGS := -eu -o pipefail -c

GO          ?= go
PKGS        ?= ./...
GOTESTFLAGS ?=
FUZZTIME    ?= 60s
COUNT       ?= 6
HONESTY     ?= 10s
CALIBRATION ?= 2000
SEQUENCES   ?= 10000
SCENARIOS   ?=

# The schema of a real server, which is not part of this repository: with it the tests keep their answers for `make schema`.
EWSBENCH_XSD_DIR ?= $(abspath $(wildcard ../shared/xsd))
export EWSBENCH_XSD_DIR
comma       := ,
ANSWERS     := $(CURDIR)/bench/answers
KEEP        := -ldflags "-X github.com/ewsbench/ewsbench/internal/answers.folder=$(ANSWERS)" -tags record

TOOL       := $(GO) tool -modfile=tools/go.mod
ACTIONLINT := $(GO) tool -modfile=tools/actionlint/go.mod actionlint

.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: check
check: fmt-diff vet lint arch budget race smoke interop schema conform saboteurs ## what CI runs: format, vet, lint, arch, budgets, tests with -race, the main job, other clients, the schema, conformance

.PHONY: fmt
fmt: ## format all Go files
	$(TOOL) gofumpt -l -w .

.PHONY: fmt-diff
fmt-diff: ## show what fmt would change, and fail if there is anything
	@diff=$$($(TOOL) gofumpt -d .) && [ -z "$$diff" ] && exit 0; \
	printf '%s\n' "$$diff"; echo 'make fmt-diff: run make fmt' >&2; exit 1

.PHONY: vet
vet: ## go vet
	$(GO) vet $(PKGS)
	$(GO) vet -tags smoke ./internal/smoke
	$(GO) vet -tags interop ./interop
	$(GO) vet -tags schema,record ./internal/schema ./internal/answers

.PHONY: lint
lint: ## golangci-lint, and actionlint for the workflows
	$(TOOL) golangci-lint run $(PKGS)
	$(ACTIONLINT)

.PHONY: arch
arch: ## who imports whom: the floor plan of docs/architecture.md
	$(GO) test -count=1 $(GOTESTFLAGS) ./internal/arch

.PHONY: test
test: ## all tests, quickly
	$(GO) test $(GOTESTFLAGS) $(PKGS)

.PHONY: budget
budget: ## the allocation budgets of the hot paths, which the race detector would blur
	$(GO) test -count=1 $(GOTESTFLAGS) -run 'Alloc|Budget' ./ews/... ./mockews/... ./scenarios ./internal/xmlwire

.PHONY: race
race: ## all tests under the race detector
	@rm -rf $(ANSWERS) && mkdir -p $(ANSWERS)
	$(GO) test -race -timeout 15m $(if $(EWSBENCH_XSD_DIR),$(KEEP)) $(GOTESTFLAGS) $(PKGS)

.PHONY: smoke
smoke: ## the main job itself for a few seconds, with its output checked
	$(GO) test -count=1 -tags smoke $(GOTESTFLAGS) ./internal/smoke

.PHONY: interop
interop: ## other people's clients over a real socket (docs/interop.md)
	@mkdir -p $(ANSWERS)
	.ci/interop $(if $(EWSBENCH_XSD_DIR),$(KEEP)$(comma)interop) $(GOTESTFLAGS)

.PHONY: schema
schema: race interop ## every answer of those two targets, against the schema of a real server in EWSBENCH_XSD_DIR
	$(GO) test -count=1 -tags schema -v ./internal/schema -answers $(ANSWERS)
	@rm -rf $(ANSWERS)

.PHONY: conform
conform: ## the bundled mock against every clause, over a real socket (docs/conformance.md)
	$(GO) run ./cmd/ewsbench conform server --quiet

.PHONY: saboteurs
saboteurs: ## each clause's defect in turn, of servers and of clients: how many are caught
	$(GO) test -count=1 -v -run '^Test(Client)?Saboteurs$$' ./conformance | grep -vE '^ *(=== |--- PASS)'

.PHONY: honesty
honesty: ## 20 runs of HONESTY (10s) in which nothing differs, on an idle machine: no difference may be found
	EWSBENCH_HONESTY=$(HONESTY) $(GO) test -count=1 -v -timeout 60m -run '^TestIdealInventsNothing$$' ./cmd/ewsbench

.PHONY: fuzz
fuzz: ## each fuzz target for FUZZTIME (60s)
	GO="$(GO)" .ci/fuzz $(FUZZTIME) $(PKGS)

.PHONY: nightly
nightly: ## the long runs: SCENARIOS (all) into a history, and its trend (docs/nightly.md)
	.ci/nightly $(SCENARIOS)

.PHONY: calibration
calibration: ## how often the statistics are right, on CALIBRATION (2000) simulated runs of each kind
	EWSBENCH_CALIBRATION=$(CALIBRATION) $(GO) test -count=1 -v -timeout 30m ./internal/calibration

.PHONY: model
model: ## SEQUENCES (10000) random sequences of operations on a mailbox against a model of it
	EWSBENCH_SEQUENCES=$(SEQUENCES) $(GO) test -count=1 -v -timeout 30m -run '^TestModel$$' ./mockews/mailbox | grep -v ': seed '

.PHONY: bench
bench: bench-ratio bench-micro ## both of the following

.PHONY: bench-ratio
bench-ratio: ## beside bare vegeta, a bare handler and a bare loop, in turns; 5,000 streams and 100,000 mailboxes held
	$(GO) test -p 1 -run '^$$' -bench '^Benchmark(Against|Hold)' -benchtime 1x ./runner ./mockews ./mockews/mailbox

.PHONY: bench-micro
bench-micro: ## all other benchmarks into bench/new.txt, compared with bench/old.txt if it is there
	@mkdir -p bench
	$(GO) test -p 1 -run '^$$' -bench . -skip '^Benchmark(Against|Hold)' -benchmem -count $(COUNT) $(PKGS) | tee bench/new.txt
	@if [ -f bench/old.txt ]; then $(TOOL) benchstat bench/old.txt bench/new.txt; else $(TOOL) benchstat bench/new.txt; fi

.PHONY: golden
golden: ## write the golden files anew; read the difference before you commit it
	$(GO) test $$($(GO) list -f '{{if or .TestImports .XTestImports}}{{.ImportPath}} {{join .TestImports " "}} {{join .XTestImports " "}}{{end}}' $(PKGS) | awk '/internal\/golden/ {print $$1}') -update

.PHONY: baseline
baseline: ## write results/baselines anew: the exact figures of the mock; read the difference before you commit it
	$(GO) test ./cmd/ewsbench -run '^TestBaselines$$' -count=1 -update

.PHONY: vuln
vuln: ## known vulnerabilities in what is called; asks vuln.go.dev
	$(TOOL) govulncheck $(PKGS)

.PHONY: docs
docs: ## serve the package documentation on localhost:6060
	$(GO) doc -http
