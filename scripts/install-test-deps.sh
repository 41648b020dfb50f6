#!/usr/bin/env bash
# Installs what "make test" needs and is missing, with the system's package manager where it may: a
# PostgreSQL server, Chromium, and a C compiler (the race detector needs one; the product does not).
# Says plainly what could not be installed and how to do it by hand. Quick when everything is there.
# Ends with 1 if something is still missing under CI=true, or the compiler anywhere; else the tests that
# need what is missing are skipped.
set -euo pipefail

has() { command -v "$1" >/dev/null 2>&1; }

has_postgres() {
	local dir
	for dir in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin; do
		if [ -x "$dir/initdb" ] && [ -x "$dir/postgres" ]; then return 0; fi
	done
	has initdb && has postgres || [ -n "${REJOINDER_TEST_DATABASE_URL:-}" ]
}

has_browser() {
	has chromium || has chromium-browser || has google-chrome || has google-chrome-stable || has headless-shell ||
		[ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] ||
		[ -x "/Applications/Chromium.app/Contents/MacOS/Chromium" ]
}

has_compiler() { has "${CC:-gcc}" || has cc || has clang; }

# Names of what is missing, from: postgres browser compiler.
missing() {
	has_postgres || echo postgres
	has_browser || echo browser
	has_compiler || echo compiler
}

# as_root runs a command as root, or fails without asking for a password: nobody may be there to type it.
as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif has sudo; then
		sudo -n "$@"
	else
		return 1
	fi
}

# packages PAIR... prints the packages of what is missing; a pair is what=package[,package].
packages() {
	local what pair
	for what in $(missing); do
		for pair in "$@"; do
			if [ "${pair%%=*}" = "$what" ]; then tr ',' '\n' <<<"${pair#*=}"; fi
		done
	done
}

install_with_apt() {
	local wanted
	wanted=$(packages postgres=postgresql browser=chromium,fonts-liberation compiler=gcc,libc6-dev)
	as_root apt-get update -q || return 1
	# shellcheck disable=SC2086 # one word for each package
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $wanted
}

install_with_dnf() {
	# shellcheck disable=SC2046
	as_root dnf install -y $(packages postgres=postgresql-server browser=chromium compiler=gcc)
}

install_with_brew() {
	local wanted
	wanted=$(packages postgres=postgresql@17)
	# A browser is an application of the user's: not ours to install. The compiler comes with Xcode.
	# shellcheck disable=SC2086
	[ -z "$wanted" ] || brew install $wanted
}

by_hand() {
	case $1 in
	postgres) echo "  PostgreSQL server   Debian, Ubuntu: apt-get install postgresql    Fedora: dnf install postgresql-server    macOS: brew install postgresql@17" ;;
	browser) echo "  Chromium or Chrome  Debian: apt-get install chromium    Fedora: dnf install chromium    macOS: brew install --cask google-chrome" ;;
	compiler) echo "  C compiler          Debian, Ubuntu: apt-get install gcc libc6-dev    Fedora: dnf install gcc    macOS: xcode-select --install" ;;
	esac
}

if [ -z "$(missing)" ]; then exit 0; fi
echo "The tests need and this machine lacks: $(missing | paste -sd' ' -)"
if has apt-get; then
	install_with_apt || echo "apt-get could not install it (it needs root, or sudo without a password)."
elif has dnf; then
	install_with_dnf || echo "dnf could not install it (it needs root, or sudo without a password)."
elif has brew; then
	install_with_brew || echo "brew could not install it."
else
	echo "There is no package manager here that this script knows (apt-get, dnf, brew)."
fi

if [ -z "$(missing)" ]; then exit 0; fi
echo "Still missing; please install by hand:"
for what in $(missing); do by_hand "$what"; done
if [ "${CI:-}" = true ]; then
	echo "CI=true: nothing may be skipped, so this is a failure."
	exit 1
fi
if ! has_compiler; then
	echo "Without a C compiler there is no race detector: go test ./... runs the tests without it."
	exit 1
fi
echo "The tests that need it will be skipped."
