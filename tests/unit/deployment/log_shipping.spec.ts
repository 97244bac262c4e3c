import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { documentsOf, Kustomization } from '#tests/support/kustomization'

const folder = 'monitoring/logs'

interface Vector {
  sources: { pods: { extra_label_selector: string } }
  transforms: { lines: { inputs: string[] } }
  sinks: Record<string, { type: string; inputs: string[] } & Record<string, any>>
}

interface FluentBit {
  includes: string[]
  parsers: object[]
  pipeline: Record<'inputs' | 'filters' | 'outputs', Record<string, string>[]>
}

async function read<T>(name: string) {
  const [document] = await documentsOf<T>(`${folder}/${name}`)
  return document
}

test.group('Log shipping', () => {
  test('reads the lines of every pod, with Vector', async ({ assert }) => {
    const { sources, transforms } = await read<Vector>('vector.yaml')
    const [{ labels }] = await documentsOf<{ labels: Record<string, any>[] }>(
      'k8s/base/kustomization.yaml'
    )

    const [name, value] = sources.pods.extra_label_selector.split('=')

    assert.deepEqual(labels, [{ pairs: { [name]: value }, includeTemplates: true }])
    assert.deepEqual(transforms.lines.inputs, ['pods'])
  })

  test('reads the lines of every pod, with Fluent Bit', async ({ assert }) => {
    const { workloads } = await Kustomization.read('k8s/overlays/production')
    const { parsers, pipeline } = await read<FluentBit>('fluent-bit.yaml')
    const [{ path, tag }] = pipeline.inputs

    const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`)

    for (const { metadata, spec } of workloads) {
      const [container] = spec.template.spec.containers
      assert.match(
        `/var/log/containers/${metadata.name}-5d8f_finora_${container.name}-0a1b.log`,
        pattern
      )
    }
    assert.deepEqual(pipeline.filters, [
      { name: 'parser', match: tag, key_name: 'log', parser: 'finora' },
    ])
    assert.containsSubset(parsers, [{ name: 'finora', time_key: 'time', time_keep: true }])
  })

  test('sends them on by {type}, with Vector')
    .with([
      { type: 'elasticsearch', file: 'vector.elasticsearch.yaml' },
      { type: 'splunk_hec_logs', file: 'vector.splunk.yaml' },
    ])
    .run(async ({ assert }, { type, file }) => {
      const { sinks } = await read<Vector>(file)

      const [sink, ...others] = Object.values(sinks)

      assert.isEmpty(others)
      assert.containsSubset(sink, { type, inputs: ['lines'], buffer: { type: 'disk' } })
    })

  test('sends them on by {name}, with Fluent Bit')
    .with([
      { name: 'es', file: 'fluent-bit.elasticsearch.yaml' },
      { name: 'splunk', file: 'fluent-bit.splunk.yaml' },
    ])
    .run(async ({ assert }, { name, file }) => {
      const { includes, pipeline } = await read<FluentBit>(file)

      const [output, ...others] = pipeline.outputs

      assert.isEmpty(others)
      assert.containsSubset(output, { name, match: 'finora', tls: 'on' })
      assert.deepEqual(includes, ['fluent-bit.yaml'])
    })

  test('fills the data stream that the template is for', async ({ assert }) => {
    const text = await readFile(app.makePath(folder, 'elasticsearch.template.json'), 'utf8')
    const { sinks } = await read<Vector>('vector.elasticsearch.yaml')
    const { pipeline } = await read<FluentBit>('fluent-bit.elasticsearch.yaml')

    const { type, dataset, namespace } = sinks.elasticsearch.data_stream
    const [{ index }] = pipeline.outputs

    assert.equal(`${type}-${dataset}-${namespace}`, index)
    assert.deepEqual(JSON.parse(text).index_patterns, [`${type}-${dataset}-*`])
  })
})
