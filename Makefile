# Kontor. `make` or `make help` says what there is.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules

# The same flags for every go command: builds with and without -trimpath share no cache.
export GOFLAGS := $(filter-out -trimpath,$(GOFLAGS)) -trimpath
export NO_UPDATE_NOTIFIER := 1

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unversioned)
# Where newer versions are published (https, a folder with latest.json, latest.json.minisig and the packages) and minisign's
# public key: make package UPDATES=https://… UPDATES_KEY=RW…
LDFLAGS := -s -w -X main.version=$(VERSION) $(if $(UPDATES),-X main.updates=$(UPDATES) -X main.updatesKey=$(UPDATES_KEY))
WINDOW := -tags desktop,production,webkit2_41
STAMP := .cache/stamp
npm := npm --prefix frontend --no-fund --no-audit --no-update-notifier
FRONTEND := $(shell find frontend \( -name node_modules -o -name .svelte-check -o -path frontend/dist -o -path frontend/src/texts \) \
	-prune -o -type f -print)

## Every day

run: ready-to-build frontend/dist/index.html ## build what has changed and open the window (without a display: take its picture)
	@go build $(WINDOW) -ldflags '$(LDFLAGS)' -o bin/kontor .
	@scripts/run $(ARGS)

test: ## install what the tests need, then run every one of them
	@scripts/toolchain
	@go run ./internal/dev/prove all

check: ready-to-build $(STAMP)/npm ## the fast part of test: vet, lint, unit tests, types, format
	@go run ./internal/dev/prove check

e2e: ready-to-build frontend/dist/index.html ## the tests that drive the real window; RUN=TestName for one
	@scripts/packages test
	@go test -tags e2e ./internal/dev/e2e/... -count=1 -timeout 20m $(if $(RUN),-run '$(RUN)' -v)

crash: ready-to-build ## kill the program at random moments and look whether anything is missing; ROUNDS=1000
	@KONTOR_CRASH_ROUNDS=$(or $(ROUNDS),1000) go test ./app -run TestKilled -count=1 -timeout 3h -v

fake: ## serve a fake of Infomaniak's API on this computer, for trying by hand; ARGS=-agency
	@go run ./internal/dev/fakemaniak/cmd $(ARGS)

contract: ## judge client and fake by Infomaniak's whole description of its API, OPENAPI=… (a folder with the published files)
	@KONTOR_OPENAPI='$(abspath $(OPENAPI))' go test -count=1 ./internal/dev/contract ./internal/dev/fakemaniak/... ./internal/host/infomaniak
	@KONTOR_OPENAPI='$(abspath $(OPENAPI))' go test -count=1 ./app -run 'Connected|Refused|ReachInfomaniak'
	@KONTOR_OPENAPI='$(abspath $(OPENAPI))' go test -count=1 -tags prism ./app -run TestPrism -timeout 30m

corpus: ## try the readers and writers on the files of a folder, DIR=…; ARGS="-kind mails -list refused"
	@go run ./internal/dev/corpus $(ARGS) '$(DIR)'

office: ## let LibreOffice (libreoffice-calc, to be installed by hand) sum up what is exported, in eight regions
	@go test -tags office ./internal/host/export -run TestOffice -count=1

keyrings: ## keep secrets in KeePassXC and KWallet, too (keepassxc, libkf5wallet-bin, libqca-qt5-2-plugins, to be installed by hand)
	@for one in keepassxc kwallet; do KONTOR_KEYRING=$$one scripts/with-session go test -count=1 -tags keyring -run Keyring ./internal/host/vault || exit 1; done

dev: ready-to-build $(STAMP)/npm ## open the window with live reload of the front end
	@scripts/dev $(ARGS)

bench: ready-to-build frontend/dist/index.html ## measure; last, the window beside an empty one (and KONTOR_BEFORE=an earlier build)
	@go test -run '^$$' -bench . -benchmem ./...
	@scripts/packages test
	@go test -tags e2e -run '^$$' -bench 'Window|Walk' -benchtime 7x -timeout 1h ./internal/dev/e2e

## Making things

build: ready-to-build frontend/dist/index.html ## the release binary, bin/kontor: stripped, with its version
	@go build $(WINDOW) -ldflags '$(LDFLAGS)' -o bin/kontor .
	@ls -l bin/kontor | awk '{ printf "bin/kontor $(VERSION), %.1f MB\n", $$5 / 1e6 }'

cli: ## the command line, bin/kontor-cli: static, without a window
	@CGO_ENABLED=0 go build -ldflags '$(LDFLAGS)' -o bin/kontor-cli ./app/kontor-cli

package: ready-to-build frontend/dist/index.html ## what a person installs, in bin/package: .deb .rpm .tar.gz, Windows, sums
	@UPDATES='$(UPDATES)' UPDATES_KEY='$(UPDATES_KEY)' scripts/package

package-test: ## make the packages twice, look at them with other tools, install and start them in bare Debians (as root)
	@scripts/package-test

windows-check: ## build the tests of the packages without a window for Windows; run them where Wine 9 or newer is
	@scripts/windows-check

generate: ready-to-build $(STAMP)/npm ## write the generated files anew: bindings for the window, messages, notices of third parties
	@scripts/bindings
	@$(npm) run --silent messages
	@$(MAKE) frontend/dist/index.html
	@go run ./internal/dev/notices

format: $(STAMP)/npm ## format Go and front end
	@scripts/golangci-lint fmt
	@$(npm) run --silent format

clean: ## remove everything that was built (not what was installed)
	@rm -rf bin .cache build/shots frontend/node_modules frontend/src/texts frontend/.svelte-check
	@find frontend/dist -mindepth 1 -not -name .gitkeep -delete

help: ## this list
	@awk 'BEGIN { FS = ":.*## " } /^## / { printf "\n%s\n", substr($$0, 4) } \
		/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

ready-to-build:
	@scripts/toolchain
	@scripts/packages build

$(STAMP)/npm: frontend/package.json frontend/package-lock.json
	@$(npm) ci --loglevel=error
	@mkdir -p $(STAMP) && touch $@

frontend/dist/index.html: $(STAMP)/npm $(FRONTEND)
	@$(npm) run --silent build -- --logLevel warn
	@touch $@

.PHONY: run test check e2e crash keyrings corpus contract fake dev bench build cli package package-test windows-check generate format clean help ready-to-build
