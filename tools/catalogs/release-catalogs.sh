#!/bin/sh
# Generates the catalogs of programs in Go from the source of all their minor releases and, where there are some, from
# scrapes of running ones:
#
#   node tools/catalogs/unpack-releases.js CLONE NAME SOURCES [PATH...]    for each NAME below
#   tools/catalogs/scrapes.sh SCRAPES
#   tools/catalogs/release-catalogs.sh SOURCES SCRAPES [CATALOG...]
#
# SOURCES holds NAME@vVERSION directories. The places where the source does not tell a name are printed.
set -eu
sources=$(realpath "$1")
scrapes=$(realpath "$2")
shift 2
chosen=" $* "
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
go build -o "$work/go-descriptors" go-descriptors/main.go

releases() { # NAME: its versions, oldest first
  for directory in "$sources/$1@v"*; do echo "${directory##*@v}"; done | sort -V
}

described() { # NAME: `1.0.0 to 1.9.0, 10 releases`
  releases "$1" | sed -n '1p;$p' | paste -s -d ' ' | sed "s/ / to /; s/\$/, $(releases "$1" | wc -l) releases/"
}

catalog() { # CATALOG NAME
  case "$chosen" in *" $1 "* | '  ') ;; *) return 0 ;; esac
  arguments=
  for version in $(releases "$2"); do
    "$work/go-descriptors" "$sources/$2@v$version" >"$work/$version.json" 2>>"$work/unresolved.txt"
    arguments="$arguments --descriptors $work/$version.json"
    [ "$2" = cadvisor ] || [ "$2" = kube-state-metrics ] || continue
    node table-descriptors.js "$2" "$sources/$2@v$version" >"$work/$version.tables.json"
    arguments="$arguments --descriptors $work/$version.tables.json"
  done
  seen="What the source of $2 $(described "$2") declares"
  for scrape in "$scrapes/$1".*.txt; do
    [ -e "$scrape" ] || continue
    arguments="$arguments --scrape $scrape"
  done
  [ ! -e "$scrapes/$1.source" ] || seen="$seen; scrapes of $(paste -s -d ',' "$scrapes/$1.source" | sed 's/,/, /g')"
  # The arguments are words without spaces.
  # shellcheck disable=SC2086
  node build.js "$1" --version "$(described "$2")" --source "$seen" $arguments
}

catalog apache apache_exporter
catalog argocd argo-cd
catalog cadvisor cadvisor
catalog cert-manager cert-manager
catalog coredns coredns
catalog elasticsearch elasticsearch_exporter
catalog grafana grafana
catalog haproxy haproxy_exporter
catalog harbor harbor
catalog kafka kafka_exporter
catalog karpenter karpenter
catalog keda keda
catalog kube-state-metrics kube-state-metrics
catalog loki loki
catalog memcached memcached_exporter
catalog mysqld-exporter mysqld_exporter
catalog nginx-exporter nginx-prometheus-exporter
catalog nginx-ingress ingress-nginx
catalog pgbouncer pgbouncer_exporter
catalog process-exporter process-exporter
catalog prometheus-operator prometheus-operator
catalog statsd-exporter statsd_exporter
catalog tempo tempo
catalog thanos thanos
catalog traefik traefik
catalog velero velero
catalog windows-exporter windows_exporter
sort -u "$work/unresolved.txt" | sed "s|$sources/||" >&2
