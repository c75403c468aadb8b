/**
 * Writes dist/bundle, what users run: the command line and what programs import, with every package that they need but
 * those that package.json has in `dependencies`. Nothing that npm puts beside it can take the place of what was tested
 * (typescript-estree would load whatever TypeScript the user's project has).
 *
 * - What `import()` loads is a chunk of its own.
 * - What `createRequire` loads, late and synchronously, is a CommonJS file of its own, and so is each compiled schema.
 *   Names of files tell their contents: main.js changes whenever one of them does.
 * - dist/types has the declarations of what programs import, out of those that tsc wrote before.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { build } from 'esbuild'
import { thirdPartyLicences } from './licences.js'
import { compiledSchemas } from './schemas.js'
import { copyDeclarations } from './types.js'

const root = join(import.meta.dirname, '../..')
const outdir = join(root, 'dist/bundle')

/** The packages that `src` requires when it needs them, by the file that has them. */
const latePackages = { 'typescript-estree': ['typescript', '@typescript-eslint/typescript-estree'], re2js: ['re2js'], 'string-width': ['string-width'], ajv: ['ajv/dist/2020.js'] }

const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const options = {
  absWorkingDir: root,
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external: Object.keys(dependencies),
  // jsonc-parser's `main` is UMD, whose `require` cannot be followed.
  mainFields: ['module', 'main'],
  // Licences have a file of their own.
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
}

/** Builds a CommonJS file from each text. Returns the names of the files, by those of the texts. */
async function buildCommonJs(texts) {
  const { metafile } = await build({
    ...options,
    entryPoints: Object.keys(texts),
    entryNames: '[name]-[hash]',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    // Half the bytes load faster, and nobody reads them. Names stay as they are: stack traces show them.
    minifyWhitespace: true,
    minifySyntax: true,
    plugins: [inPlace(({ path, kind }) => (kind === 'entry-point' ? texts[path] : undefined))],
  })
  const files = Object.entries(metafile.outputs).map(([file, { entryPoint }]) => [entryPoint.slice(entryPoint.indexOf(':') + 1), file.slice(file.lastIndexOf('/') + 1)])
  return { files: Object.fromEntries(files), inputs: Object.keys(metafile.inputs) }
}

/** Builds the entries and their chunks. `replaced` has texts of modules by what the sources of `src` import them as. */
async function buildModules(entryPoints, replaced) {
  const { metafile } = await build({
    ...options,
    entryPoints,
    splitting: true,
    format: 'esm',
    // CommonJS packages require modules of Node.js.
    banner: { js: "import { createRequire as createRequireHere } from 'node:module'\nconst require = createRequireHere(import.meta.url)" },
    plugins: [inPlace(({ path, importer }) => (importer.startsWith(join(root, 'src') + sep) ? replaced[path] : undefined))],
  })
  return { inputs: Object.keys(metafile.inputs) }
}

/** An esbuild plugin: where `textOf` has the text of what is imported, that text is the module. */
function inPlace(textOf) {
  return {
    name: 'in-place',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /./ }, (imported) => {
        const text = imported.namespace === 'in-place' ? undefined : textOf(imported)
        return text === undefined ? undefined : { path: imported.path, namespace: 'in-place', pluginData: text }
      })
      onLoad({ filter: /./, namespace: 'in-place' }, ({ pluginData }) => ({ contents: pluginData, resolveDir: root }))
    },
  }
}

const object = (entries) => `{ ${entries.map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(', ')} }`
const packageText = (names) => `module.exports = ${object(names.map((name) => [name, `require(${JSON.stringify(name)})`]))}`

const packages = await buildCommonJs(Object.fromEntries(Object.entries(latePackages).map(([file, names]) => [file, packageText(names)])))
const schemas = await buildCommonJs(compiledSchemas(join(root, 'schemas')))

/** What package.json exports, and the command line. */
const entries = { index: 'src/index', testing: 'src/testing', promql: 'src/promql/index' }

const modules = await buildModules({ main: 'src/cli/run.ts', ...Object.fromEntries(Object.entries(entries).map(([name, module]) => [name, `${module}.ts`])) }, {
  // A `require` that knows what is in the bundle.
  'node:module': `
    export * from 'node:module'
    import { createRequire as createRequireOf } from 'node:module'
    const files = ${object(Object.entries(latePackages).flatMap(([file, names]) => names.map((name) => [name, JSON.stringify(`./${packages.files[file]}`)])))}
    export const createRequire = (url) => {
      const load = createRequireOf(url)
      return (name) => (files[name] ? load(files[name])[name] : load(name))
    }`,
  './schema-validator.js': `
    import { createRequire } from 'node:module'
    const load = createRequire(import.meta.url)
    const files = ${object(Object.entries(schemas.files).map(([name, file]) => [name, JSON.stringify(`./${file}`)]))}
    export const schemaValidator = (name) => load(files[name])`,
})

writeFileSync(join(outdir, 'THIRD-PARTY-LICENCES.txt'), thirdPartyLicences([packages, schemas, modules].flatMap(({ inputs }) => inputs)))
copyDeclarations(Object.values(entries), join(root, 'dist'), join(root, 'dist/types'))
