#!/bin/sh
# Merges scrapes of a RabbitMQ node with what the source of a newer version declares. Start the node with
# rabbitmq_prometheus, rabbitmq_stream and rabbitmq_mqtt on a loopback port, run rabbitmq-drive.py against it (a classic
# queue, a quorum queue and a stream, publishers and consumers), then, while the channels are open:
#
#   tools/catalogs/rabbitmq.sh http://127.0.0.1:15692 SCRAPED_VERSION CHECKOUT TAG
set -eu
url=$1
checkout=$(realpath "$3")
cd "$(dirname "$0")"
work=$(mktemp -d)
families=$(git -C "$checkout" show "$4:deps/rabbitmq_prometheus/src/collectors/prometheus_rabbitmq_core_metrics_collector.erl" |
  sed -n 's/^    {\([a-z_]*\), \[$/family=\1/p' | tr '\n' '&')
curl -fsS "$url/metrics" -o "$work/aggregated.txt"
curl -fsS "$url/metrics/per-object" -o "$work/per-object.txt"
curl -fsS "$url/metrics/detailed?${families}family=ra_metrics" -o "$work/detailed.txt"
node rabbitmq-source.js "$checkout" "$4" > "$work/source.json"
node build.js rabbitmq --version "$2, ${4#v}" \
  --source "Scrapes (aggregated, per object, detailed) of RabbitMQ $2, and the tables in the source of ${4#v}" \
  --scrape "$work/aggregated.txt" --scrape "$work/per-object.txt" --scrape "$work/detailed.txt" \
  --descriptors "$work/source.json"
