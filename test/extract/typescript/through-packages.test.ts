import { expect, test } from 'vitest'
import { lines } from './tree.js'

const SERVICE = `
import { Counter } from 'prom-client'
export class Metrics {
  readonly requests = new Counter({ name: 'requests_total', help: 'R', labelNames: ['kind'] })
  count(kind: string) { this.requests.inc({ kind }) }
}
`
const SHARED = `import { Metrics } from './service.js'\nexport const metrics = new Metrics()\nmetrics.count('a')\n`

/** What is told of `requests_total` where a file uses the service. */
async function requests(use: string): Promise<string> {
  const all = await lines({ 'service.ts': SERVICE, 'shared.ts': SHARED, 'use.ts': use })
  return all.join('\n').replace(/^counter requests_total(.*) service.ts:\S+$/, '$1')
}

test.each([
  ['a container, asked for the class', "import { Container } from 'typedi'", 'Container.get(Metrics)'],
  ['an application, asked for the class', "import { NestFactory } from '@nestjs/core'", '(await NestFactory.create({})).get(Metrics)'],
  ['a container that tells the type', "import { Container } from 'inversify'\nconst container = new Container()", "container.get<Metrics>('metrics')"],
  ['a function that injects', "import { inject } from '@angular/core'", 'inject(Metrics)'],
])('%s gives an instance of it', async (_, imports, service) => {
  expect(await requests(`${imports}\nimport { Metrics } from './service.js'\nexport const f = async () => { const own = ${service}; own.count('b') }\n`))
    .toBe('{kind=a|b} yes')
})

test('what a package gives to something of a declared type is of that type', async () => {
  expect(await requests(`
import { load } from 'some-package'
import { Metrics } from './service.js'
const own: Metrics = load('metrics')
class Interceptor { constructor(private readonly metrics: Metrics) {}
  intercept() { this.metrics.count('c') } }
export const f = () => { own.count('b'); return new Interceptor(load('metrics')) }
`)).toBe('{kind=a|b|c} yes')
})

const HANDED = [
  ['a setting of an application', "import express from 'express'\nconst app = express()\napp.set('metrics', metrics)", "(request: express.Request) => request.app.get('metrics')"],
  ['a decoration', "import Fastify, { type FastifyInstance } from 'fastify'\nFastify().decorate('metrics', metrics)", '(app: FastifyInstance) => app.metrics'],
  ['a property of what a package made', "import Koa from 'koa'\nconst app = new Koa()\napp.context.metrics = metrics", '(context: Koa.Context) => context.metrics'],
  ['a context', "import { createContext, useContext } from 'react'\nconst Context = createContext(metrics)", '() => useContext(Context)'],
] as const

test.each(HANDED)('what was handed over may come back: %s', async (_, setting, get) => {
  const use = (rest: string) => requests(`import { metrics } from './shared.js'\n${setting}\nconst get = ${get}\nexport const f = (x: any) => { ${rest} }\n`)
  expect(await use("get(x).count('b')")).toMatch(/^\{kind=a.*…\} yes$/)
  expect(await use("const own = get(x); own.requests.inc({ kind: 'b' })")).toMatch(/^\{kind=a.*…\} yes$/)
})

test('a metric that only a package hands out is not said to be never recorded', async () => {
  const only = await lines({
    'service.ts': SERVICE.replace(/^ {2}count.*\n/m, ''),
    'use.ts': "import { AsyncLocalStorage } from 'node:async_hooks'\nconst storage = new AsyncLocalStorage<any>()\nexport const f = () => { storage.getStore().metrics.requests.inc({ kind: 'b' }) }\n",
  })
  expect(only.join()).toMatch(/^counter requests_total\{kind=…?\} unknown /)
})

test('methods of packages that are called as one of the workspace open nothing, where no package has got its class', async () => {
  expect(await requests("import { Redis } from 'ioredis'\nconst redis = new Redis()\nexport const f = () => redis.count('z')\n")).toBe('{kind=a} yes')
})

test('what is seen to be put in an object of a package is what is read there', async () => {
  expect(await requests(`
import type { Request, Response } from 'express'
import { metrics } from './shared.js'
export const before = (request: Request, response: Response) => { response.locals.metrics = { requests: metrics.requests } }
export const after = (request: Request, response: Response) => { response.locals.metrics.requests.inc({ kind: 'b' }) }
`)).toBe('{kind=a|b} yes')
})
