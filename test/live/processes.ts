import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A program that a test started, and what it has written so far. */
export interface Running {
  readonly name: string
  readonly child: ChildProcess
  readonly output: () => string
}

const patience = 15_000

/** Starts a program; what it writes is kept, to be shown when something goes wrong. */
export function start(
  name: string,
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Running {
  const env = { ...process.env, ...options.env }
  const child = spawn(command, args, { cwd: options.cwd, env, stdio: ['pipe', 'pipe', 'pipe'] })
  let output = ''
  const keep = (chunk: Buffer) => (output += chunk.toString('utf8'))
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.stdin.on('error', () => undefined)
  child.on('error', (error) => (output += error.message))
  return { name, child, output: () => output }
}

/** Ends a program by its own process id: first kindly, then not. */
export async function stop({ child }: Running): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const killer = setTimeout(() => child.kill('SIGKILL'), patience)
  await ended
  clearTimeout(killer)
}

/** Asks again and again until there is an answer; after `seconds` without one it throws. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  { seconds = 60, running = [] }: { readonly seconds?: number; readonly running?: readonly Running[] } = {},
): Promise<T> {
  const end = Date.now() + seconds * 1000
  let lastError: unknown
  while (Date.now() < end) {
    try {
      const answer = await ask()
      if (answer !== undefined) return answer
    } catch (error) {
      lastError = error
    }
    await sleep(200)
  }
  const logs = running.map(({ name, output }) => `\n--- ${name}\n${output().slice(-4000)}`).join('')
  throw new Error(`waited ${seconds} s for ${what}${logs}`, { cause: lastError })
}

/** Ports of 127.0.0.1 that nothing listens on, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => once(server.close(), 'close')))
  return ports
}
