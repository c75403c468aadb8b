import { isBuiltin } from 'node:module'
import { callGlobal } from '../objects/built-ins.js'
import { letEscape } from '../engine/escape.js'
import { placeOf, type Call } from '../values/program.js'
import { objectVersions } from '../engine/heap.js'
import type { Analysis } from '../engine/analysis.js'
import { EXTERNAL, type LibraryAtom, type Value } from '../values/values.js'
import { callExpressPromBundle } from './express-prom-bundle.js'
import { callNestPrometheus } from './nestjs-prometheus.js'
import { callOpenTelemetry, notePrometheusExporter } from './opentelemetry.js'
import { callByShape, callPromClient, constructByShape, constructPromClient } from './prom-client.js'

/** What a call means to a library; `undefined` when it has nothing to do with metrics. */
export type LibraryCall = (analysis: Analysis, atom: LibraryAtom, given: readonly Value[], call: Call) => Value | undefined

const CALLS: readonly (readonly [RegExp, LibraryCall])[] = [
  [/^global$/, (analysis, { path }, given, call) => callGlobal(analysis, path, given, call)],
  [/^prom-client(\/|$)/, callPromClient],
  [/^@willsoto\/nestjs-prometheus(\/|$)/, callNestPrometheus],
  [/^@opentelemetry\//, callOpenTelemetry],
  [/^express-prom-bundle$/, callExpressPromBundle],
]

/** How long a chain of calls on a library is followed. */
const MAXIMUM_PATH = 200

/** Calls a function or method of a package outside the workspace. */
export function callLibrary(analysis: Analysis, atom: LibraryAtom, given: readonly Value[], call: Call): Value {
  for (const [name, interpret] of CALLS) {
    const result = name.test(atom.module) ? interpret(analysis, atom, given, call) : undefined
    if (result) return result
  }
  const made = call.receiver && !READERS.test(atom.module) ? callByShape(analysis, given, call) : undefined
  if (made) return made
  noteGivenRegistries(analysis, atom, given, call)
  letEscape(analysis, given)
  return atom.path.length < MAXIMUM_PATH ? [{ kind: 'library', module: atom.module, path: `${atom.path}()` }] : EXTERNAL
}

/** `new` with a class of a package outside the workspace. */
export function constructLibrary(analysis: Analysis, atom: LibraryAtom, given: readonly Value[], call: Call): Value {
  const made = atom.module === 'prom-client' ? constructPromClient(analysis, atom, given, call)
    : atom.module.startsWith('@opentelemetry/') ? undefined : constructByShape(analysis, given, call)
  if (made) return made
  notePrometheusExporter(analysis, atom, given, call)
  noteGivenRegistries(analysis, atom, given, call)
  letEscape(analysis, given)
  return [{ kind: 'library', module: atom.module, path: `${atom.path}#` }]
}

/** Packages that take a registry to read what is in it, or to put metrics in it that are known by catalog. */
const READERS = /^(global|prom-client|express-prom-bundle|@willsoto\/nestjs-prometheus|@opentelemetry\/.*)(\/|$)/

/** A package that is handed a registry of its own accord may put metrics in it. */
function noteGivenRegistries(analysis: Analysis, { module }: LibraryAtom, given: readonly Value[], call: Call): void {
  if (READERS.test(module) || isBuiltin(module)) return
  const isRegistry = (value: Value) => value.some((atom) => objectVersions(analysis, atom).some(({ library }) => library?.module === 'prom-client'))
  const isIn = (value: Value) => isRegistry(value) || value.some((atom) =>
    objectVersions(analysis, atom).some(({ class: owner, properties }) => !owner && [...properties.values()].some(isRegistry)))
  if (!given.some(isIn)) return
  const place = placeOf(call.environment.frame.module, call.node)
  analysis.facts.ends.registriesGivenAway.set(`${place.source.path}@${place.span.start}`, place)
}
