/** Runs the programs below a folder, each by itself, and writes a line of JSON for each: the label values that its counter has counted. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers'
import { register } from 'prom-client'

// What a program throws later is its own.
process.on('unhandledRejection', () => undefined)
process.on('uncaughtException', () => undefined)
const [folder] = process.argv.slice(2)
for (const name of readdirSync(folder).sort((a, b) => a - b)) {
  register.clear()
  const told = { seed: Number(name) }
  try {
    await Promise.race([import(join(folder, name, 'main.mjs')), new Promise((_, reject) => { setTimeout(reject, 2000, new Error('it does not end')) })])
  } catch (error) {
    told.error = String(error)
  }
  const [metric] = await register.getMetricsAsJSON()
  const series = (metric?.values ?? []).flatMap(({ labels }) => Object.entries(labels))
  told.name = metric?.name
  told.labels = {}
  for (const [label, value] of series) told.labels[label] = [...new Set([...(told.labels[label] ?? []), String(value)])].sort()
  process.stdout.write(`${JSON.stringify(told)}\n`)
}
process.exit(0)
