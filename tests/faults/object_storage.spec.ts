import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { system } from '#core/database/system'
import { freePort, FROM_SOURCE, Process } from '#tests/bench/processes'
import { isGone } from '#tests/support/erasures'
import { eventually } from '#tests/support/eventually'
import { unzip } from '#tests/support/exports'
import { PDF } from '#tests/support/files'
import { newcomer, PASSWORD } from '#tests/support/household'
import { S3Server } from '#tests/support/s3_server'
import type User from '#users/models/user'

async function openErasures(user: User) {
  return system.transaction((trx) =>
    trx.from('erasures').where('user_id', user.id).whereNull('erased_at')
  )
}

async function failedJobs() {
  return system.transaction((trx) => trx.from('outbox').whereNotNull('failed_at'))
}

test.group('Object storage / faults', (group) => {
  const s3 = new S3Server()
  let api: Process
  let address: string

  group.setup(async () => {
    await s3.start()
    const port = await freePort()
    api = new Process('api', FROM_SOURCE.server, { ...s3.environment, PORT: String(port) })
    await api.listens(port)
    address = `http://127.0.0.1:${port}/api/v1`
    return async () => {
      await api.stop()
      await s3.remove()
    }
  })

  const startWorker = () =>
    new Process('worker', [...FROM_SOURCE.worker, '--queues=files'], s3.environment)

  /** A signed-in client of the API that keeps its files on S3. */
  async function visitor() {
    const user = await newcomer()
    const login = await fetch(`${address}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: user.email, password: PASSWORD }),
    })
    const { accessToken } = (await login.json()) as { accessToken: string }
    const authorization = `Bearer ${accessToken}`
    const call = (path: string, options: RequestInit = {}) =>
      fetch(`${address}${path}`, {
        redirect: 'manual',
        ...options,
        headers: { authorization, ...options.headers },
      })
    const upload = (content: Buffer, name = 'Grüße.pdf') => {
      const body = new FormData()
      body.set('file', new Blob([new Uint8Array(content)]), name)
      return call('/files', { method: 'POST', body })
    }
    return { user, call, upload }
  }

  test('hands files out itself', async ({ assert }) => {
    const { user, call, upload } = await visitor()
    const content = Buffer.concat([PDF, randomBytes(12_000_000)])

    const uploaded = await upload(content)
    const { id } = (await uploaded.json()) as { id: string }
    const download = await call(`/files/${id}/download`)
    const file = await fetch(download.headers.get('location')!)

    assert.equal(uploaded.status, 201)
    assert.lengthOf(await s3.keys(`files/${user.id}/`), 1)
    assert.equal(download.status, 302)
    assert.equal(file.status, 200)
    assert.isTrue(content.equals(Buffer.from(await file.arrayBuffer())))
    assert.equal(file.headers.get('content-type'), 'application/pdf')
    assert.equal(
      file.headers.get('content-disposition'),
      `attachment; filename="Gr__e.pdf"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.pdf`
    )
  })

  test('keeps an export there', async ({ assert }) => {
    const { call, upload } = await visitor()
    await upload(PDF)
    const asked = await call('/users/me/export', { method: 'POST' })
    const worker = startWorker()

    const path = asked.headers.get('location')!.replace('/api/v1', '')
    const done = await eventually(async () => {
      const shown = await call(path)
      const record = (await shown.json()) as { status: string; fileId: string }
      return record.status === 'completed' ? record : undefined
    }, 60_000).finally(() => worker.stop())

    const download = await call(`/files/${done!.fileId}/download`)
    const archive = await fetch(download.headers.get('location')!)
    const contents = await unzip(Buffer.from(await archive.arrayBuffer()))
    const [kept] = Object.keys(contents).filter((name) => name.startsWith('files/'))
    assert.isTrue(PDF.equals(contents[kept]))
  })

  test('refuses uploads while it is gone', async ({ assert }) => {
    const { call, upload } = await visitor()
    await s3.stop()

    const refused = await upload(PDF)
    const others = await call('/wallet/accounts')
    await s3.start()
    const accepted = await upload(PDF)

    assert.deepEqual([refused.status, others.status, accepted.status], [503, 200, 201])
    assert.isNotNull(refused.headers.get('retry-after'))
    const listed = await call('/files')
    const { data } = (await listed.json()) as { data: object[] }
    assert.lengthOf(data, 1)
  })

  test('deletes and erases once it is back', async ({ assert }) => {
    const [leaver, other] = [await visitor(), await visitor()]
    await leaver.upload(PDF)
    const uploaded = await other.upload(PDF)
    const { id } = (await uploaded.json()) as { id: string }
    await s3.stop()

    const deleted = await other.call(`/files/${id}`, { method: 'DELETE' })
    const asked = await leaver.call('/users/me', {
      method: 'DELETE',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ password: PASSWORD }),
    })
    const worker = startWorker()
    await eventually(() => isGone(leaver.user), 60_000)
    await sleep(5_000)
    const waiting = await openErasures(leaver.user)
    const failed = await failedJobs()
    await s3.start()

    assert.deepEqual([deleted.status, asked.status], [204, 202])
    assert.lengthOf(waiting, 1)
    assert.deepEqual(failed, [])
    await eventually(async () => {
      const [open, bytes, others] = [
        await openErasures(leaver.user),
        await s3.keys(`files/${leaver.user.id}/`),
        await s3.keys(`files/${other.user.id}/`),
      ]
      return open.length + bytes.length + others.length === 0
    }, 120_000).finally(() => worker.stop())
  })
})
