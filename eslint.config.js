import eslint from '@eslint/js'
import tseslint from 'typescript-eslint'

/** Which layers a layer may import from (docs/architecture.md). */
const layers = ['text', 'git', 'promql', 'grafana', 'prometheus', 'manifests', 'registry', 'extract', 'contract', 'workspace', 'lint', 'config', 'report', 'api', 'cli']
/** Which rooms a room of an extractor may import from. */
const rooms = ['syntax', 'sources', 'values', 'engine', 'objects', 'clients', 'language', 'program']

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
  ...layers.map((layer) => ({
    files: [`src/${layer}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: downwards('src', layers, layer) }] },
  })),
  ...['src/extract/typescript'].flatMap((folder) => rooms.map((room) => ({
    files: [`${folder}/${room}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: [...downwards('src', layers, 'extract'), ...downwards(folder, rooms, room)] }] },
  }))),
  // The syntax tree's node types are an enum of strings, and tsc checks the comparisons.
  { files: ['src/extract/typescript/**/*.ts'], rules: { '@typescript-eslint/no-unsafe-enum-comparison': 'off' } },
  { files: ['**/*.{js,cjs}'], ...tseslint.configs.disableTypeChecked },
  { files: ['**/*.{js,cjs}'], languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', performance: 'readonly' } } },
)
