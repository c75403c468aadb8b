/**
 * `npm run fuzz`: changed and broken inputs for everything that reads files. Each target runs in a child process, which
 * is ended where one input takes too long. What is found is told with a small input and makes the exit code 1.
 *
 *     npm run fuzz -- [--seconds 60 | --inputs 1000000] [--seed 1] [--stall 10] [--keep DIR] [target…]
 */
import { clearInterval, setInterval } from 'node:timers'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { minimized } from './minimize.js'
import { inputOf, targets } from './targets.js'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string' }, inputs: { type: 'string' }, seed: { type: 'string', default: '1' },
    stall: { type: 'string', default: '10' }, keep: { type: 'string' },
  },
})
const names = positionals.length > 0 ? positionals : Object.keys(targets)
const stranger = names.find((name) => targets[name] === undefined)
if (stranger !== undefined) {
  console.error(`no target "${stranger}"; there are: ${Object.keys(targets).join(', ')}`)
  process.exit(2)
}
const seconds = Number(options.seconds ?? (options.inputs === undefined ? 60 : Infinity))
const stallMs = Number(options.stall) * 1000
const shares = names.reduce((sum, name) => sum + targets[name].share, 0)
const scratch = mkdtempSync(join(tmpdir(), 'ml-dash-lint-fuzz-input-'))
/** Of one kind of error so many are kept, of a target so many kinds. */
const mostKinds = 20

let failed = false
let total = 0
try {
  for (const name of names) {
    const count = options.inputs === undefined ? Infinity : Math.ceil((Number(options.inputs) * targets[name].share) / shares)
    const started = performance.now()
    const { done, found } = await fuzz(name, count, (seconds * 1000) / names.length)
    total += done
    const took = ((performance.now() - started) / 1000).toFixed(1)
    console.log(`${name.padEnd(18)} ${String(done).padStart(8)} inputs in ${took} s, ${found.size} found`)
    for (const { index, error } of found.values()) await tell(name, index, error)
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
console.log(`${total} inputs, seed ${options.seed}`)
if (failed) process.exitCode = 1

/** Runs inputs until there are enough or time is up; after a stall or a crash a new child goes on with the next. */
async function fuzz(name, count, milliseconds) {
  const end = performance.now() + milliseconds
  const found = new Map()
  let next = 0
  while (next < count && performance.now() < end && found.size < mostKinds) {
    const run = await child([name, options.seed, String(next), String(Math.min(count - next, 1e9))], end, (problem) => note(found, problem))
    next = run.last + 1
    if (run.ended === 'stalled' || run.ended === 'died') note(found, { index: run.last, error: run.ended === 'stalled' ? `takes more than ${options.stall} s` : `the process died: ${run.reason}` })
    else break
  }
  return { done: next, found }
}

/** One of each kind: the same error at the same place. */
function note(found, { index, error }) {
  const kind = error.replace(/\d+/g, '0').replace(/"[^"]*"/g, '""').slice(0, 300)
  if (!found.has(kind) && found.size < mostKinds) found.set(kind, { index, error })
}

/** A child's run: the last input that it began, and how it ended. */
function child(args, end, onProblem) {
  return new Promise((resolve) => {
    const process_ = spawn(process.execPath, [join(import.meta.dirname, 'worker.js'), ...args], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
    let last = -1
    let ended = 'died'
    let heard = performance.now()
    let rest = ''
    let stderr = ''
    const stop = (how) => {
      ended = how
      process_.kill('SIGKILL')
    }
    const timer = setInterval(() => {
      if (performance.now() > end) stop('time is up')
      else if (performance.now() - heard > stallMs) stop('stalled')
    }, 100)
    process_.stderr.on('data', (data) => { stderr = (stderr + data).slice(-2000) })
    process_.stdio[3].setEncoding('utf8').on('data', (data) => {
      heard = performance.now()
      const lines = (rest + data).split('\n')
      rest = lines.pop()
      for (const line of lines) {
        if (line.startsWith('> ')) last = Number(line.slice(2))
        else if (line.startsWith('! ')) onProblem(JSON.parse(line.slice(2)))
        else ended = 'done'
      }
    })
    process_.on('close', (code, signal) => {
      clearInterval(timer)
      resolve({ last, ended, reason: stderr.trim() || String(signal ?? code) })
    })
  })
}

async function tell(name, index, error) {
  failed = true
  const input = inputOf(name, options.seed, index)
  const file = join(scratch, 'input')
  const fails = async (text) => {
    writeFileSync(file, text)
    let isSame = false
    const { ended } = await child([name, '--input', file], Infinity, (problem) => { isSame = firstLine(problem.error) === firstLine(error) })
    return isSame || ended === 'stalled' || ended === 'died'
  }
  const small = (await fails(input)) ? await minimized(input, fails, error.startsWith('takes') ? 20 : 150) : input
  console.log(`\n${name}, input ${index} of seed ${options.seed}: ${error}\n${JSON.stringify(small)}\n`)
  if (options.keep === undefined) return
  mkdirSync(options.keep, { recursive: true })
  writeFileSync(join(options.keep, `${name}-${options.seed}-${index}.txt`), small)
}

function firstLine(text) {
  return text.split('\n', 1)[0].replace(/\d+/g, '0').replace(/"[^"]*"/g, '""').slice(0, 80)
}
