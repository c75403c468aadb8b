#!/bin/sh
# Scrapes exporters that run on loopback ports, for release-catalogs.sh:
#
#   apt-get install haproxy nginx-light mariadb-server prometheus-haproxy-exporter prometheus-nginx-exporter \
#     prometheus-process-exporter prometheus-mysqld-exporter python3
#   tools/catalogs/scrapes.sh SCRAPES
#
# Besides, where they are on the PATH: coredns, cadvisor, and mysqld_exporter of a newer version than Debian's. Run as
# root: MariaDB is run as `mysql`, and cAdvisor reads the control groups.
set -eu
mkdir -p "$1"
scrapes=$(realpath "$1")
work=$(mktemp -d)
chmod 755 "$work"
pids=
trap 'kill $pids 2>/dev/null || true; wait; rm -rf "$work"' EXIT
cd "$work"

start() { # NAME COMMAND...
  name=$1
  shift
  "$@" >"$work/$name.log" 2>&1 &
  pids="$pids $!"
}

scrape() { # CATALOG PORT PROGRAM VERSION
  curl -fsS --retry 20 --retry-connrefused --retry-delay 1 "http://127.0.0.1:$2/metrics" -o "$scrapes/$1.$2.txt"
  echo "$3 $4" >>"$scrapes/$1.source"
}

debian_version() { # PACKAGE
  dpkg-query -W -f '${Version}' "$1" | sed 's/^[0-9]*://; s/[-+~].*//'
}

own_version() { # PROGRAM: the first version that it tells
  "$1" --version 2>&1 | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1
}

present() {
  command -v "$1" >/dev/null
}

# --- HAProxy with a web server behind it; its own service, and the exporter on its statistics
cat >nginx.conf <<CONF
daemon off;
pid $work/nginx.pid;
error_log $work/nginx.err;
events {}
http {
  access_log off;
  server { listen 127.0.0.1:28082; location = /stub_status { stub_status; } location / { return 200 ok; } }
}
CONF
cat >haproxy.cfg <<'CONF'
defaults
  mode http
  timeout connect 1s
  timeout client 5s
  timeout server 5s
frontend web
  bind 127.0.0.1:28080
  default_backend app
frontend metrics
  bind 127.0.0.1:28404
  http-request use-service prometheus-exporter if { path /metrics }
  stats enable
  stats uri /stats
backend app
  option httpchk GET /
  server one 127.0.0.1:28082 check
  stick-table type ip size 1k expire 1m store http_req_rate(10s)
resolvers dns
  nameserver local 127.0.0.1:20053
CONF
start nginx nginx -c "$work/nginx.conf"
sleep 1
start haproxy haproxy -f haproxy.cfg
start nginx-exporter prometheus-nginx-exporter -nginx.scrape-uri http://127.0.0.1:28082/stub_status \
  -web.listen-address 127.0.0.1:29113
start haproxy-exporter prometheus-haproxy-exporter --haproxy.scrape-uri 'http://127.0.0.1:28404/stats;csv' \
  --web.listen-address 127.0.0.1:29101
start process-exporter prometheus-process-exporter -procnames haproxy,nginx -web.listen-address 127.0.0.1:29256

# --- MySQL server exporter with all its collectors, on MariaDB
cat >my.cnf <<'CONF'
[client]
user=exporter
password=exporter
host=127.0.0.1
port=23306
CONF
mkdir mariadb
chown mysql mariadb
mariadb-install-db --user=mysql --datadir="$work/mariadb" --auth-root-authentication-method=normal >/dev/null
start mariadb setpriv --reuid mysql --regid mysql --clear-groups mariadbd --no-defaults --datadir="$work/mariadb" \
  --socket="$work/mariadb/socket" --port=23306 --bind-address=127.0.0.1 --performance-schema=ON --userstat=1 \
  --log-bin=log --server-id=1
collectors() { # PROGRAM: its flags that switch a collector on
  "$1" --help 2>&1 | grep -oE '^ +--(\[no-\])?collect\.[a-z_.]+ ' | sed 's/\[no-\]//' | sort -u
}
for try in 1 2 3 4 5 6 7 8 9 10; do
  mariadb --no-defaults -u root -S "$work/mariadb/socket" -e "
    CREATE USER exporter@'127.0.0.1' IDENTIFIED BY 'exporter'; GRANT ALL ON *.* TO exporter@'127.0.0.1';
    CREATE DATABASE d; CREATE TABLE d.t (a INT PRIMARY KEY AUTO_INCREMENT)" 2>/dev/null && break
  sleep "$((try / 2 + 1))"
done
port=29104
for program in prometheus-mysqld-exporter mysqld_exporter; do
  present "$program" || continue
  # The flags are words without spaces.
  # shellcheck disable=SC2046
  start "$program" env -u DATA_SOURCE_NAME "$program" --config.my-cnf="$work/my.cnf" \
    --web.listen-address="127.0.0.1:$port" $(collectors "$program")
  port=$((port + 1))
done

# --- CoreDNS, with one that it forwards to
cat >Corefile <<'CONF'
.:20053 {
  bind 127.0.0.1
  prometheus 127.0.0.1:29153
  health 127.0.0.1:28091
  errors
  log
  cache 30
  acl {
    filter type ANY
  }
  template IN A {
    match .*\.test\.$
    answer "{{ .Name }} 60 IN A 127.0.0.1"
  }
  hosts {
    127.0.0.1 host.example
    fallthrough
  }
  forward . 127.0.0.1:20054
}
.:20054 {
  bind 127.0.0.1
  template IN A {
    answer "{{ .Name }} 60 IN A 127.0.0.2"
  }
}
CONF
! present coredns || start coredns coredns -conf Corefile
! present cadvisor || start cadvisor cadvisor --listen_ip=127.0.0.1 --port=28088 --disable_metrics= -logtostderr

sleep 8
curl -fsS -o /dev/null http://127.0.0.1:28080/
python3 - <<'PYTHON'
import socket, struct

for kind in 1, 28, 255:
    for name in 'a.test', 'host.example', 'other.example', 'other.example':
        question = b''.join(bytes([len(part)]) + part.encode() for part in name.split('.')) + b'\0'
        asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        asking.settimeout(1)
        asking.sendto(struct.pack('>6H', 1, 256, 1, 0, 0, 0) + question + struct.pack('>2H', kind, 1), ('127.0.0.1', 20053))
        try:
            asking.recv(512)
        except OSError:
            pass
PYTHON

rm -f "$scrapes"/*.source
scrape haproxy 28404 "Debian's haproxy" "$(debian_version haproxy)"
scrape haproxy 29101 "Debian's prometheus-haproxy-exporter" "$(debian_version prometheus-haproxy-exporter)"
scrape nginx-exporter 29113 "Debian's prometheus-nginx-exporter" "$(debian_version prometheus-nginx-exporter)"
scrape process-exporter 29256 "Debian's prometheus-process-exporter" "$(debian_version prometheus-process-exporter)"
scrape mysqld-exporter 29104 "Debian's prometheus-mysqld-exporter" "$(debian_version prometheus-mysqld-exporter)"
! present mysqld_exporter || scrape mysqld-exporter 29105 mysqld_exporter "$(own_version mysqld_exporter)"
! present coredns || scrape coredns 29153 CoreDNS "$(own_version coredns)"
! present cadvisor || scrape cadvisor 28088 cAdvisor "$(own_version cadvisor)"
