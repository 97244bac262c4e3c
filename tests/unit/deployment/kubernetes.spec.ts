import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import ace from '@adonisjs/core/services/ace'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import databaseConfig from '#config/database'
import queueConfig from '#config/queue'
import { GracefulServer } from '#core/http/graceful_server'
import {
  documentsIn,
  documentsOf,
  filesBelow,
  Kustomization,
  type Manifest,
} from '#tests/support/kustomization'

const overlays = ['staging', 'production']
const secretsFile = 'k8s/secret.example.yaml'
const run = promisify(execFile)

const hasKubectl = await run('kubectl', ['version', '--client']).then(
  () => true,
  () => false
)

const overlay = (name: string) => Kustomization.read(`k8s/overlays/${name}`)
const read = (path: string) => readFile(app.makePath(path), 'utf8')

const podOf = ({ spec }: Manifest) => spec.template.spec
const containerOf = (workload: Manifest) => podOf(workload).containers[0]

/** Whether each of these labels is among those. */
function matches(labels: Record<string, string>, pod: Record<string, string> = {}) {
  const pairs = Object.entries(labels)
  return pairs.length > 0 && pairs.every(([name, value]) => pod[name] === value)
}

/** Each setting of start/env.ts, and whether one has to give it where files are in S3. */
async function knownSettings() {
  const text = await read('start/env.ts')
  const found = [...text.matchAll(/^ {2}(\w+): Env\.schema\.([\w.]+)/gm)]
  return new Map(found.map(([, name, type]) => [name, !type.endsWith('.optional')]))
}

/** The secrets by name, as the example says them. */
async function secrets() {
  const examples = await documentsOf<Manifest>(secretsFile)
  return new Map(examples.map(({ metadata, stringData }) => [metadata.name, stringData!]))
}

/** The leaves of a patch that the resource doesn't have. */
function strangeTo(original: any, patch: any, path = ''): string[] {
  if (typeof patch !== 'object' || patch === null) return original === undefined ? [path] : []
  return Object.entries(patch).flatMap(([key, value]) =>
    strangeTo(original?.[key], value, `${path}/${key}`)
  )
}

