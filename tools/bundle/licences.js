/** What the licences of the bundled packages ask for: their texts go where the code goes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The licences and notices of the packages that these files come from. Throws where a package has none. */
export function thirdPartyLicences(files) {
  const folders = new Set(files.filter((file) => file.includes('node_modules/')).map(packageFolder))
  const parts = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|thirdpartynotice|copying)/i.test(file)).sort()
    if (texts.length === 0) throw new Error(`${name} has no licence text to ship with it`)
    return [`${name} ${version} (${license})`, ...texts.map((file) => readFileSync(join(folder, file), 'utf8').trim())].join('\n\n')
  })
  return `ml-dash-lint contains code of the following packages.\n\n${parts.sort().join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}

/** The folder with the package's name and version; there are package.json files below it that only say `"type"`. */
function packageFolder(file) {
  let folder = dirname(file)
  for (;;) {
    const manifest = join(folder, 'package.json')
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version !== undefined) return folder
    if (folder === dirname(folder)) throw new Error(`no package.json above ${file}`)
    folder = dirname(folder)
  }
}
