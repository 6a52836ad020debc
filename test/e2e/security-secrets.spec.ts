/** A password is searched everywhere it must not be: files, log, output, answers, the memory of a page that is loaded after it was typed. */
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixture'
import { launch, makeProfile } from './launch'

const canary = 'kingfisher-Zx81-passphrase'

/** As it stands, and as the usual ways to write bytes make it look. */
const disguises = [
  Buffer.from(canary),
  Buffer.from(canary, 'utf16le'),
  Buffer.from(Buffer.from(canary).toString('base64')),
  Buffer.from(Buffer.from(`\0admin\0${canary}`).toString('base64')),
  Buffer.from(Buffer.from(canary).toString('hex')),
]

async function filesWith(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path).catch(() => Buffer.alloc(0))
    if (disguises.some((form) => bytes.includes(form))) found.push(path)
  }
  return found
}

async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return chunks.join('')
}

const profile = {
  id: '',
  name: 'canary',
  environment: 'prod',
  readOnly: true,
  bootstrap: ['127.0.0.1:1'],
  tls: null,
  sasl: { mechanism: 'plain', username: 'admin' },
  clusterId: '',
  intervalMs: 0,
  watch: false,
  hook: 'none',
}

test('a password stays in the memory of the main process', async () => {
  test.setTimeout(120_000)
  const folder = await makeProfile()
  const highwater = await launch({ profile: folder })
  const { page } = highwater
  try {
    const given = { profile, secrets: { password: canary } }
    const answers = await page.evaluate(async (input) => {
      const bridge = Reflect.get(globalThis, 'highwater') as Record<
        string,
        (given?: unknown) => Promise<{ value?: { id?: string } }>
      >
      const saved = await bridge['profiles:save']?.(input)
      const id = saved?.value?.id ?? ''
      const rest = [
        await bridge['task:start']?.({ id: 'canary', task: { kind: 'connection-test', input } }),
        await bridge['cluster:open']?.({ id, secrets: input.secrets }),
        await bridge['profiles:list']?.(),
        await bridge['settings:read']?.(),
        await bridge['app:info']?.(),
        // A wrong call with the password in it: the refusal must not repeat it.
        await bridge['cluster:open']?.({ id: input.secrets.password, secrets: { password: [input.secrets.password] } }),
      ]
      return JSON.stringify([saved, ...rest])
    }, given)
    expect(answers).toContain('"name":"canary"')
    expect(answers).not.toContain(canary)
    expect(answers).toContain('"needsPassword":false')

    // Everything the page itself was told is gone with it; what is loaded now is what we give it.
    await page.reload()
    await page.waitForFunction(() => document.documentElement.dataset['ready'] === 'true')
    const heap = await heapOf(page)
    expect(heap.length).toBeGreaterThan(100_000)
    expect(heap).not.toContain(canary)
    expect(
      await page.evaluate(() =>
        JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, location.href]),
      ),
    ).not.toContain(canary)
    expect(await page.content()).not.toContain(canary)

    // The session is trying a closed port and says so in the log.
    await expect.poll(() => readFile(join(folder, 'logs/main.log'), 'utf8').catch(() => '')).toContain('127.0.0.1:1')
  } finally {
    await highwater.close()
  }
  expect(highwater.output()).not.toContain(canary)
  expect(await filesWith(folder)).toEqual([])
  // The search itself works: the user name, which is no secret, is found in the same folder.
  const stored = await readFile(join(folder, 'highwater.db'))
  const pending = await readFile(join(folder, 'highwater.db-wal')).catch(() => Buffer.alloc(0))
  expect(Buffer.concat([stored, pending]).includes('admin')).toBe(true)
  await rm(folder, { recursive: true, force: true })
})

test('a password that is kept is not sent to an address it was not typed for', async ({ highwater: { page } }) => {
  const outcome = await page.evaluate(
    async ([given, password]) => {
      const bridge = Reflect.get(globalThis, 'highwater') as Record<
        string,
        (input?: unknown) => Promise<{ value?: unknown }>
      >
      const saved = (await bridge['profiles:save']?.({ profile: given, secrets: { password } }))?.value as typeof given
      await bridge['profiles:save']?.({ profile: { ...saved, bootstrap: ['127.0.0.1:2'] }, secrets: {} })
      return bridge['profiles:list']?.()
    },
    [profile, canary] as const,
  )
  expect(outcome).toMatchObject({ ok: true, value: [{ needsPassword: true }] })
})
