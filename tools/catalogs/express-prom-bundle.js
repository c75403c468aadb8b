/**
 * Runs an Express application with express-prom-bundle and scrapes it after one request:
 *
 *   npm install --prefix DIRECTORY express express-prom-bundle prom-client
 *   node tools/catalogs/express-prom-bundle.js DIRECTORY
 */
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { buildCatalog } from './merge.js'

const require = createRequire(resolve(process.argv[2] ?? '.', 'package.json'))
const express = require('express')
const promBundle = require('express-prom-bundle')
const { version } = require('express-prom-bundle/package.json')

const application = express()
application.use(promBundle({ includeMethod: true, includePath: true }))
application.get('/items', (_request, response) => response.send('ok'))
const server = application.listen(0, '127.0.0.1')
await once(server, 'listening')
const origin = `http://127.0.0.1:${server.address().port}`
await globalThis.fetch(`${origin}/items`)
const scrape = await (await globalThis.fetch(`${origin}/metrics`)).text()
server.close()

buildCatalog('express-prom-bundle', {
  version,
  source: `An Express application with express-prom-bundle ${version}, with the method and path labels, after one request`,
  scrapes: [scrape],
})
