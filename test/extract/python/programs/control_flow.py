"""Functions that choose a label's value in the ways in which Python lets a program go on."""
import contextlib

from prometheus_client import Counter

calls = Counter('calls', 'try, except, finally', ['status'])
loads = Counter('loads', 'try, except, else', ['result'])
transfers = Counter('transfers', 'an exception between two assignments', ['step'])
scans = Counter('scans', 'for with break and else', ['result', 'end'])
attempts = Counter('attempts', 'a variable carried to the next round', ['attempt'])
skips = Counter('skips', 'continue', ['kind'])
drains = Counter('drains', 'an endless loop', ['end'])
cleanups = Counter('cleanups', 'return through finally', ['way'])
guarded = Counter('guarded', 'a context manager that swallows', ['result'])
managed = Counter('managed', 'a class that swallows', ['result'])
tracked = Counter('tracked', 'a generator as context manager', ['outcome'])
matched = Counter('matched', 'match', ['kind'])
chosen = Counter('chosen', 'an assignment expression', ['size'])
rounds = Counter('rounds', 'try in a loop', ['result'])
signals = Counter('signals', 'nonlocal', ['state'])
modes = Counter('modes', 'global', ['mode'])
tallies = Counter('tallies', 'a dictionary that changes in a loop', ['last'])
nested = Counter('nested', 'finally in finally', ['mark'])


def call(work):
    status = 'success'
    try:
        return work()
    except ValueError:
        status = 'refused'
        raise
    except Exception:
        status = 'error'
    finally:
        calls.labels(status).inc()


def load(work):
    try:
        work()
    except KeyError:
        result = 'missing'
    else:
        result = 'ok'
    loads.labels(result).inc()


def transfer(connect, send):
    step = 'idle'
    try:
        step = 'connect'
        connect()
        step = 'send'
        send()
        step = 'done'
    except OSError:
        pass
    transfers.labels(step).inc()


def scan(items):
    result = 'clean'
    for item in items:
        if item:
            result = 'dirty'
            break
    else:
        scans.labels(result, 'all').inc()
        return
    scans.labels(result, 'first').inc()


def attempt(work):
    attempt = 'first'
    while not work():
        attempts.labels(attempt).inc()
        attempt = 'again'


def skip(items):
    kind = 'none'
    for item in items:
        if item is None:
            kind = 'skipped'
            continue
        kind = 'used'
    skips.labels(kind).inc()


def drain(read):
    end = 'empty'
    while True:
        try:
            if read() is None:
                end = 'closed'
                break
        except EOFError:
            end = 'cut'
            break
    drains.labels(end).inc()


def clean_up(early):
    way = 'start'
    try:
        if early:
            way = 'early'
            return
        way = 'late'
    finally:
        cleanups.labels(way).inc()


def guard(work):
    result = 'failed'
    with contextlib.suppress(Exception):
        work()
        result = 'ok'
    guarded.labels(result).inc()


class Quiet:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        return kind is not None


def manage(work):
    result = 'failed'
    with Quiet():
        work()
        result = 'ok'
    managed.labels(result).inc()


@contextlib.contextmanager
def track():
    outcome = 'done'
    try:
        yield
    except LookupError:
        outcome = 'lost'
    finally:
        tracked.labels(outcome).inc()


def use(work):
    with track():
        work()


def match_kind(value):
    match value:
        case int():
            kind = 'number'
        case []:
            kind = 'nothing'
        case _:
            kind = 'other'
    matched.labels(kind).inc()


def choose(items):
    if (size := 'many' if len(items) > 1 else 'few') == 'few':
        items = []
    chosen.labels(size).inc()


def run_all(works):
    for work in works:
        result = 'ok'
        try:
            work()
        except KeyError:
            result = 'key'
            continue
        except ValueError:
            result = 'value'
        finally:
            rounds.labels(result).inc()


def listen(subscribe):
    state = 'idle'

    def on_event():
        nonlocal state
        state = 'busy'

    subscribe(on_event)
    signals.labels(state).inc()


MODE = 'cold'


def record_mode():
    modes.labels(MODE).inc()


def warm_up():
    global MODE
    MODE = 'warm'


def tally(items):
    seen = {'last': 'none'}
    for item in items:
        tallies.labels(seen['last']).inc()
        seen['last'] = 'some'


def nest(work):
    mark = 'begun'
    try:
        try:
            work()
        finally:
            mark = 'inner'
    except RuntimeError:
        nested.labels(mark).inc()
        mark = 'handled'
    finally:
        nested.labels(mark).inc()
