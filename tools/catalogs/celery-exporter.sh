#!/bin/sh
# Lists what danihodovic/celery-exporter exposes. It is not on PyPI, so a checkout of it is needed, with its dependencies
# installed: tools/catalogs/celery-exporter.sh CHECKOUT [PYTHON]
set -eu
checkout=$(realpath "$1")
python=${2:-python3}
cd "$(dirname "$0")"
work=$(mktemp -d)
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$checkout/pyproject.toml")
PYTHONPATH=$checkout "$python" python-registry.py "
from src.exporter import Exporter
registry = Exporter().registry
" > "$work/metrics.txt"
node build.js celery-exporter --version "$version" --scrape "$work/metrics.txt" \
  --source "The registry of celery-exporter $version, every metric recorded once"
