import eslint from '@eslint/js'
import tseslint from 'typescript-eslint'

/** Which layers a layer may import from (docs/architecture.md). */
const layers = ['text', 'git', 'promql', 'grafana', 'prometheus', 'manifests', 'registry', 'extract', 'contract', 'workspace', 'lint', 'config', 'report', 'api', 'cli']
/** Which rooms a room of an extractor may import from. */
const rooms = ['syntax', 'sources', 'values', 'engine', 'objects', 'clients', 'language', 'program']

/** A lint asks the disk through `src/text/disk.ts`, which notes what a result rests on: a run that went past it would be kept for too long. */
const diskItself = ['node:fs', 'node:fs/promises'].map((name) => ({ name, message: 'ask src/text/disk.ts' }))
/** What only writes, reads what belongs to the linter itself, or is no part of a run that may be kept (src/cli/kept-run.ts). */
const touchingTheDisk = [
  'src/text/disk.ts', 'src/text/cache-folder.ts', 'src/text/make-folder.ts', 'src/text/own-code.ts', 'src/text/package-file.ts', 'src/text/schema-validator.ts', 'src/text/write-whole.ts',
  'src/git/changes.ts', 'src/git/tree-before.ts', 'src/config/plugins.ts', 'src/report/sarif.ts',
  'src/api/cache-directory.ts', 'src/api/rule-docs.ts', 'src/api/rule-tester.ts', 'src/api/rules.ts', 'src/api/write-fixes.ts',
  'src/cli/init.ts', 'src/cli/input.ts', 'src/cli/main.ts', 'src/cli/rules.ts', 'src/cli/watch.ts',
]

/** Forbids the files of a folder, which is one of several in an order, to import from those after it. */
function downwards(folder, order, name) {
  return order.slice(order.indexOf(name) + 1).map((later) => ({ group: [`**/${later}/*`], message: `${folder}/${name} knows nothing of ${folder}/${later}` }))
}

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'fixtures/', 'test/**/programs/', 'coverage/'] },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-control-regex': 'off',
      // Data are plain objects: no method of theirs uses `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  ...layers.flatMap((layer) => [
    { files: [`src/${layer}/**/*.ts`], rules: { 'no-restricted-imports': ['error', { paths: diskItself, patterns: downwards('src', layers, layer) }] } },
    { files: touchingTheDisk.filter((file) => file.startsWith(`src/${layer}/`)), rules: { 'no-restricted-imports': ['error', { patterns: downwards('src', layers, layer) }] } },
  ].filter(({ files }) => files.length > 0)),
  ...['src/extract/typescript', 'src/extract/python'].flatMap((folder) => rooms.map((room) => ({
    files: [`${folder}/${room}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { paths: diskItself, patterns: [...downwards('src', layers, 'extract'), ...downwards(folder, rooms, room)] }] },
  }))),
  // The syntax tree's node types are an enum of strings, and tsc checks the comparisons.
  { files: ['src/extract/typescript/**/*.ts'], rules: { '@typescript-eslint/no-unsafe-enum-comparison': 'off' } },
  { files: ['**/*.{js,cjs}'], ...tseslint.configs.disableTypeChecked },
  { files: ['**/*.{js,cjs}'], languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', performance: 'readonly' } } },
)
