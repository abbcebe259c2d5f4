# Hai lệnh chính: make report, make test. Không có make: xem README.vi.md.
# Works with GNU make 3.81 (macOS) and in folders with spaces in their names: every path here is relative.

MONTH ?=
PYTHON ?=
WORKERS ?= 2

export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PIP_REQUIRE_VIRTUALENV := 1

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --quiet
LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links $(LOCK_OPTIONS)

.PHONY: help report test setup check-style quarto dask lock backtests printable format clean FORCE
.DELETE_ON_ERROR:

help: ## Danh sách lệnh này
	@echo "Cách dùng: make LỆNH [MONTH=2025-10]"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

report: setup ## Sách báo cáo của một tháng (không ghi MONTH: tháng mới nhất), HTML và PDF
	@$(BIN)/python tools/get_quarto.py
	@$(BIN)/baocao report $(MONTH)

test: .venv/dev.stamp check-style ## Mọi kiểm tra: định dạng, kiểu, sổ tay, rồi pytest
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(PYTEST_OPTIONS)

check-style: .venv/dev.stamp ## Chỉ định dạng, kiểu và sổ tay đã xóa kết quả
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy src tools
	$(BIN)/nbstripout --keep-id --verify notebooks/*.ipynb

setup: .venv/run.stamp ## Môi trường Python .venv theo requirements.txt

quarto: setup ## Thử tải lại Quarto 1.10
	@$(BIN)/python tools/get_quarto.py again

dask: setup requirements-dask.txt ## Thêm dask.distributed để chạy trên nhiều máy
	@$(PIP) --require-hashes -r requirements-dask.txt

lock: .venv/dev.stamp ## Ghi lại requirements*.txt từ pyproject.toml (nâng cấp: LOCK_OPTIONS=--upgrade)
	$(LOCK) pyproject.toml --group build --output-file requirements.txt
	$(LOCK) pyproject.toml --group build --group dev --constraint requirements.txt --output-file requirements-dev.txt
	$(LOCK) pyproject.toml --group build --extra dask --constraint requirements.txt --output-file requirements-dask.txt
	$(LOCK) --no-deps --group quarto --output-file requirements-quarto.txt

backtests: .venv/dev.stamp ## Ghi lại số liệu đã công bố mà kiểm thử đối chiếu; đổi số thì CHANGELOG.md phải nêu lý do
	@$(BIN)/python tools/backtests.py

printable: .venv/dev.stamp ## Ghi lại các ký tự in được trong PDF (khi đổi phông chữ hoặc Typst)
	@$(BIN)/python tools/printable.py

format: .venv/dev.stamp ## Định dạng mã nguồn, xóa kết quả trong sổ tay
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/nbstripout --keep-id notebooks/*.ipynb

clean: ## Xóa mọi thứ sinh ra, trừ .venv
	rm -rf _book build .quarto reports/chuong .pytest_cache .mypy_cache .ruff_cache

FORCE:

.venv/folder: FORCE
	@sh tools/venv.sh "$(PYTHON)"

.venv/run.stamp: requirements.txt pyproject.toml .venv/folder
	@echo "Cài thư viện theo requirements.txt (lần đầu mất một vài phút)…"
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@# Python up to 3.12 decodes this file in the locale's encoding and fails to start if the folder's name does not fit.
	@for file in .venv/lib/python3*/site-packages/*baocao.pth; do test ! -f "$$file" || echo ../../../../src > "$$file"; done
	@# As pip does for libraries; where Python may not write bytecode (often in containers), each command would recompile.
	@$(BIN)/python -m compileall -q --invalidation-mode checked-hash src
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	@echo "Cài thêm thư viện kiểm thử theo requirements-dev.txt…"
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@
