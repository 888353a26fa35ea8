#!/bin/sh
# Make .venv from uv.lock: the soichieu command and the development tools. Quick when nothing has changed.
# Needs a Python >= 3.11 with venv, and nothing else. PYTHON and UV name other programs than those found here.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd -P)
uv_version=0.13.9
group=${1:-}  # "bench": the benches' peers too
stamp=.venv/.installed

fail() { echo "make install: $*" >&2; exit 1; }

find_python() {
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14}; do
        command -v "$name" >/dev/null 2>&1 || continue
        # The program itself: what is on PATH may be a shim that answers differently in another folder.
        "$name" -c 'import sys, venv, ensurepip; assert sys.version_info >= (3, 11); print(sys.executable)' 2>/dev/null && return
    done
    fail "no Python >= 3.11 with venv here. On Debian and Ubuntu: apt-get install python3 python3-venv"
}

# The uv of the machine when it is as new as the one this was tried with; else one of our own in .uv, out of the way
# of .venv, from which a sync would remove it.
find_uv() {
    for candidate in ${UV:-uv .uv/bin/uv}; do
        have=$("$candidate" --version 2>/dev/null | cut -d' ' -f2) || continue
        [ -n "$have" ] || continue
        if [ -n "${UV:-}" ] || [ "$(printf '%s\n%s\n' "$uv_version" "$have" | sort -V | head -n1)" = "$uv_version" ]; then
            echo "$candidate"
            return
        fi
    done
    rm -rf .uv
    "$python" -m venv .uv >&2 || fail "$python cannot make a virtual environment (python3-venv?)"
    .uv/bin/pip install --quiet --disable-pip-version-check "uv==$uv_version" >&2 || fail "pip could not install uv $uv_version"
    echo .uv/bin/uv
}

# A virtual environment knows its own path: one that was copied here with its folder is made again.
if [ -e "$stamp" ] && [ "$(cat "$stamp")" != "$root" ]; then rm -rf .venv .uv; fi

current=yes
for source in uv.lock pyproject.toml tools/install.sh; do
    if [ ! -e "$stamp" ] || [ "$source" -nt "$stamp" ]; then current=no; fi
done
.venv/bin/python -c '' 2>/dev/null || current=no
[ -z "$group" ] || [ -e ".venv/.$group" ] || current=no

if [ "$current" = no ]; then
    python=$(find_python)
    uv=$(find_uv)
    echo "installing with $python and $("$uv" --version)"
    unset VIRTUAL_ENV
    UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON_DOWNLOADS=never "$uv" sync --locked --quiet --python "$python" ${group:+--group "$group"}
    rm -f .venv/.catalogues .venv/.warm .venv/.bench
    [ -z "$group" ] || touch ".venv/.$group"
    echo "$root" > "$stamp"
fi

# Translations: .mo files are built here and not committed.
if [ -e src/soichieu/web/catalogues.py ]; then
    stale=$(find src -name '*.po' -newer .venv/.catalogues 2>/dev/null | head -n1) || true
    for po in $(find src -name '*.po'); do [ -e "${po%.po}.mo" ] || stale=$po; done
    if [ ! -e .venv/.catalogues ] || [ -n "$stale" ]; then
        .venv/bin/python -m soichieu.web.catalogues
        touch .venv/.catalogues
    fi
fi

# The fold is compiled once and kept, so that the first page and the first test do not wait for the compiler.
if [ -e src/soichieu/ledger/warm.py ]; then
    stale=$(find src/soichieu/ledger -name '*.py' -newer .venv/.warm 2>/dev/null | head -n1) || true
    if [ ! -e .venv/.warm ] || [ -n "$stale" ]; then
        .venv/bin/python -m soichieu.ledger.warm
        touch .venv/.warm
    fi
fi
