#!/bin/sh
# Installs Kontor from this folder for the person who calls it, or takes it away again. It needs no rights but the person's.
#   ./install.sh --user        into ~/.local
#   ./install.sh --uninstall   what --user has put there; the workspace stays
# The window needs GTK 3 and WebKitGTK 4.1 of the system (Debian and Ubuntu: libwebkit2gtk-4.1-0, Fedora: webkit2gtk4.1).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
prefix=${HOME:?}/.local
list=$prefix/share/kontor-installed
refresh() {
  update-desktop-database -q "$prefix/share/applications" 2>/dev/null || true
  update-mime-database "$prefix/share/mime" 2>/dev/null || true
}
remove() {
  [ -f "$list" ] || return 0
  while IFS= read -r name; do rm -f "$prefix/$name"; done <"$list"
  # Folders that are empty now, deepest first.
  sed -n 's:/[^/]*$::p' "$list" | sort -ru | while IFS= read -r dir; do (cd "$prefix" && rmdir -p "$dir" 2>/dev/null) || true; done
  rm -f "$list"
}
case "${1:-}" in
--user)
  remove
  cd "$here/usr"
  mkdir -p "$prefix/share"
  find . -type f | sed 's:^\./::' | sort >"$list"
  while IFS= read -r name; do
    mkdir -p "$prefix/$(dirname "$name")"
    cp "$name" "$prefix/$name"
  done <"$list"
  entry=$prefix/share/applications/kontor.desktop
  sed "s:^Exec=kontor:Exec=\"$prefix/bin/kontor\":" "$here/usr/share/applications/kontor.desktop" >"$entry"
  refresh
  echo "Kontor is in $prefix/bin; $0 --uninstall takes it away."
  if ! "$prefix/bin/kontor" --version >/dev/null 2>&1; then
    echo "It does not start yet: GTK 3 or WebKitGTK 4.1 is missing (see the top of this script)." >&2
  fi
  ;;
--uninstall)
  remove
  refresh
  echo "Kontor was removed. The workspace is still in ${XDG_DATA_HOME:-$HOME/.local/share}/kontor."
  ;;
*)
  sed -n '2,5s/^# \{0,1\}//p' "$0"
  exit 2
  ;;
esac
