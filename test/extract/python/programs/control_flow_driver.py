"""Takes every way through control_flow.py and prints what was recorded."""
import control_flow as flow
from prometheus_client import generate_latest


def raising(error):
    def work():
        raise error
    return work


def quietly(function, *args):
    try:
        function(*args)
    except Exception:
        pass


def fine():
    return 1


def subscribe_now(callback):
    callback()


def subscribe_later(callback):
    return None


for work in (fine, raising(ValueError()), raising(OSError())):
    quietly(flow.call, work)
    quietly(flow.guard, work)
    quietly(flow.manage, work)
for work in (fine, raising(KeyError())):
    flow.load(work)
    flow.use(work)
for connect, send in ((raising(OSError()), fine), (fine, raising(OSError())), (fine, fine)):
    flow.transfer(connect, send)
for items in ([], [0, 1], [None], [None, 1], [1, None]):
    flow.scan(items)
    flow.skip(items)
    flow.tally(items)
    flow.choose(items)
answers = iter([False, False, True])
flow.attempt(lambda: next(answers))
flow.drain(lambda: None)
flow.drain(raising(EOFError()))
for early in (True, False):
    flow.clean_up(early)
for value in (1, [], 'x'):
    flow.match_kind(value)
flow.run_all([fine, raising(KeyError()), raising(ValueError())])
flow.listen(subscribe_now)
flow.listen(subscribe_later)
flow.record_mode()
flow.warm_up()
flow.record_mode()
for work in (fine, raising(RuntimeError()), raising(KeyError())):
    quietly(flow.nest, work)
print(generate_latest().decode())
