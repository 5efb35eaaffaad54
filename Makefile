# Two commands are enough: `make run` and `make test`. `make` lists the rest.
.DEFAULT_GOAL := help
# A goal is what it is called, never a file of that name.
.PHONY: help run ui ui-dev ui-test e2e screenshots call test check fmt lint deny fuzz schemathesis storm bench bench-http bench-jobs openapi models services

help: ## List the goals
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: models ## Start the server: fetches the speech models once, builds it and the admin UI, listens
	@scripts/with-node scripts/build-ui || echo "make run: without the admin UI: /ui/ says how to build it" >&2
	cargo run --locked --bin switchboard

ui: ## Build the admin UI that the server carries, where sources are newer
	@scripts/with-node scripts/build-ui

ui-dev: ## Serve the admin UI while it is worked on, with the API of a running server (SWITCHBOARD_URL)
	@scripts/with-node scripts/install-ui
	scripts/with-node npm --prefix admin-ui run dev

ui-test: ## Check and test the admin UI alone
	@scripts/with-node scripts/install-ui
	scripts/with-node sh -c 'cd admin-ui && npm run generate -- --check && npm run typecheck && npm run lint && npm test'

e2e: models services ## Test the admin UI in Chromium, with a real server and simulated calls (ARGS=calls: calls.spec.ts alone)
	cargo build --workspace --locked --bins
	@scripts/e2e $(ARGS)

screenshots: models services ## Take docs/screenshots anew: every page of a real server with simulated calls (PAGES=call,live: those alone)
	cargo build --workspace --locked --bins
	@scripts/with-node scripts/build-ui
	scripts/with-node npm --prefix admin-ui run --silent screenshots

call: ## Place one simulated call with recorded speech to the running server (ARGS="--help" lists the options)
	cargo run --locked --quiet --bin simulator -- call $(ARGS)

test: models services ui-test ## Run all tests; installs what they need
	cargo test --workspace --locked
	@# It has built the programs, too; cargo build would build them anew, with other features.
	@scripts/e2e

check: fmt lint deny fuzz schemathesis storm ## Run what a change must pass beside the tests: format, lints, licences, fuzzing, the API, jobs in a storm

fmt: ## Check the formatting
	cargo fmt --all --check

lint: ## Run clippy; a warning is an error
	cargo clippy --workspace --all-targets --locked -- -D warnings

deny: ## Check the arrows between crates, and the licences
	@command -v cargo-deny >/dev/null || cargo install cargo-deny --locked
	cargo deny --locked check bans licenses sources

fuzz: ## Fuzz each target for FUZZ_SECONDS (60)
	scripts/fuzz

schemathesis: ## Hold a running server against its OpenAPI document for SCHEMATHESIS_SECONDS (120)
	scripts/schemathesis

storm: services ## Kill workers, Redis and PostgreSQL under load: every job is done, once in effect
	cargo build --workspace --locked --bins --examples
	target/debug/examples/storm $(ARGS)

bench: models ## Measure a release build with simulated calls (docs/benchmarks.md)
	cargo build --release --locked --bin switchboard --bin simulator
	target/release/simulator bench $(ARGS)

bench-http: models ## Measure a release build with authenticated requests, and the vault (BENCH_POSTGRES_URL: on PostgreSQL too)
	cargo build --release --locked --bin switchboard --bin simulator --example vault_cost
	target/release/simulator bench-http $(ARGS)
	target/release/examples/vault_cost

bench-jobs: services ## Measure a release build with jobs: a backlog of 100,000, transcripts after hang-up, an hour of audio
	cargo build --release --workspace --locked --bins --examples
	target/release/examples/bench_jobs
	target/release/examples/bench_transcript
	target/release/examples/bench_hour 1 10 60

openapi: ## Write api/openapi.json anew
	cargo run --locked --quiet --bin switchboard -- openapi > api/openapi.json.new
	mv api/openapi.json.new api/openapi.json

models: ## Fetch the speech models into models/, once
	@scripts/fetch-models

services: ## Install what tests start (PostgreSQL, Redis, Chromium), where it is missing
	@scripts/install-test-services
