import { readFile } from 'node:fs/promises'
import { parser } from '@prometheus-io/lezer-promql'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { parse } from 'yaml'

/** What Prometheus itself adds to what it scrapes. */
const PROMETHEUS = new Set(['up'])

interface Alert {
  alert: string
  expr: string
  annotations: { runbook: string }
}

interface Dashboard {
  panels: { title: string; targets: { expr: string }[] }[]
}

function read(path: string) {
  return readFile(app.makePath(path), 'utf8')
}

async function alerts(): Promise<Alert[]> {
  const { groups } = parse(await read('monitoring/prometheus/alerts.yml'))
  return groups.flatMap(({ rules }: { rules: Alert[] }) => rules)
}

async function panels() {
  const { panels: all } = JSON.parse(
    await read('monitoring/grafana/dashboards/finora.json')
  ) as Dashboard
  return all
}

/** The metrics an expression asks for; throws where it is no PromQL. */
function metricsOf(expression: string) {
  const text = expression.replaceAll('$__rate_interval', '5m')
  const found: string[] = []
  parser.parse(text).iterate({
    enter({ type, name, from, to }) {
      if (type.isError) throw new SyntaxError(`no PromQL at ${from}: ${text}`)
      if (name === 'Identifier') found.push(text.slice(from, to))
    },
  })
  return found
}

test.group('Monitoring', () => {
  test('asks for metrics that there are', async ({ client, assert }) => {
    await client.get('/api/v1/nothing')
    await client.get('/api/v1/nothing')
    const response = await client.get('/metrics')
    const present = new Set(response.text().match(/^(# TYPE )?\w+(?=[{ ])/gm))
    const rules = await alerts()
    const shown = await panels()
    const expressions = [
      ...rules.map(({ expr }) => expr),
      ...shown.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ]

    const asked = new Set(expressions.flatMap((expression) => metricsOf(expression)))

    const isThere = (name: string) =>
      present.has(name) || present.has(`# TYPE ${name}`) || PROMETHEUS.has(name)
    assert.isAbove(asked.size, 10)
    assert.deepEqual(
      [...asked].filter((name) => !isThere(name)),
      []
    )
  })

  test('has a chapter for each alert', async ({ assert }) => {
    const text = await read('docs/operations.md')
    const chapters = [...text.matchAll(/^## (\w+)$/gm)].map(([, title]) => title)
    const rules = await alerts()

    assert.sameMembers(
      rules.map(({ alert }) => alert),
      chapters
    )
    for (const { alert, annotations } of rules) {
      assert.equal(annotations.runbook, `docs/operations.md#${alert.toLowerCase()}`)
    }
  })
})
