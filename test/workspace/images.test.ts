import { expect, test } from 'vitest'
import { baseImagesIn } from '../../src/workspace/images.js'
import { loadFiles } from './load-files.js'

test.each([
  ['FROM prom/node-exporter:v1.8.0\n', ['prom/node-exporter:v1.8.0']],
  ['# FROM redis\nfrom --platform=linux/amd64 prom/node-exporter as base\n', ['prom/node-exporter']],
  ['FROM prom/node-exporter AS exporter\nFROM alpine:3\nCOPY --from=exporter /bin/node_exporter /bin/\n', ['alpine:3']],
  ['FROM prom/node-exporter AS base\nFROM base AS middle\nFROM Middle\n', ['prom/node-exporter']],
  ['FROM golang AS build\nFROM scratch\n', []],
  ['RUN true\n', []],
])('%j is built on %j', (dockerfile, images) => {
  expect(baseImagesIn(dockerfile)).toEqual(images)
})

test('an exporter that a Dockerfile is built on counts', async () => {
  const { workspace } = await loadFiles({ 'exporter/Dockerfile': 'FROM prom/node-exporter:v1.8.0\n' })
  expect([...workspace.activeCatalogs]).toEqual(['node-exporter'])
})
