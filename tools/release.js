/**
 * Checks what a release needs before anything is published: `node tools/release.js TAG REPOSITORY`. The tag is that of the
 * version, and package.json names the repository that is being released, since npm holds the provenance against it.
 */
import { readFileSync } from 'node:fs'

const [tag, address] = process.argv.slice(2)
const { version, repository } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const url = (repository?.url ?? repository ?? '').replace(/^git\+/, '').replace(/\.git$/, '')
const problems = [
  tag !== `v${version}` && `the tag is ${tag}, and package.json has version ${version}`,
  url === '' && `package.json has no "repository": { "type": "git", "url": "git+${address}.git" }`,
  url !== '' && url.toLowerCase() !== address?.toLowerCase() && `package.json names the repository ${url}, and this is ${address}`,
].filter((problem) => problem !== false)
for (const problem of problems) console.error(`release: ${problem}`)
if (problems.length > 0) process.exitCode = 1
