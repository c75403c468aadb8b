import type { Place } from '../text/source.js'
import { sourceText } from '../text/source.js'
import type { Workspace } from '../workspace/workspace.js'
import type { AnyRule, RuleSubjects } from './rule.js'

/** A rule that threw: a fault of the rule, and not of what it was given. */
export interface RuleFailure {
  readonly rule: AnyRule
  /** What it threw first. */
  readonly error: unknown
  /** Where that stands which it was given then. */
  readonly place: Place
  /** On how many subjects it threw. */
  readonly count: number
}

interface Failures {
  /** Runs a check, and keeps what it throws. */
  run<S extends keyof RuleSubjects>(rule: AnyRule, kind: S, subject: RuleSubjects[S], check: () => unknown): void
  /** One for each rule that threw, in the order of their first. */
  all(): readonly RuleFailure[]
}

export function failures(workspace: Workspace): Failures {
  const found = new Map<AnyRule, RuleFailure>()
  return {
    run(rule, kind, subject, check) {
      try {
        check()
      } catch (error) {
        const known = found.get(rule)
        found.set(rule, known ? { ...known, count: known.count + 1 } : { rule, error, place: placeOf(kind, subject, workspace), count: 1 })
      }
    },
    all: () => [...found.values()],
  }
}

/** Where a subject stands: its beginning, or that of its file. */
function placeOf<S extends keyof RuleSubjects>(kind: S, subject: RuleSubjects[S], workspace: Workspace): Place {
  const given = { [kind]: subject } as Partial<RuleSubjects>
  if (given.query) return given.query.place(0, given.query.text.length)
  if (given.selector) return given.selector.query.place(given.selector.selector.start, given.selector.selector.end)
  if (given.family) return given.family.declarations[0]?.place ?? beginningOf(workspace)
  if (given.suppression) return given.suppression.place
  if (given.file) return atStart(given.file.source)
  if (given.metricsDocument) return atStart(given.metricsDocument.source)
  const { workspace: whole, ...located } = given
  const one = Object.values(located).find((value) => 'place' in value)
  return whole === undefined && one !== undefined && 'place' in one ? (one.place as () => Place)() : beginningOf(workspace)
}

/** A finding needs a file, and what is about all of them is told at the first. */
function beginningOf({ files, isReported }: Workspace): Place {
  return atStart((files.find(({ source }) => isReported(source.path)) ?? files[0])?.source ?? sourceText('.', ''))
}

function atStart(source: Place['source']): Place {
  return { source, span: { start: 0, end: 0 } }
}
