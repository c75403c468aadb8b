import type { Language } from '../engine/engine.js'
import { escapeInto } from '../engine/escape.js'
import { callValue } from '../engine/follow.js'
import { attributeOfClass } from '../values/classes.js'
import { callFunction } from './functions.js'
import { instantiate } from './instances.js'

/** What the program has made is called. */
export const calls: Language['calls'] = {
  function: (context, callee, args, place) => callFunction(context, callee, args, undefined, place),
  method: (context, { callee, self }, args, place) => callFunction(context, callee, args, self, place),
  partial: (context, { callee, args: bound }, args, place) => callValue(context, callee, {
    positional: [...bound.positional, ...args.positional],
    keyword: new Map([...bound.keyword, ...args.keyword]),
    open: bound.open || args.open,
  }, place),
  class: instantiate,
  instance(context, callee, args, place) {
    const call = attributeOfClass(callee.class, '__call__', callee)
    return call ? callValue(context, call, args, place) : escapeInto(context.engine, args)
  },
}
