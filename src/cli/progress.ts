import { Worker } from 'node:worker_threads'
import type { Terminal } from './terminal.js'

export interface Progress {
  /** Tells what is done now. */
  step(name: string): void
  /** Removes the line; nothing of it comes after that. */
  end(): Promise<void>
}

const patienceMilliseconds = 1000

/** Runs beside the program, which has no time to draw while it parses. */
const drawing = `
const { parentPort, workerData: { shown, patience } } = require('node:worker_threads')
const { writeSync } = require('node:fs')
let step = ''
let isTime = false
const draw = () => {
  if (!isTime || Atomics.load(shown, 0) === 2) return
  Atomics.store(shown, 0, 1)
  try { writeSync(2, '\\r\\u001b[K' + step + '…') } catch {}
}
setTimeout(() => { isTime = true; draw() }, patience)
parentPort.on('message', (name) => { step = name; draw() })
`

/**
 * A line on a terminal that tells what a run does, once it has taken a second. There is none where the errors do not go
 * to a terminal, in CI, and where the terminal cannot remove it again.
 */
export function startProgress({ stderr, env }: Terminal): Progress {
  if (stderr.isTTY !== true || env['CI'] || env['TERM'] === 'dumb') return { step: () => undefined, end: () => Promise.resolve() }
  const shown = new Int32Array(new SharedArrayBuffer(4))
  // Options of node that the program was started with, such as modules to load first, are none of its.
  const worker = new Worker(drawing, { eval: true, execArgv: [], workerData: { shown, patience: patienceMilliseconds } })
  worker.unref()
  // Without it, the run is as good.
  worker.on('error', () => undefined)
  return {
    step: (name) => worker.postMessage(name),
    async end() {
      const wasShown = Atomics.exchange(shown, 0, 2) === 1
      await worker.terminate()
      if (wasShown) process.stderr.write('\r\u001b[K')
    },
  }
}
