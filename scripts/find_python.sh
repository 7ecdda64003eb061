#!/bin/sh
# Prints a Python that can make the virtual environment, or says in one sentence what is missing.
# $PYTHON, when set, is the only one tried.
candidates=${PYTHON:-"python3 python3.14 python3.13 python3.12 python3.11 python"}
found=""
for candidate in $candidates; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    found=$candidate
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
            echo "$candidate"
            exit 0
        fi
        echo "Set-up stopped: $candidate lacks the venv module; install it (on Debian and Ubuntu: apt install python3-venv) and run make again." >&2
        exit 1
    fi
done
if [ -n "$found" ]; then
    version=$("$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo "of an unknown version")
    echo "Set-up stopped: Python 3.11 or later is needed, but $found is $version; install a newer Python, or name one: make PYTHON=/path/to/python3.12." >&2
else
    echo "Set-up stopped: no Python was found; install Python 3.11 or later and run make again." >&2
fi
exit 1
