import type { ClassDefinition, Expression, Statement } from './ast.js'

/** The last name of a decorator, or of what a call calls: `field` of `@dataclasses.field()`. */
export function nameOf(decorator: Expression): string {
  if (decorator.kind === 'call') return nameOf(decorator.callee)
  return decorator.kind === 'name' ? decorator.id : decorator.kind === 'attribute' ? decorator.name : ''
}

const setters = new WeakMap<ClassDefinition, ReadonlySet<string>>()

/** The attributes that each instance is given while it is made, by statements of `__init__` and the like that surely run. */
export function attributesGiven(definition: ClassDefinition): ReadonlySet<string> {
  let names = setters.get(definition)
  if (!names) {
    const given = definition.body.flatMap((statement) => {
      if (statement.kind !== 'function' || !/^__(?:init|post_init|attrs_post_init)__$/.test(statement.name)) return []
      const self = statement.params[0]?.name
      return statement.body.flatMap((each) => attributesAssigned(each, self))
    })
    setters.set(definition, (names = new Set(given)))
  }
  return names
}

function attributesAssigned(statement: Statement, self: string | undefined): readonly string[] {
  if (statement.kind === 'with') return statement.body.flatMap((each) => attributesAssigned(each, self))
  if (statement.kind !== 'assign' || !statement.value) return []
  const named = (target: Expression): readonly string[] => {
    if (target.kind === 'sequence') return target.items.flatMap(({ value }) => named(value))
    return target.kind === 'attribute' && target.object.kind === 'name' && target.object.id === self ? [target.name] : []
  }
  return statement.targets.flatMap(named)
}
