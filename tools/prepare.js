// What npm runs after `npm ci` and before it packs: the build. `npm install --global` of a git repository, which is how
// pre-commit installs a hook, gets here without the development dependencies (npm/cli#8440), so they are fetched first.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const root = new URL('..', import.meta.url)

function npm(...args) {
  const env = { ...process.env, npm_config_global: 'false' }
  const { status } = spawnSync(process.execPath, [process.env.npm_execpath, ...args], { cwd: root, env, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

if (!existsSync(new URL('node_modules/esbuild', root))) npm('ci', '--include=dev', '--ignore-scripts')
npm('run', 'build')
