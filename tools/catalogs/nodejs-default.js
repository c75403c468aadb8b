/** Runs prom-client's default metrics with handles, requests and collections to count: node tools/catalogs/nodejs-default.js */
import { stat } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { setTimeout } from 'node:timers/promises'
import client from 'prom-client'
import { buildCatalog } from './merge.js'

const { version } = createRequire(import.meta.url)('prom-client/package.json')
client.collectDefaultMetrics()
const server = createServer().listen(0, '127.0.0.1')
setFlagsFromString('--expose-gc')
runInNewContext('gc')()
await setTimeout(100)
stat('.', () => undefined)
const scrape = await client.register.metrics()
server.close()

buildCatalog('nodejs-default', {
  version,
  source: `collectDefaultMetrics() of prom-client ${version}, scraped on Linux with Node.js ${process.versions.node}`,
  scrapes: [scrape],
})
