// node --expose-gc producer.mjs DIRECTORY
//
// Runs the compiled producer of the fixture on a broker of our own, which fails as it is told to. Reads commands from
// standard input, one on a line, and answers `done COMMAND`:
//   drive   goes through every code path of the producer
//   outage  loses the broker for good, and opens the circuit breaker

import { once } from 'node:events'
import { connect as connectSocket, createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

const load = (module) => import(pathToFileURL(join(process.argv[2], module)).href)
const { loadConfig } = await load('config.js')
const { createProducer } = await load('producer.js')
const { TASK_TYPES } = await load('tasks.js')

const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5672'), { code: 'ECONNREFUSED' })
const connectErrors = [
  refused,
  new Error('Heartbeat timeout'),
  new Error('Handshake terminated by server: 403 (ACCESS-REFUSED)'),
  Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
  new Error('no such virtual host'),
]

const broker = {
  isDown: false,
  failures: [],
  publishFailures: 0,
  lose: undefined,
  connections: 0,
  async connect() {
    if (broker.isDown) throw refused
    const failure = broker.failures.shift()
    if (failure) throw failure
    broker.connections += 1
    return {
      channel: {
        async publish() {
          if (broker.publishFailures > 0) {
            broker.publishFailures -= 1
            throw new Error('nacked')
          }
        },
      },
      onLost: (listener) => (broker.lose = listener),
      close: async () => {},
    }
  },
}

const config = loadConfig()
const producer = createProducer(config, () => broker.connect())
const url = `http://127.0.0.1:${config.port}`

async function send(type, bytes) {
  const payload = { audio: 'x'.repeat(bytes) }
  const response = await fetch(`${url}/tasks`, { method: 'POST', body: JSON.stringify({ type, payload }) })
  return response.status
}

async function expectStatus(expected, actual) {
  const status = await actual
  if (status !== expected) throw new Error(`expected status ${expected}, got ${status}`)
}

const statusOf = async (path, init) => (await fetch(url + path, init)).status

async function drive() {
  for (const type of TASK_TYPES) {
    for (const bytes of [10, 3_000, 50_000, 500_000]) await expectStatus(202, send(type, bytes))
    broker.publishFailures = 1
    await expectStatus(202, send(type, 10))
  }
  await expectStatus(400, statusOf('/tasks', { method: 'POST', body: '{' }))
  await expectStatus(400, statusOf('/tasks', { method: 'POST', body: '{"type":"unknown","payload":{}}' }))
  await expectStatus(404, statusOf('/nothing'))
  await expectStatus(200, statusOf('/health'))
  await expectStatus(200, statusOf('/metrics'))

  for (const type of TASK_TYPES) {
    broker.publishFailures = Infinity
    await expectStatus(502, send(type, 10))
    let status = 0
    while (status !== 503) status = await send(type, 10)
    await sleep(config.resetTimeoutMs * 2)
    await send(type, 10) // half open, and open again
    broker.publishFailures = 0
    await sleep(config.resetTimeoutMs * 2)
    await expectStatus(202, send(type, 10))
  }

  for (const error of [undefined, ...connectErrors]) await loseAndComeBack(error, [])
  await loseAndComeBack(undefined, connectErrors)
}

async function loseAndComeBack(error, failures) {
  broker.failures = [...failures]
  const before = broker.connections
  broker.lose(error)
  while (broker.connections === before) await sleep(5)
}

async function outage() {
  broker.isDown = true
  broker.lose(undefined)
  while ((await send('transcription', 10)) !== 503);
}

// What the runtime's own metrics need to have something to tell: garbage collections of each kind that can be asked
// for, and a request in flight (a write that its reader does not take).
async function busyRuntime() {
  globalThis.gc({ type: 'minor' })
  globalThis.gc({ type: 'major' })
  const idle = createServer((socket) => socket.pause()).listen(0, '127.0.0.1')
  await once(idle, 'listening')
  connectSocket(idle.address().port, '127.0.0.1').write(Buffer.alloc(64 * 1024 * 1024))
}

const commands = { drive, outage }

await producer.start()
await busyRuntime()
console.log('done start')
process.once('SIGTERM', () => process.exit(0))
for await (const command of createInterface({ input: process.stdin })) {
  await commands[command]()
  console.log(`done ${command}`)
}
process.exit(0)
