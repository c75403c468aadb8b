#!/bin/sh
# Generates the catalogs of exporters that are written in Go (and of Redis and PostgreSQL through them), from scrapes of
# Debian's builds on loopback ports and from the source of newer versions:
#
#   apt-get install prometheus prometheus-node-exporter prometheus-alertmanager prometheus-pushgateway \
#     prometheus-blackbox-exporter prometheus-redis-exporter prometheus-postgres-exporter etcd-server redis-server \
#     postgresql
#   tools/catalogs/exporters.sh SOURCES
#
# SOURCES holds unpacked sources, each in NAME@vVERSION (as in the Go module cache): alertmanager, blackbox_exporter,
# etcd, node_exporter, postgres_exporter, prometheus, redis_exporter. Several versions of one are all read. Run as root,
# since PostgreSQL is run as `postgres`.
set -eu
sources=$(realpath "$1")
cd "$(dirname "$0")"
tools=$PWD
work=$(mktemp -d)
chmod 755 "$work"
pids=
postgres_bin=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
trap 'kill $pids 2>/dev/null || true; as_postgres pg_ctl -D "$work/postgres" -m immediate stop >/dev/null' EXIT

start() { # NAME COMMAND...
  name=$1
  shift
  (cd "$work" && exec "$@" >"$work/$name.log" 2>&1) &
  pids="$pids $!"
}

as_postgres() { # PROGRAM ARGUMENT...
  program=$1
  shift
  runuser -u postgres -- "$postgres_bin/$program" "$@"
}

scrape() { # NAME URL
  curl -fsS --retry 20 --retry-connrefused --retry-delay 1 "http://127.0.0.1:$2" -o "$work/$1.txt"
}

debian_version() { # PACKAGE
  dpkg-query -W -f '${Version}' "$1" | sed 's/^[0-9]*://; s/[-+~].*//'
}

versions() { # NAME: of the sources; the Go module of Prometheus 3.16.0 is v0.316.0
  for directory in "$sources/$1@"*; do printf '%s ' "${directory##*@v}"; done |
    sed 's/^0\.\([0-9]\)\([0-9][0-9]\)\.\([0-9]* \)$/\1.\2.\3/; s/ $//; s/ /, /g'
}

read_declared() { # NAME...: client_golang calls in every version's source
  for name in "$@"; do
    for directory in "$sources/$name@"*; do
      go run "$tools/go-descriptors/main.go" "$directory" >"$work/${directory##*/}.json" 2>"$work/stderr.txt" ||
        { cat "$work/stderr.txt"; return 1; }
      cat "$work/stderr.txt" >>"$work/unresolved.txt"
    done
  done
}

read_tables() { # NAME...: the exporter's own tables
  for name in "$@"; do
    for directory in "$sources/$name@"*; do
      node table-descriptors.js "$name" "$directory" >"$work/${directory##*/}.tables.json"
    done
  done
}

declared() { # NAME: the arguments for all that was read of it
  for file in "$work/$1@"*.json; do printf -- '--descriptors %s ' "$file"; done
}

exporter() { # CATALOG DEBIAN_PACKAGE SOURCE_NAME BUILD_ARGUMENT...
  catalog=$1 package=$2 from=$3
  shift 3
  node build.js "$catalog" --version "$(debian_version "$package"), $(versions "$from")" \
    --source "Scrapes of Debian's $package $(debian_version "$package"), and what the source of $(versions "$from") declares" "$@"
}

# --- Prometheus, with itself as target, remote end and Alertmanager's client; Alertmanager; Pushgateway; etcd
cat >"$work/prometheus.yml" <<'YAML'
global: { scrape_interval: 1s, evaluation_interval: 1s }
alerting: { alertmanagers: [{ static_configs: [{ targets: ['127.0.0.1:29093'] }] }] }
rule_files: [rules.yml]
scrape_configs:
  - { job_name: static, static_configs: [{ targets: ['127.0.0.1:29090'] }] }
  - { job_name: file, file_sd_configs: [{ files: [targets.yml] }] }
remote_write: [{ url: 'http://127.0.0.1:29090/api/v1/write' }]
remote_read: [{ url: 'http://127.0.0.1:29090/api/v1/read' }]
YAML
echo 'groups: [{ name: g, rules: [{ record: "a:b", expr: up }, { alert: A, expr: up == 1 }] }]' >"$work/rules.yml"
echo '[{ targets: ["127.0.0.1:29091"] }]' >"$work/targets.yml"
cat >"$work/alertmanager.yml" <<'YAML'
route: { receiver: webhook, group_wait: 1s }
receivers: [{ name: webhook, webhook_configs: [{ url: 'http://127.0.0.1:29091/' }] }]
YAML
start prometheus prometheus --config.file=prometheus.yml --storage.tsdb.path=prometheus \
  --web.listen-address=127.0.0.1:29090 --web.enable-remote-write-receiver \
  --storage.remote.flush-deadline=1s --enable-feature=native-histograms,exemplar-storage
start alertmanager prometheus-alertmanager --config.file=alertmanager.yml --storage.path=alertmanager \
  --web.listen-address=127.0.0.1:29093 --cluster.listen-address=127.0.0.1:29094
start pushgateway prometheus-pushgateway --web.listen-address=127.0.0.1:29091
start etcd etcd --data-dir etcd --listen-client-urls http://127.0.0.1:22379 --advertise-client-urls http://127.0.0.1:22379 \
  --listen-peer-urls http://127.0.0.1:22380 --initial-advertise-peer-urls http://127.0.0.1:22380 \
  --initial-cluster default=http://127.0.0.1:22380

