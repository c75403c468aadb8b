import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { scrapeEndpoint } from '../../src/registry/scrape.js'
import { serve, unusedAddress } from './loopback.js'

const limits = { timeoutMs: 5000, maxBytes: 10_000 }
const text = '# TYPE jobs_total counter\njobs_total 1\n'
const contentType = 'text/plain; version=0.0.4; charset=utf-8'

test('gets the text, asking for the text format first', async () => {
  let accept: string | undefined
  const url = await serve((request, response) => {
    accept = request.headers.accept
    response.setHeader('content-type', contentType).end(text)
  })
  expect(await scrapeEndpoint(`${url}/metrics`, limits)).toEqual({ ok: true, text, contentType })
  expect(accept).toMatch(/^text\/plain;version=0\.0\.4,/)
})

test('follows redirects and unpacks gzip', async () => {
  const url = await serve((request, response) => {
    if (request.url === '/metrics') response.writeHead(302, { location: '/real' }).end()
    else response.writeHead(200, { 'content-type': contentType, 'content-encoding': 'gzip' }).end(gzipSync(text))
  })
  expect(await scrapeEndpoint(`${url}/metrics`, limits)).toEqual({ ok: true, text, contentType })
})

test('sends user and password of the address, and shows them nowhere', async () => {
  const url = await serve((request, response) => {
    const expected = `Basic ${Buffer.from('ann:s€cret').toString('base64')}`
    response.writeHead(request.headers.authorization === expected ? 204 : 401).end()
  })
  const withUser = url.replace('//', '//ann:s%E2%82%ACcret@')
  expect(await scrapeEndpoint(withUser, limits)).toEqual({ ok: false, message: `${url}/ answered with HTTP status 204` })
})

test('tells that nothing listens', async () => {
  const url = await unusedAddress()
  expect(await scrapeEndpoint(`${url}/metrics`, limits)).toEqual({
    ok: false,
    message: `${url}/metrics cannot be reached: the connection was refused`,
  })
})

test('gives up on an endpoint that does not answer, or stops in the middle', async () => {
  const silent = await serve(() => undefined)
  const slow = await serve((_, response) => void response.write('# TYPE'))
  const message = (url: string) => ({ ok: false, message: `${url}/ did not answer within 0.2 s` })
  expect(await scrapeEndpoint(silent, { ...limits, timeoutMs: 200 })).toEqual(message(silent))
  expect(await scrapeEndpoint(slow, { ...limits, timeoutMs: 200 })).toEqual(message(slow))
})

test.each([
  ['a page', 200, 'text/html; charset=utf-8', '<p>hello', 'is a web page and not a metrics endpoint; most are at /metrics'],
  ['a page that says it is text', 200, 'text/plain', '\n<!DOCTYPE html><p>', 'is a web page and not a metrics endpoint; most are at /metrics'],
  ['JSON', 200, 'application/json', '{}', 'answered with JSON and not with metrics'],
  ['an error', 503, 'text/plain', 'busy', 'answered with HTTP status 503'],
  ['nothing at this path', 404, 'text/html', '<h1>', 'answered with HTTP status 404'],
  ['too much', 200, contentType, 'x 1\n'.repeat(5000), 'answered with more than 10000 bytes'],
])('tells that an endpoint answers with %s', async (_, status, type, body, expected) => {
  const url = await serve((_request, response) => void response.writeHead(status, { 'content-type': type }).end(body))
  expect(await scrapeEndpoint(`${url}/m`, limits)).toEqual({ ok: false, message: `${url}/m ${expected}` })
})

test('tells of endless redirects and of answers that break off', async () => {
  const round = await serve((_, response) => void response.writeHead(302, { location: '/again' }).end())
  expect(await scrapeEndpoint(round, limits)).toEqual({ ok: false, message: `${round}/ redirects without end` })
  const broken = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('x 1\n')
    setTimeout(() => response.destroy(), 20)
  })
  expect(await scrapeEndpoint(broken, limits)).toEqual({ ok: false, message: `${broken}/ broke off its answer` })
})

test.each([
  ['localhost:9090/metrics', 'a localhost: address is no address to read from; it has to begin with http:// or https://'],
  ['metrics', '"metrics" is no address to read from; it has to begin with http:// or https://'],
  ['file:///etc/passwd', 'a file: address is no address to read from; it has to begin with http:// or https://'],
])('takes only HTTP addresses: %s', async (url, message) => {
  expect(await scrapeEndpoint(url, limits)).toEqual({ ok: false, message })
})
