import { expect, test } from 'vitest'
import { lines } from './tree.js'

const USE = `
import { use } from './container.js'
export const jobs = use('telemetry').counter({ name: 'jobs_total', help: 'J', labelNames: ['kind'] })
jobs.inc({ kind: 'mail' })
export class Queue {
  private readonly depth = use('telemetry').gauge({ name: 'depth', help: 'D' })
  tick() { this.depth.set(1) }
}
`

test('a container of a package: the shape of the call tells the metric', async () => {
  expect(await lines({ 'use.ts': USE.replace("'./container.js'", "'some-container'") })).toEqual([
    'counter jobs_total{kind=mail} yes use.ts:3:54',
    'gauge depth{} yes use.ts:6:59',
  ])
})

test('a container of the workspace that keeps services by their names', async () => {
  expect(await lines({
    'use.ts': USE,
    'container.ts': `
const services = new Map<string, any>()
export function register(key: string, service: any) { services.set(key, service) }
export function use(key: string): any { return services.get(key) }
`,
    'main.ts': `import { register } from './container.js'\nimport { Telemetry } from './telemetry.js'\nregister('telemetry', new Telemetry('app_'))\n`,
    'telemetry.ts': `
import { Counter, Gauge } from 'prom-client'
export class Telemetry {
  constructor(private readonly prefix: string) {}
  counter(options: { name: string, help: string, labelNames?: string[] }) { return new Counter({ ...options, name: this.prefix + options.name }) }
  gauge(options: { name: string, help: string }) { return new Gauge({ ...options, name: this.prefix + options.name }) }
}
`,
  })).toEqual([
    'counter app_jobs_total{kind=mail} yes use.ts:3:54',
    'gauge app_depth{} yes use.ts:6:59',
  ])
})

test('a service that a package hands over is the class of the workspace that makes metrics by such a method', async () => {
  expect(await lines({
    'use.ts': USE.replace("import { use } from './container.js'", "import { container } from 'some-container'\nconst use = (key: string) => container.resolve(key)"),
    'telemetry.ts': `
import { container } from 'some-container'
import { Counter, Gauge } from 'prom-client'
class Telemetry {
  counter(options: { name: string, help: string, labelNames?: string[] }) { return new Counter({ ...options, name: \`app_\${options.name}\` }) }
  gauge(options: { name: string, help: string }) { return new Gauge({ ...options, name: \`app_\${options.name}\` }) }
}
container.register('telemetry', new Telemetry())
`,
  })).toEqual([
    'counter app_jobs_total{kind=mail} yes use.ts:4:54',
    'gauge app_depth{} yes use.ts:7:59',
  ])
})

test('what is called without a name and a help text makes nothing', async () => {
  expect(await lines({ 'm.ts': `import 'prom-client'\nimport d3 from 'd3'\nd3.histogram({ name: 'x', domain: 1 })\nd3.gauge('name', 'help')\n` })).toEqual([])
})
