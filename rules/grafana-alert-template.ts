import { isFilledInText } from '../src/prometheus/template/filled-in.js'
import { checkGrafanaTemplate, grafanaAlertVariables, grafanaTemplateFunctions } from '../src/prometheus/template/grafana.js'
import type { TemplateProblem } from '../src/prometheus/template/check.js'
import { replaceWith } from '../src/lint/replace.js'
import { nameMeant } from '../src/lint/template-names.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import { nearestNames } from '../src/text/nearest-names.js'
import { alertTexts, labelsOfGrafana, type AlertText } from '../src/workspace/alert-texts.js'
import type { LocatedGrafanaAlert } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'grafana-alert-template',
  subject: 'grafanaAlert',
  severity: 'error',
  summary: "Grafana can expand each of its alerts' labels and annotations, and finds what they print",
  check(alert, { report }) {
    if (isFilledInText(alert.file.document.source.text)) return
    for (const text of alertTexts(alert)) findingsIn(text, alert).forEach(report)
  },
})

function findingsIn({ text, replaced, place, edit }: AlertText, alert: LocatedGrafanaAlert): Finding[] {
  const { source } = alert.file.document
  if (replaced) {
    const name = text.slice(replaced.start, replaced.end)
    return [{
      at: place(replaced),
      message: `In labels Grafana takes "${name}" for an environment variable, before it reads the template: write "$${name}"`,
      suggestions: replaceWith(`$${name}`, source, edit(replaced, `$${name}`), { safety: 'sure' }),
    }]
  }
  const { problems, expansion } = checkGrafanaTemplate(text)
  const findings = problems.map((problem): Finding => {
    const meant = nameMeant(problem, text, names)
    const suggestion = meant?.name
    const hint = suggestion === undefined ? valueHint(problem, text) : `. Did you mean "${suggestion}"?`
    return {
      at: place(problem.span),
      message: `Grafana cannot expand this text, and sends it as it is written: ${problem.message}${hint}`,
      ...(suggestion !== undefined && {
        data: { suggestion },
        suggestions: replaceWith(suggestion, source, edit(problem.span, suggestion), {
          safety: meant?.isSure === true ? 'sure' : undefined,
        }),
      }),
    }
  })
  for (const { refId, start, end } of expansion?.captures ?? []) {
    const reason = whyNoValue(refId, alert)
    if (reason !== undefined) findings.push({ at: place({ start, end }), message: `This prints "[no value]": ${reason}` })
  }
  if (isClassic(alert)) {
    for (const { label, of, isTested, start, end } of expansion?.labels ?? []) {
      if (of !== 'alert' || isTested || labelsOfGrafana.has(label)) continue
      findings.push({ at: place({ start, end }), message: 'This prints "[no value]": a classic condition results in one value without labels', data: { label } })
    }
  }
  return findings
}

/** Why a text does not get the result of a query or expression; `undefined` where it may. */
function whyNoValue(refId: string, { chain, condition, data }: LocatedGrafanaAlert): string | undefined {
  const { byRefId, kindOf } = chain()
  if (condition !== undefined && kindOf(condition) === 'conditions') {
    const { model } = byRefId.get(condition)!
    const names = (Array.isArray(model['conditions']) ? model['conditions'] : []).map((_, i) => `${condition}${i}`)
    return names.includes(refId) || data.some(({ isExpression, type }) => isExpression && type === 'sql') ? undefined : `of a classic condition there is only ${names.map((name) => `"${name}"`).join(', ')}`
  }
  if (!byRefId.has(refId)) {
    const [near] = nearestNames(refId, [...byRefId.keys()], 1)
    return `no query or expression of this rule has the refId "${refId}"${near === undefined ? '' : `. Did you mean "${near}"?`}`
  }
  return kindOf(refId) === 'series' ? `"${refId}" is a time series, and only single values are kept: print what reduces it` : undefined
}

function isClassic({ chain, condition }: LocatedGrafanaAlert): boolean {
  return condition !== undefined && chain().kindOf(condition) === 'conditions'
}

/** What numbers are: `$value` is one in Prometheus, and a text in Grafana. */
function valueHint({ message, span: { start, end } }: TemplateProblem, text: string): string {
  if (/: float64 and int$|: int and float64$/.test(message)) return ' ("5" is an integer, "5.0" is a float)'
  return /^(?:\$value|\.Value)$/.test(text.slice(start, end)) ? '. "$value" is a text in Grafana; a number is "$values.B.Value", for the expression "B"' : ''
}

const names = { functions: grafanaTemplateFunctions, variables: grafanaAlertVariables }
