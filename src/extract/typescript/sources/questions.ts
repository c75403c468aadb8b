import { questionMaker } from '../../question.js'
import { mayWriteExposition } from '../../written-exposition.js'
import { importedSpecifiers, makesByShape, mentionsClient } from '../files.js'
import { mayHoldProgram } from './program-texts.js'
import { unparsedUsesFinder } from './uses.js'
import { waysInFinder, waysOf } from './ways-in.js'
import { mentions } from './words.js'

/** Whether a source makes metrics, as far as its text tells: by a client, in the way of one, as text, or by one of some factories. */
export const makesMetrics = questionMaker('typescript makes metrics', (factories) => {
  const names = new Set(factories)
  return (text) => mentionsClient(text) || makesByShape(text) || mayWriteExposition(text) || mentions(text, names)
})

/** Whether a Python program may stand in a source. */
export const holdsProgram = questionMaker('typescript holds program', () => mayHoldProgram)

/** Whether one of some names stands in a source. */
export const namesOneOf = questionMaker('typescript names', (parameters) => {
  const names = new Set(parameters)
  return (text) => mentions(text, names)
})

/** The modules that a source imports. */
export const importedModules = questionMaker('typescript imports', () => importedSpecifiers)

/** How a source that is not read uses names that hold metrics. */
export const usesOfNames = questionMaker('typescript uses', unparsedUsesFinder)

/** Whether a source calls what hardly anything but metrics has, on whatever it is. */
export const recordsSomething = questionMaker('typescript records', () => (text) => RECORDS_SOMETHING.test(text))

const RECORDS_SOMETHING = /\.\s*(?:inc|dec|observe|startTimer|setToCurrentTime)\s*\(/

/** Whether something is got at in a source by some names: `called` are marked by `()`, as in `wayNames`. */
export const getsAtOneOf = questionMaker('typescript gets at', (parameters) => {
  const find = waysInFinder(waysOf(parameters))
  return (text) => find(text).length > 0
})
