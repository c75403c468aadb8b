/**
 * `npm run programs`: random programs are run, and what they count is held against what is extracted from them. Told are
 * those of which too little is said: a metric that is not found or "never" recorded, a label that is said to have other
 * values only. Needs a build, and for Python an interpreter with prometheus_client (`ML_DASH_LINT_PYTHON`).
 *
 *     npm run programs -- [--from 1] [--count 1000] [--show] [python] [javascript] [typescript]
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import ts from 'typescript'
import { answering } from '../../dist/src/extract/question.js'
import { extractPython } from '../../dist/src/extract/python/index.js'
import { extractTypeScript } from '../../dist/src/extract/typescript/index.js'
import { mayHaveValue } from '../../dist/src/registry/label-values.js'
import { patternMatches, patternText } from '../../dist/src/registry/name-pattern.js'
import { sourceText } from '../../dist/src/text/source.js'
import { generate } from './generate.js'
import * as javascript from './javascript.js'
import * as python from './python.js'
import * as typescript from './typescript.js'

const { values: options, positionals } = parseArgs({
  allowPositionals: true, options: { from: { type: 'string', default: '1' }, count: { type: 'string', default: '1000' }, show: { type: 'boolean' } },
})
const interpreter = process.env.ML_DASH_LINT_PYTHON ?? 'python3'
const languages = {
  python: { grammar: python, extract: extractPython, run: (folder) => [interpreter, [join(import.meta.dirname, 'run_programs.py'), folder]] },
  javascript: { grammar: javascript, extract: extractTypeScript, run: (folder) => [process.execPath, [join(import.meta.dirname, 'run-programs.js'), folder]] },
  typescript: { grammar: typescript, extract: extractTypeScript, run: (folder) => [process.execPath, [join(import.meta.dirname, 'run-programs.js'), folder]] },
}
const names = positionals.length > 0 ? positionals : Object.keys(languages)
const seeds = Array.from({ length: Number(options.count) }, (_, index) => Number(options.from) + index)
for (const name of names) await hold(name)

function withoutTypes(text) {
  return ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true } }).outputText
}

async function hold(name) {
  const { grammar, extract, run } = languages[name]
  const programs = new Map(seeds.map((seed) => [seed, generate(grammar, seed)]))
  // Beside node_modules, where the programs find the client library.
  const folder = mkdtempSync(join(import.meta.dirname, `.${name}-`))
  try {
    for (const [seed, { files }] of programs) {
      mkdirSync(join(folder, String(seed)))
      for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, String(seed), path.replace(/\.mts$/, '.mjs')), path.endsWith('.mts') ? withoutTypes(text) : text)
    }
    const [command, args] = run(folder)
    const lines = execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] }).trim().split('\n')
    let [broken, faults, closed] = [0, 0, 0]
    for (const { seed, error, name: exposed, labels } of lines.map((line) => JSON.parse(line))) {
      if (error !== undefined) {
        broken++
        continue
      }
      const { files, pieces } = programs.get(seed)
      const { fault, isClosed } = faultOf(await declarationOf(extract, files, exposed), labels)
      if (isClosed) closed++
      if (fault === undefined) continue
      faults++
      console.log(`${name} ${seed}: ${fault} (${pieces.join(', ')})`)
      if (options.show) for (const [path, text] of Object.entries(files)) console.log(`--- ${path}\n${text}`)
    }
    console.log(`${name}: ${lines.length} programs, ${faults} of which too little is said; of ${closed} all kinds are told, ${broken} do not run to their end`)
    if (faults > 0) process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What is said of the metric that was exposed by a name: a client for Python may have put `_total` behind the one that is written. */
async function declarationOf(extract, files, exposed) {
  const sources = new Map(Object.entries(files).map(([path, text]) => [path, sourceText(path, text)]))
  const { declarations } = await extract(answering({ paths: [...sources.keys()].sort(), read: (path) => sources.get(path) }))
  const names = [exposed, exposed.replace(/_total$/, '')]
  const found = declarations.filter(({ name }) => names.some((each) => patternMatches(name, each)))
  // Of a type that it has not it is called beside the one that it has where nothing tells which branch is taken.
  return found.find(({ name, type }) => name.parts.length === 1 && type === 'counter') ?? found.find(({ type }) => type === 'counter')
}

/** What is said too little of the metric, and whether all kinds are told. */
function faultOf(declaration, counted) {
  if (declaration === undefined) return { fault: 'it is not found', isClosed: false }
  const isRecorded = Object.values(counted).some((values) => values.length > 0)
  const closed = declaration.labels.filter((label) => !label.open || label.patterns !== undefined)
  const isClosed = closed.some(({ name }) => name === 'kind')
  const unnamed = declaration.labelsOpen ? [] : Object.keys(counted).filter((name) => !declaration.labels.some((label) => label.name === name))
  if (unnamed.length > 0) return { fault: `it is said to have no label ${unnamed.join(', ')}`, isClosed }
  if (declaration.recorded === 'never' && isRecorded) return { fault: 'it is said to be never recorded', isClosed }
  const faults = closed.flatMap((label) => {
    const missing = (counted[label.name] ?? []).filter((value) => !mayHaveValue(label, value))
    return missing.length === 0 ? [] : `${label.name}: ${missing.join(', ')} missing beside ${[...label.values, ...(label.patterns ?? []).map(patternText)].join(', ')}`
  })
  return { fault: faults.length > 0 ? faults.join('; ') : undefined, isClosed }
}
