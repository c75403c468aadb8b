import { describe, expect, test } from 'vitest'
import { readDashboard } from '../../src/grafana/dashboard.js'
import { isBuiltInVariable, variableUses } from '../../src/grafana/variable-uses.js'
import { parseJson } from '../../src/text/json.js'
import { sourceText } from '../../src/text/source.js'

/** Each use as `path: characters`. */
function usesIn(dashboard: object): string[] {
  const document = parseJson(sourceText('dashboard.json', JSON.stringify({ title: 'A', schemaVersion: 39, ...dashboard })))
  return variableUses(readDashboard(document)).map(({ name, path, start, end }) => {
    const { start: from, end: to } = document.spanInString(path, start, end)
    return `${path.join('.')}: ${name} ${document.source.text.slice(from, to)}`
  })
}

const usesInExpr = (expr: string, more: object = {}) =>
  usesIn({ panels: [{ type: 'timeseries', targets: [{ expr, ...more }] }] }).map((use) => use.replace(/^[^:]*: /, ''))

describe('in queries', () => {
  test.each([
    ['rate(x{job="$job"}[$__rate_interval])', ['job $job', '__rate_interval $__rate_interval']],
    ['sum by ($by) (${metric}_total{a=~"${a:regex}", b="[[b]]", c="[[c:csv]]"})', ['by $by', 'metric ${metric}', 'a ${a:regex}', 'b [[b]]', 'c [[c:csv]]']],
    ['${__user.login} ${range.from:date:iso}', ['__user ${__user.login}', 'range ${range.from:date:iso}']],
    ['x{a=~"^(foo|bar)$", b=~"c$|d$"}', []],
    ['label_replace(x, "a", "$1-${2}", "b", "(.*)")', []],
    ['label_replace(x, "a", "$name-$other", "b", "(?P<name>.*)")', ['other $other']],
    ['{job="x"} | line_format "{{ $v := .value }}{{ $v }}" | level="$level"', ['level $level']],
    ['x{pod=~"[[:alpha:]]+"}', []],
  ])('%s', (expr, uses) => {
    expect(usesInExpr(expr)).toEqual(uses)
  })

  test('of plugins whose language has "$" of its own nothing is taken', () => {
    const query = (type: string, more: object) => usesIn({ panels: [{ type: 'table', targets: [{ datasource: { type, uid: 'x' }, ...more }] }] })
    expect(query('mongodb-datasource', { query: 'db.c.aggregate([{ $match: { a: "$b" } }])' })).toEqual([])
    expect(query('postgres', { rawSql: 'SELECT $__timeGroup(t, $__interval), $$x$$' })).toEqual([])
    expect(query('influxdb', { query: 'from(bucket: "b") |> map(fn: (r) => ({ x: "${r.host}" }))' })).toEqual([])
    expect(query('influxdb', { query: 'SELECT mean(v) FROM m WHERE host =~ /^$host$/ AND $timeFilter GROUP BY time($interval)' })).toEqual([
      'panels.0.targets.0.query: host $host',
    ])
    expect(query('$ds', { expr: 'up{a="$b"}' })).toEqual(['panels.0.targets.0.datasource.uid: x', 'panels.0.targets.0.expr: b $b'].slice(1))
  })
})

