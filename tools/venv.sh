#!/bin/sh
# Creates .venv with Python 3.11 or later, or keeps the existing one. Runs in the project folder; an argument names the
# Python to use. A .venv that was moved or copied with its folder, or whose Python is gone, is created again: its
# scripts and the installed project would still point to the old place. The file .venv/folder changes only then.
set -eu

here=$(pwd -P)
recent='import sys; sys.exit(sys.version_info < (3, 11))'
# A .venv whose creation was interrupted has no pip, or is not an environment at all.
whole='import sys, pip; sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix)'

if [ -e .venv ]; then
    place=$(cat .venv/folder 2>/dev/null || echo "unknown")
    if .venv/bin/python -c "$whole" 2>/dev/null; then
        if [ "$place" = "$here" ]; then
            exit 0
        elif [ "$place" = "unknown" ]; then # created by hand, as in the README
            echo "$here" > .venv/folder
            exit 0
        fi
    fi
    echo "Môi trường .venv không dùng được ở thư mục này: tạo lại."
    rm -rf .venv
fi

if [ -z "${1:-}" ]; then
    set -- python3.13 python3.12 python3.11 python3.14 python3 python
fi
for python in "$@"; do
    if "$python" -c "$recent" 2>/dev/null; then
        echo "Tạo .venv bằng $("$python" --version)."
        if "$python" -m venv .venv; then
            echo "$here" > .venv/folder
            exit 0
        fi
        rm -rf .venv
        echo "$python không tạo được .venv. Trên Debian hoặc Ubuntu, cài gói python3-venv rồi chạy lại." >&2
        exit 1
    fi
done

echo "Cần Python 3.11 trở lên, đã thử: $*." >&2
echo "Cài Python rồi chạy lại, hoặc chỉ rõ: make report PYTHON=/đường/dẫn/tới/python3" >&2
exit 1
