import { expect, test } from 'vitest'
import { extracted } from './workspace.js'

const namesIn = async (code: string) => (await extracted({
  'app.py': `import itertools, os, sys\nfrom prometheus_client import Gauge\nfrom opentelemetry import metrics\nN = int(os.environ['N'])\n${code}\n`,
})).map((line) => line.split(' ')[2])

test.each([
  ['%d', 'def make(i): return Gauge("shard_%d_depth" % i, "S")', 'shard_#_depth'],
  ['%03d, and what follows it', 'def make(i): return Gauge("shard_%03d_%s" % (i, "depth"), "S")', 'shard_#_depth'],
  ['%(name)d', 'def make(i): return Gauge("shard_%(i)d_depth" % {"i": i}, "S")', 'shard_#_depth'],
  ['{:d}, and what follows it', 'def make(i): return Gauge("shard_{:d}_{}".format(i, "depth"), "S")', 'shard_#_depth'],
  ['an f-string with d', 'def make(i): return Gauge(f"shard_{i:d}_depth", "S")', 'shard_#_depth'],
  ['an f-string with 02d', 'def make(i): return Gauge(f"shard_{i:02d}_depth", "S")', 'shard_#_depth'],
  ['range()', 'for i in range(N): Gauge(f"shard_{i}_depth", "S")', 'shard_#_depth'],
  ['reversed(range())', 'for i in reversed(range(N)): Gauge(f"shard_{i}_depth", "S")', 'shard_#_depth'],
  ['a comprehension over range()', 'all = [Gauge(f"shard_{i}_depth", "S") for i in range(N)]', 'shard_#_depth'],
  ['enumerate()', 'for i, one in enumerate(sys.argv): Gauge(f"shard_{i}_depth", one)', 'shard_#_depth'],
  ['zip() with range()', 'for i, one in zip(range(N), sys.argv): Gauge(f"shard_{i}_depth", one)', 'shard_#_depth'],
  ['len()', 'def make(all): return Gauge(f"shard_{len(all)}_depth", "S")', 'shard_#_depth'],
  ['int()', 'def make(i): return Gauge(f"shard_{int(i)}_depth", "S")', 'shard_#_depth'],
  ['whole arithmetic', 'def make(all): return Gauge("shard_" + str(len(all) // 2 + 1) + "_depth", "S")', 'shard_#_depth'],
  ['the number of the process', 'Gauge(f"shard_{os.getpid()}_depth", "S")', 'shard_#_depth'],
  ['zfill()', 'def make(i): return Gauge("shard_" + str(int(i)).zfill(3) + "_depth", "S")', 'shard_#_depth'],
  ['itertools.count()', 'numbers = itertools.count(1)\ndef make(): return Gauge(f"shard_{next(numbers)}_depth", "S")', 'shard_#_depth'],
  // Any text where it may be one.
  ['an argument', 'def make(i): return Gauge(f"shard_{i}_depth", "S")', 'shard_*_depth'],
  ['%s', 'def make(i): return Gauge("shard_%s_depth" % i, "S")', 'shard_*_depth'],
  ['%x', 'def make(i): return Gauge("shard_%x_depth" % i, "S")', 'shard_*_depth'],
  ['digits in groups', 'def make(i): return Gauge(f"shard_{i:_d}_depth", "S")', 'shard_*_depth'],
  ['a width alone', 'def make(i): return Gauge(f"shard_{i:5}_depth", "S")', 'shard_*_depth'],
  ['a fraction', 'def make(all): return Gauge(f"shard_{len(all) / 2}_depth", "S")', 'shard_*_depth'],
  ['a number or a text', 'def make(i, all): return Gauge(f"shard_{len(all) if all else i}_depth", "S")', 'shard_*_depth'],
  ['OpenTelemetry, which takes signs and points', 'def make(i): return metrics.get_meter("m").create_counter("shard_%d_depth" % i)', 'shard_*_depth'],
])('%s in a name', async (_, code, expected) => {
  expect(await namesIn(code)).toEqual([expected])
})

test('a counter in a loop: the first numbers, and all after them', async () => {
  expect(await namesIn('i = 0\nwhile i < N:\n    Gauge(f"shard_{i}_depth", "S")\n    i += 1')).toEqual(['shard_#_depth', 'shard_0_depth', 'shard_1_depth'])
})

test('numbers that are known are written as the format says', async () => {
  expect(await namesIn('for i in range(2): Gauge(f"slot_{i:02d}", "S")\nfor i, name in enumerate(["a", "b"], start=1): Gauge("queue_%d_%s" % (i, name), "Q")'))
    .toEqual(['slot_00', 'slot_01', 'queue_1_a', 'queue_2_b'])
})

test('a comprehension over items of which some are not known makes metrics for those too', async () => {
  expect(await namesIn('all = {q: Gauge(f"depth_{q}", "D") for q in ["a", *sys.argv]}')).toEqual(['depth_*', 'depth_a'])
})