# --- node_exporter, with the collectors that are off by default
start node_exporter prometheus-node-exporter --web.listen-address=127.0.0.1:29100 --collector.buddyinfo \
  --collector.cgroups --collector.drbd --collector.ethtool --collector.interrupts --collector.ksmd --collector.lnstat \
  --collector.meminfo_numa --collector.mountstats --collector.network_route --collector.perf --collector.processes \
  --collector.qdisc --collector.slabinfo --collector.sysctl --collector.tcpstat --collector.zoneinfo

# --- the blackbox exporter, one probe of each kind
cat >"$work/blackbox.yml" <<'YAML'
modules:
  http: { prober: http }
  tcp: { prober: tcp }
  icmp: { prober: icmp }
  dns: { prober: dns, dns: { query_name: localhost } }
YAML
start blackbox prometheus-blackbox-exporter --config.file=blackbox.yml --web.listen-address=127.0.0.1:29115

# --- Redis and PostgreSQL, with something in them
start redis redis-server --port 26379 --bind 127.0.0.1 --save ''
start redis_exporter prometheus-redis-exporter -redis.addr redis://127.0.0.1:26379 -web.listen-address 127.0.0.1:29121 \
  -include-system-metrics -check-keys '*' -check-streams '*' -check-key-groups '^(.)' -export-client-list
mkdir "$work/postgres"
chown postgres "$work/postgres"
as_postgres initdb -D "$work/postgres" -A trust >/dev/null
as_postgres pg_ctl -D "$work/postgres" -l "$work/postgres/log" -w start \
  -o "-p 25432 -c listen_addresses=127.0.0.1 -k $work/postgres -c shared_preload_libraries=pg_stat_statements" >/dev/null
as_postgres psql -q -h 127.0.0.1 -p 25432 -c 'CREATE EXTENSION pg_stat_statements' -c 'CREATE TABLE t (a int PRIMARY KEY)'
start postgres_exporter env 'DATA_SOURCE_NAME=postgresql://postgres@127.0.0.1:25432/postgres?sslmode=disable' \
  prometheus-postgres-exporter --web.listen-address=127.0.0.1:29187 --auto-discover-databases

sleep 5
redis-cli -p 26379 set key value >/dev/null
redis-cli -p 26379 xadd stream '*' field value >/dev/null
redis-cli -p 26379 xgroup create stream group 0 >/dev/null
echo 'pushed 1' | curl -fsS --data-binary @- http://127.0.0.1:29091/metrics/job/job
curl -fsS -o /dev/null http://127.0.0.1:29093/api/v2/silences -H 'Content-Type: application/json' -d '{
  "matchers": [{ "name": "a", "value": "b", "isRegex": false }], "startsAt": "2020-01-01T00:00:00Z",
  "endsAt": "2099-01-01T00:00:00Z", "createdBy": "a", "comment": "a" }' || true
sleep 20

for probe in http=http://127.0.0.1:29090 tcp=127.0.0.1:29090 icmp=127.0.0.1 dns=127.0.0.1; do
  scrape "probe-${probe%%=*}" "29115/probe?module=${probe%%=*}&target=${probe#*=}"
done
for target in prometheus=29090 alertmanager=29093 pushgateway=29091 etcd=22379 node_exporter=29100 blackbox=29115 \
  redis_exporter=29121 postgres_exporter=29187; do
  scrape "${target%%=*}" "${target#*=}/metrics"
done

read_declared prometheus alertmanager etcd node_exporter blackbox_exporter postgres_exporter
read_tables redis_exporter

# The lists of arguments below are words without spaces.
# shellcheck disable=SC2046
{
  node build.js go-default --version "$(debian_version prometheus), $(debian_version prometheus-pushgateway)" \
    --source "Scrapes of Debian's prometheus (runtime metrics on) and prometheus-pushgateway, what begins with go_, process_ and promhttp_" \
    --scrape "$work/prometheus.txt" --scrape "$work/pushgateway.txt" --scrape "$work/blackbox.txt"
  exporter prometheus prometheus prometheus --scrape "$work/prometheus.txt" $(declared prometheus)
  exporter alertmanager prometheus-alertmanager alertmanager --scrape "$work/alertmanager.txt" $(declared alertmanager)
  node build.js pushgateway --version "$(debian_version prometheus-pushgateway)" \
    --source "A scrape of Debian's prometheus-pushgateway $(debian_version prometheus-pushgateway) after one push" \
    --scrape "$work/pushgateway.txt"
  exporter etcd etcd-server etcd --scrape "$work/etcd.txt" $(declared etcd)
  exporter node-exporter prometheus-node-exporter node_exporter --scrape "$work/node_exporter.txt" $(declared node_exporter)
  exporter blackbox-exporter prometheus-blackbox-exporter blackbox_exporter --scrape "$work/blackbox.txt" \
    --scrape "$work/probe-http.txt" --scrape "$work/probe-tcp.txt" --scrape "$work/probe-icmp.txt" \
    --scrape "$work/probe-dns.txt" $(declared blackbox_exporter)
  exporter redis-exporter prometheus-redis-exporter redis_exporter --scrape "$work/redis_exporter.txt" $(declared redis_exporter)
  exporter postgres-exporter prometheus-postgres-exporter postgres_exporter --scrape "$work/postgres_exporter.txt" \
    $(declared postgres_exporter)
}
sort -u "$work/unresolved.txt"
