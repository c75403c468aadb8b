import type { FunctionValue } from '../values/types.js'
import type { Engine } from './engine.js'

/** How many calls away from a metric a function still has to do with it: wrappers of wrappers. */
const reach = 5

/** Notes that a metric was declared or recorded here, for the functions that led here and those around them. */
export function touch(engine: Engine): void {
  const innermost = engine.course.stack.at(-1)
  if (innermost) engine.functions.touchingItself.add(innermost.definition)
  touchFrom(engine)
}

/** The same for what a metric may get its labels from: the making of an object that records one. */
export function touchFrom({ course, functions }: Engine): void {
  for (const callee of course.stack.slice(-reach)) {
    for (let each: FunctionValue | undefined = callee; each; each = each.scope.function) functions.touching.add(each.definition)
  }
}

/** Notes that a metric is declared here. */
export function touchDeclaring(engine: Engine): void {
  touch(engine)
  for (const { definition } of engine.course.stack.slice(-reach)) engine.functions.declaring.add(definition)
}
