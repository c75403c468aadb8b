import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { parse } from '../../src/promql/index.js'
import { sharedPath } from './shared.js'

const corpus = sharedPath('corpus')

interface Query {
  readonly file: string
  readonly text: string
  readonly datasource: string
}

/** Every non-empty `expr` of a dashboard or rule file, with the datasource nearest to it. */
function queriesIn(value: unknown, file: string, datasource = 'prometheus'): Query[] {
  if (Array.isArray(value)) return value.flatMap((item) => queriesIn(item, file, datasource))
  if (value === null || typeof value !== 'object') return []
  const { expr, datasource: own } = value as { expr?: unknown; datasource?: unknown }
  const reference = own !== null && typeof own === 'object' ? (own as { type?: unknown; uid?: unknown }) : { uid: own }
  const name = reference.type ?? reference.uid
  const here = typeof name === 'string' ? name : datasource
  const found = typeof expr === 'string' && expr !== '' ? [{ file, text: expr, datasource: here }] : []
  return [...found, ...Object.values(value).flatMap((item) => queriesIn(item, file, here))]
}

function read(folder: string): Query[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort().flatMap((file) => {
    const path = join(folder, file)
    if (!statSync(path).isFile() || file.endsWith('.md')) return []
    const text = readFileSync(path, 'utf8')
    return queriesIn(file.endsWith('.yaml') ? parseYaml(text) : JSON.parse(text), file)
  })
}

describe.skipIf(!corpus)('the queries of real dashboards and rules', () => {
  const queries = corpus ? read(corpus) : []
  // nginx-logs.json calls its Loki `$datasource`.
  const isLoki = ({ datasource, file }: Query) => /loki/.test(datasource) || file === 'nginx/dashboards/nginx-logs.json'

  test('parse, but for one that is really wrong', () => {
    const refused = queries.filter((query) => !isLoki(query)).flatMap(({ file, text }) => {
      const { errors } = parse(text, { templates: 'grafana' })
      return errors.length > 0 ? [{ file, text, message: errors[0]!.message }] : []
    })
    expect(queries.length).toBeGreaterThan(4000)
    expect(refused).toEqual([
      {
        // Left over from the template that the dashboard was generated from.
        file: 'ceph/dashboards/radosgw-sync-overview.json',
        text: 'rate(ceph_rgw_sync_delta_sync_delta{%(matchers)s}[$__rate_interval])',
        message: "unexpected character inside braces: '%'",
      },
    ])
  })
})
