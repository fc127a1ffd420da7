# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the other tools: where things are, what the machine lacks, how the program is built and installed.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say () {
  printf '%s\n' "$*" >&2
}

die () {
  say "$@"
  exit 1
}

# Packages of the named sections of tools/packages.
list_packages () {
  awk -v wanted=" $* " '
    { sub (/#.*/, "") }
    /^\[/ { gsub (/[][ \t]/, ""); on = index (wanted, " " $0 " "); next }
    on && NF { print $1 }' "$root/tools/packages"
}

is_installed () {
  dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

# Installs what is missing of the named sections; asks for nothing when nothing is.
install_packages () {
  local package missing=() as_root=()
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "This is not a Debian machine; it needs what these packages hold: $(list_packages "$@" | xargs)"
    return 0
  fi
  for package in $(list_packages "$@"); do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      die "Packages are missing, and there is neither root nor sudo to install them. As root:" \
        "apt-get install --no-install-recommends ${missing[*]}"
    as_root=(sudo)
  fi
  say "Installing ${missing[*]}"
  local log apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300
    -o Acquire::Retries=3)
  log=$(mktemp)
  # A failing update (a third party's list) need not stop us: the install decides.
  "${apt[@]}" update </dev/null >"$log" 2>&1
  if ! "${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null >>"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    die "apt-get could not install ${missing[*]}"
  fi
  rm -f "$log"
}

# What build() makes; empty: everything.
targets=()

# build FOLDER OPTION...: configures where folder, options or tools are new, and builds.
build () {
  local folder=$1 stamp
  shift
  stamp="$* gcc $(gcc -dumpfullversion) meson $(meson --version)"
  if [ "$(cat "$folder/stamp" 2>/dev/null)" != "$stamp" ]; then
    rm -rf "$folder"
    meson setup "$folder" "$root" "$@" || return
    printf '%s\n' "$stamp" >"$folder/stamp"
  fi
  ninja -C "$folder" "${targets[@]}"
}

# install_into FOLDER PREFIX: builds in FOLDER what is installed, no tests, and puts it below PREFIX.
install_into () {
  build "$1" --buildtype=release -Dtests=false --prefix="$2" &&
    meson install -C "$1" --no-rebuild --only-changed --quiet
}
