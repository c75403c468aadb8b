import { expect, test } from 'vitest'
import { extract, lines } from './tree.js'

/** The instrumentations of a workspace as lines: `nodejs-default worker_* {app=shop} src/worker.ts:3:12`. */
async function instrumentations(files: Readonly<Record<string, string>>): Promise<string[]> {
  return (await extract(files)).instrumentations.map(({ catalog, prefix = '', labels = [], place }) => {
    const { line, column } = place.source.positionAt(place.span.start)
    const written = labels.map((label) => `${label.name}=${[...label.values, ...(label.open ? ['…'] : [])].join('|')}`)
    return `${catalog} ${prefix}* {${written.join(', ')}} ${place.source.path}:${line}:${column}`
  })
}

const WRAPPER = `
import { collectDefaultMetrics, type Registry } from 'prom-client'
export function collectNodeMetrics(register: Registry, prefix?: string): void {
  collectDefaultMetrics({ register, prefix, eventLoopMonitoringPrecision: 10 })
}
`

test('each call of a wrapper has its own prefix, or none', async () => {
  expect(await instrumentations({
    'src/node-metrics.ts': WRAPPER,
    'src/index.ts': `export { collectNodeMetrics } from './node-metrics.js'`,
    'src/main.ts': `import { Registry } from 'prom-client'\nimport { collectNodeMetrics } from './index.js'\ncollectNodeMetrics(new Registry())`,
    'src/worker.ts': `import { collectNodeMetrics } from './index.js'\nimport { register } from './register.js'\nconst close = collectNodeMetrics(register, 'worker_')`,
    'src/register.ts': `import { Registry } from 'prom-client'\nexport const register = new Registry()`,
  })).toEqual([
    'nodejs-default * {} src/node-metrics.ts:4:3',
    'nodejs-default worker_* {} src/worker.ts:3:44',
  ])
})

test('default labels of the registry, given before or after, beside labels of their own', async () => {
  expect(await instrumentations({
    'src/own.ts': `
import { collectDefaultMetrics, Registry } from 'prom-client'
const registry = new Registry()
collectDefaultMetrics({ register: registry, labels: { tier: 'web' } })
registry.setDefaultLabels({ app: 'shop', tier: 'any', host: process.env.HOST })
`,
    'src/global.ts': `
import client from 'prom-client'
client.register.setDefaultLabels({ app: 'mail' })
client.collectDefaultMetrics()
`,
  })).toEqual([
    'nodejs-default * {app=mail} src/global.ts:4:1',
    'nodejs-default * {app=shop, host=…, tier=web} src/own.ts:4:1',
  ])
})

test('a prefix that is not known is any text before the names, not none', async () => {
  const { instrumentations: known, declarations } = await extract({
    'src/metrics.ts': `
import { collectDefaultMetrics } from 'prom-client'
collectDefaultMetrics({ prefix: \`\${process.env.SERVICE}_node_\` })
`,
  })
  expect(known).toEqual([])
  const resident = declarations.find(({ name }) => name.parts.at(-1)!.endsWith('process_resident_memory_bytes'))
  expect(resident).toMatchObject({
    name: { parts: ['', '_node_process_resident_memory_bytes'] },
    type: 'gauge',
    labels: [],
    recorded: 'yes',
    reason: 'the prefix of the default metrics is not known: it is computed',
  })
  expect(declarations.every(({ name }) => name.parts[0] === '' && name.parts[1]!.startsWith('_node_'))).toBe(true)
})

test('labels that several programs set on the registry of the client are any of theirs', async () => {
  const program = (app: string) => `import client from 'prom-client'
client.register.setDefaultLabels({ app: '${app}' })
export const jobs = new client.Counter({ name: '${app}_jobs_total', help: 'Jobs' })
jobs.inc()
`
  expect(await lines({ 'packages/mail/metrics.ts': program('mail'), 'packages/shop/metrics.ts': program('shop') })).toEqual([
    expect.stringMatching(/^counter mail_jobs_total\{app=mail\|shop\} yes /),
    expect.stringMatching(/^counter shop_jobs_total\{app=mail\|shop\} yes /),
  ])
})
