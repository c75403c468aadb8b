/**
 * A random program of a few modules: one keeps a metric, some hand it on, some record it with a value that is known. The
 * same seed gives the same program.
 */
import { randomFrom } from '../fuzz/random.js'

/** The files of a program by their paths, and the pieces that it is made of. */
export function generate(language, seed) {
  const random = randomFrom(`${language.extension}:${seed}`)
  const pieces = []
  const pick = (kind) => {
    const index = random.below(language[kind].length)
    pieces.push(`${kind} ${index}`)
    return language[kind][index]
  }
  const program = programOf(language, random)
  const isPair = random.chance(3)
  const first = program.module()
  first.imports.push(language.preamble)
  const nameOf = (word) => (random.chance(3) ? valueIn(language, program, first, word, pick('texts')) : language.text(word))
  const labels = (isPair ? ['kind', 'side'] : ['kind']).map(nameOf)
  const made = pick('makers')(program, first, nameOf('thing_total'), labels)
  let [module, metric] = [first, pick('holders')(program, first, made)]
  for (let steps = random.below(4); steps > 0; steps--) {
    if (random.chance(2)) {
      const next = program.module()
      metric = language.moved(program, metric, module, next)
      module = next
    }
    metric = pick('ways')(program, module, metric)
  }
  const main = program.module('main')
  for (const value of ['red', 'green', 'blue'].slice(0, 1 + random.below(3))) {
    const user = random.chance(3) ? module : program.module()
    const here = user === module ? metric : language.moved(program, metric, module, user)
    const statement = pick(isPair ? 'pairs' : 'records')(program, user, here, valueIn(language, program, user, value, pick('values')))
    if (random.chance(2)) language.runner(program, user, main, statement)
    else language.atOnce(user, main, statement)
  }
  return { files: Object.fromEntries(program.modules.map((each) => [`${each.name}.${language.extension}`, language.written(each)])), pieces }
}

/** The value where it is used, or from another module. */
function valueIn(language, program, user, value, make) {
  if (!program.random.chance(3)) return make(program, user, value)
  const other = program.module()
  const name = `out${program.fresh()}`
  other.lines.push(language.named(name, make(program, other, value)))
  return language.imported(program, other, user, name)
}

function programOf({ words }, random) {
  const used = new Set()
  const modules = []
  return {
    random,
    modules,
    /** A name that nothing has yet. */
    fresh() {
      for (let round = 0; ; round++) {
        const name = random.pick(words) + (round > 20 ? round : '')
        if (!used.has(name)) return used.add(name), name
      }
    },
    module(name = `m${modules.length}`) {
      const made = { name, imports: [], lines: [], exported: new Set() }
      modules.push(made)
      return made
    },
  }
}