test.group('Kubernetes', () => {
  test('has no file that nothing applies', async ({ assert }) => {
    const files = await Promise.all(overlays.map(overlay))

    const used = files.flatMap((kustomization) => [...kustomization.files])

    assert.sameMembers(await filesBelow('k8s'), [...new Set([...used, secretsFile])])
  })

  test('changes what there is in {$self}')
    .with(overlays)
    .run(async ({ assert }, name) => {
      const kustomization = await overlay(name)
      const { workloads, patches, images, replicas } = kustomization

      for (const patch of patches) {
        const original = kustomization.find(patch.kind, patch.metadata.name)
        assert.deepEqual(strangeTo(original?.spec, patch.spec), [])
      }
      assert.deepEqual(
        [...new Set(workloads.map((workload) => containerOf(workload).image))],
        images
      )
      for (const deployment of replicas) {
        assert.exists(kustomization.find('Deployment', deployment)?.spec.replicas)
      }
    })

  test('gives settings that Finora reads, and all it needs, in {$self}')
    .with(overlays)
    .run(async ({ assert }, name) => {
      const { settings, workloads } = await overlay(name)
      const known = await knownSettings()
      const required = [...known].filter(([, isRequired]) => isRequired).map(([setting]) => setting)
      const examples = await secrets()

      for (const workload of workloads) {
        const references = containerOf(workload).envFrom
        const given = { ...settings }
        for (const { secretRef } of references) {
          if (secretRef) Object.assign(given, examples.get(secretRef.name))
        }
        assert.deepEqual(references[0], { configMapRef: { name: 'finora' } })
        const unknown = Object.keys(given).filter((setting) => !known.has(setting))
        const missing = required.filter((setting) => !given[setting])
        assert.deepEqual({ unknown, missing }, { unknown: [], missing: [] })
      }
    })

  test('keeps secrets out, and the owner of the schema with the migration', async ({ assert }) => {
    const { manifests, settings, workloads } = await overlay('production')
    const examples = await secrets()
    const secret = [...examples.values()].flatMap((values) => Object.keys(values))

    const owners = workloads
      .filter((workload) =>
        containerOf(workload).envFrom.some(
          ({ secretRef }: any) => secretRef?.name === 'finora-owner'
        )
      )
      .map(({ metadata }) => metadata.name)

    assert.notInclude(
      manifests.map(({ kind }) => kind),
      'Secret'
    )
    assert.isEmpty(Object.keys(settings).filter((setting) => secret.includes(setting)))
    assert.deepEqual(owners, ['finora-migrate'])
    assert.deepEqual(Object.keys(examples.get('finora-owner')!), ['DB_PASSWORD'])
    assert.notProperty(examples.get('finora'), 'DB_PASSWORD')
  })

  test('selects pods that there are', async ({ assert }) => {
    const base = await overlay('production')
    const pods = base.workloads.map(({ spec }) => spec.template.metadata.labels)
    const selectedBy = (labels: Record<string, string>) =>
      pods.filter((pod) => matches(labels, pod)).length

    for (const { spec } of base.of('Deployment')) {
      assert.equal(selectedBy(spec.selector.matchLabels), 1)
      for (const { labelSelector } of podOf({ spec } as Manifest).topologySpreadConstraints) {
        assert.deepEqual(labelSelector, spec.selector)
      }
    }
    for (const { spec } of base.of('Service')) assert.equal(selectedBy(spec.selector), 1)
    for (const kind of ['PodDisruptionBudget', 'NetworkPolicy']) {
      const selectors = base.of(kind).map(({ spec }) => spec.selector ?? spec.podSelector)
      for (const { matchLabels } of selectors) assert.equal(selectedBy(matchLabels), 1)
    }
    for (const { spec } of base.of('HorizontalPodAutoscaler')) {
      const { kind, name } = spec.scaleTargetRef
      assert.notProperty(base.find(kind, name)!.spec, 'replicas')
    }
    assert.lengthOf(base.of('NetworkPolicy'), pods.length)
    assert.lengthOf(base.of('PodDisruptionBudget'), base.of('Deployment').length)
  })

  test('opens the ports of the settings and no others', async ({ assert }) => {
    const base = await overlay('production')
    const { DB_PORT, REDIS_PORT, SMTP_PORT, PORT } = base.settings
    const dns = 53
    const https = 443
    const portsOf = (name: string) => {
      const { egress } = base.find('NetworkPolicy', name)!.spec
      return new Set(egress.flatMap(({ ports }: any) => ports.map(({ port }: any) => port)))
    }
    const container = containerOf(base.find('Deployment', 'finora-api')!)
    const [http] = container.ports

    assert.sameMembers(
      [...portsOf('finora-api')],
      [dns, Number(DB_PORT), Number(REDIS_PORT), https]
    )
    assert.sameMembers(
      [...portsOf('finora-worker')],
      [dns, Number(DB_PORT), Number(REDIS_PORT), Number(SMTP_PORT), https]
    )
    assert.sameMembers([...portsOf('finora-migrate')], [dns, Number(DB_PORT)])
    assert.deepEqual(http, { name: 'http', containerPort: Number(PORT) })
    assert.equal(base.find('Service', 'finora-api')!.spec.ports[0].targetPort, http.name)
    assert.equal(base.find('NetworkPolicy', 'finora-api')!.spec.ingress[0].ports[0].port, http.name)
  })

  test('runs what the image has', async ({ assert }) => {
    const base = await overlay('production')
    const dockerfile = await read('Dockerfile')
    await ace.boot()
    const commandOf = (kind: string, name: string) => containerOf(base.find(kind, name)!).command

    assert.isUndefined(commandOf('Deployment', 'finora-api'))
    assert.include(dockerfile, 'CMD ["node", "bin/server.js"]')
    assert.include(dockerfile, `EXPOSE ${base.settings.PORT}`)
    for (const [kind, name] of [
      ['Deployment', 'finora-worker'],
      ['Job', 'finora-migrate'],
    ]) {
      const [node, file, command] = commandOf(kind, name)
      assert.deepEqual([node, file], ['node', 'ace.js'])
      assert.exists(ace.getCommand(command), command)
    }
    assert.include(commandOf('Job', 'finora-migrate'), '--force')
  })

  test('gives its pods no more than they need', async ({ assert }) => {
    const { workloads } = await overlay('production')

    for (const workload of workloads) {
      const pod = podOf(workload)
      const { resources, securityContext, volumeMounts } = containerOf(workload)
      assert.isFalse(pod.automountServiceAccountToken)
      assert.containsSubset(pod.securityContext, {
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      })
      assert.deepEqual(securityContext, {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      })
      assert.properties(resources.requests, ['cpu', 'memory'])
      assert.exists(resources.limits.memory)
      assert.sameMembers(
        volumeMounts.map(({ mountPath }: any) => mountPath),
        ['/tmp', '/app/tmp']
      )
    }
  })

  test('lets pods end as slowly as they do', async ({ assert }) => {
    const base = await overlay('production')
    const api = base.find('Deployment', 'finora-api')!
    const worker = base.find('Deployment', 'finora-worker')!
    const { grace } = new GracefulServer(() => {})
    const leaving = containerOf(api).lifecycle.preStop.sleep.seconds * 1_000
    const toClose = 5_000

    assert.isAtLeast(podOf(api).terminationGracePeriodSeconds * 1_000, leaving + grace + toClose)
    assert.isAtLeast(
      podOf(worker).terminationGracePeriodSeconds * 1_000,
      queueConfig.worker.gracePeriod + toClose
    )
    for (const { spec } of [api, worker])
      assert.equal(spec.strategy.rollingUpdate.maxUnavailable, 0)
  })

  test('probes addresses that answer', async ({ assert }) => {
    const base = await overlay('production')
    const container = containerOf(base.find('Deployment', 'finora-api')!)
    const routes = await read('app/core/health/routes.ts')

    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
      const { path, port } = container[probe].httpGet
      assert.include(routes, `router.get('${path}'`)
      assert.equal(port, 'http')
    }
    assert.notEqual(container.livenessProbe.httpGet.path, container.readinessProbe.httpGet.path)
  })

  test('needs as many connections to Postgres as the runbook says', async ({ assert }) => {
    const base = await overlay('production')
    const { app: writes, system, snapshots } = databaseConfig.connections
    const reads = writes.pool!.max!
    const ofOne = reads + writes.pool!.max! + system.pool!.max! + snapshots.pool!.max!
    const apis = base.find('HorizontalPodAutoscaler', 'finora-api')!.spec.maxReplicas
    const workers = base.find('Deployment', 'finora-worker')!.spec.replicas
    const surges = base
      .of('Deployment')
      .reduce((sum, { spec }) => sum + spec.strategy.rollingUpdate.maxSurge, 0)
    const owner = databaseConfig.connections.owner.pool!.max!

    const text = await read('docs/operations.md')

    const processes = apis + workers + surges
    assert.include(text, `${processes} × ${ofOne} + ${owner} = ${processes * ofOne + owner}`)
    assert.include(text, `2 × \`DB_POOL_MAX\` + ${ofOne - 2 * reads}`)
  })

  test('works on as many jobs at a time as the runbook says', async ({ assert }) => {
    const text = await read('docs/operations.md')

    for (const [queue, { concurrency }] of Object.entries(queueConfig.queues)) {
      assert.match(text, new RegExp(`^\\| \`${queue}\` +\\| ${concurrency} `, 'm'))
    }
  })

  test('renders {$self}')
    .with(overlays)
    .skip(!hasKubectl, 'there is no kubectl here')
    .run(async ({ assert }, name) => {
      const { manifests } = await overlay(name)

      const { stdout } = await run('kubectl', ['kustomize', app.makePath('k8s/overlays', name)])

      const rendered = documentsIn<Manifest & { data?: object }>(stdout, name)
      const map = rendered.find(({ kind }) => kind === 'ConfigMap')!
      const workloads = rendered.filter(({ spec }) => spec?.template)
      assert.lengthOf(rendered, manifests.length + 1)
      assert.lengthOf(workloads, 3)
      for (const workload of workloads) {
        const { envFrom, image } = containerOf(workload)
        assert.equal(envFrom[0].configMapRef.name, map.metadata.name)
        assert.match(image, /^registry\.example\.com\/finora:\d/)
        assert.equal(workload.metadata.namespace, map.metadata.namespace)
      }
    })
})
