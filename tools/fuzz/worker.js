/**
 * Runs inputs of one target and tells over descriptor 3 which one it is about to run, so that the parent knows the
 * input that it stalls or dies on: `> 12`, `! {"index":12,"error":"…"}`, `. ` at the end.
 *
 *     node worker.js TARGET SEED FIRST COUNT        inputs by number
 *     node worker.js TARGET --input FILE            one input, as it stands in a file
 */
import { readFileSync, writeSync } from 'node:fs'
import { inputOf, targets } from './targets.js'

const [name, seed, first, count] = process.argv.slice(2)
const { check } = targets[name]
const tell = (line) => writeSync(3, `${line}\n`)

async function problemOf(input) {
  try {
    await check(input)
    return undefined
  } catch (error) {
    return error instanceof Error ? `${error.message}\n${(error.stack ?? '').split('\n').filter((line) => line.includes('/dist/')).slice(0, 4).join('\n')}` : String(error)
  }
}

if (seed === '--input') {
  const error = await problemOf(readFileSync(first, 'utf8'))
  tell(error === undefined ? '. ' : `! ${JSON.stringify({ index: 0, error })}`)
} else {
  for (let index = Number(first); index < Number(first) + Number(count); index++) {
    tell(`> ${index}`)
    const error = await problemOf(inputOf(name, seed, index))
    if (error !== undefined) tell(`! ${JSON.stringify({ index, error })}`)
  }
  tell('. ')
}