test('everywhere Grafana interpolates', () => {
  expect(usesIn({
    annotations: { list: [{ datasource: { uid: '$ds' }, target: { expr: 'ALERTS{job="$job"}' } }, { datasource: '$old', expr: 'x{a="$b"}' }] },
    links: [{ title: 'Go to $team', url: '/d/x?var-job=$job&${__url_time_range}' }],
    panels: [
      {
        type: 'stat', title: 'Rate of $job', description: 'In [[env]]', datasource: { type: 'prometheus', uid: '${ds}' }, repeat: 'queue',
        interval: '$step', timeFrom: '$back', links: [{ url: '/d/$uid' }], targets: [{ expr: 'up', legendFormat: '{{pod}} $zone' }],
        fieldConfig: {
          defaults: { displayName: '${__field.labels.pod} $shown', links: [{ title: 'x', url: 'http://x/${__value.raw}?a=$linked' }] },
          overrides: [{ matcher: { id: 'byRegexp', options: '/^a$b/' }, properties: [{ id: 'links', value: [{ url: '/$overridden' }] }, { id: 'unit', value: '$' }] }],
        },
        transformations: [{ id: 'filterFieldsByName', options: { include: { pattern: '/^$kept$/' } } }, { id: 'renameByRegex', options: { regex: '(.*)', renamePattern: '$1x$y' } }],
      },
      { type: 'row', title: '$row', panels: [{ type: 'text', options: { mode: 'markdown', content: '# $head' } }] },
      { type: 'alertlist', options: { alertName: '$alert', alertInstanceLabelFilter: '{job="$job"}' } },
    ],
    templating: {
      list: [
        { name: 'a', type: 'query', datasource: { type: 'prometheus', uid: '$ds' }, query: { query: 'label_values(up{b="$b"}, c)' }, regex: '/$d-(.*)/' },
        { name: 'e', type: 'custom', query: '1,$f', allValue: '$g' },
        { name: 'h', type: 'textbox', query: '$i' },
        { name: 'j', type: 'datasource', query: 'prometheus', regex: '/$k/' },
      ],
    },
  })).toEqual([
    'annotations.list.0.datasource.uid: ds $ds',
    'annotations.list.0.target.expr: job $job',
    'annotations.list.1.datasource: old $old',
    'annotations.list.1.expr: b $b',
    'links.0.title: team $team',
    'links.0.url: job $job',
    'links.0.url: __url_time_range ${__url_time_range}',
    'panels.0.title: job $job',
    'panels.0.description: env [[env]]',
    'panels.0.interval: step $step',
    'panels.0.timeFrom: back $back',
    'panels.0.datasource.uid: ds ${ds}',
    'panels.0.repeat: queue queue',
    'panels.0.targets.0.legendFormat: zone $zone',
    'panels.0.links.0.url: uid $uid',
    'panels.0.fieldConfig.defaults.displayName: __field ${__field.labels.pod}',
    'panels.0.fieldConfig.defaults.displayName: shown $shown',
    'panels.0.fieldConfig.defaults.links.0.url: __value ${__value.raw}',
    'panels.0.fieldConfig.defaults.links.0.url: linked $linked',
    'panels.0.fieldConfig.overrides.0.properties.0.value.0.url: overridden $overridden',
    'panels.0.transformations.0.options.include.pattern: kept $kept',
    'panels.1.title: row $row',
    'panels.1.panels.0.options.content: head $head',
    'panels.2.options.alertName: alert $alert',
    'panels.2.options.alertInstanceLabelFilter: job $job',
    'templating.list.0.datasource.uid: ds $ds',
    'templating.list.0.query.query: b $b',
    'templating.list.0.regex: d $d',
    'templating.list.1.query: f $f',
    'templating.list.1.allValue: g $g',
    'templating.list.3.regex: k $k',
  ])
})

describe('what only looks like a variable', () => {
  test.each([
    ['a price', { title: 'Cost ($5, $1.50 or $USD)' }],
    ['an environment variable in prose', { title: 'x', description: 'Set $HOME and $PATH' }],
    ['code in a text', { type: 'text', title: 'x', options: { content: 'Run `echo $name` or\n```sh\nfor f in $files\n```' } }],
    ['a script', { type: 'text', options: { mode: 'html', content: '<script>const a = `${b}`; $el.x($c)</script>' } }],
    ['source text', { type: 'text', options: { mode: 'code', content: 'echo $name' } }],
    ['a link in Markdown', { type: 'text', options: { content: 'see [[docs]](https://example.com)' } }],
    ['a capture group', { targets: [], transformations: [{ id: 'renameByRegex', options: { regex: '(.*)', renamePattern: '$1' } }] }],
    ['a dollar sign in a regular expression', { targets: [{ expr: 'mq_topics{topic!~"\\\\$SYS.*"}' }] }],
    ['a field matcher', { fieldConfig: { overrides: [{ matcher: { id: 'byRegexp', options: '/x$y/' }, properties: [] }] } }],
  ])('%s', (_, panel) => {
    expect(usesIn({ panels: [{ type: 'stat', ...panel }] })).toEqual([])
  })
})

test.each([
  '__interval', '__interval_ms', '__rate_interval', '__rate_interval_ms', '__range', '__range_s', '__range_ms', '__from', '__to',
  '__dashboard', '__user', '__org', '__name', '__series', '__field', '__data', '__value', '__cell', '__cell_2', '__url',
  '__url_time_range', '__all_variables', '__timezone', '__timeFilter', 'timeFilter', '__auto_interval_step', '__searchFilter',
])('%s is built in', (name) => {
  expect(isBuiltInVariable(name)).toBe(true)
})

test.each(['interval', 'job', '__rate_intervall', '__ranges'])('%s is not built in', (name) => {
  expect(isBuiltInVariable(name)).toBe(false)
})
