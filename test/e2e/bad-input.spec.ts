/**
 * Every kind of wrong address, port and password, typed by hand: the window says which step, which value and what to
 * do, and all else goes on.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import words from '../../src-renderer/locales/en.json' with { type: 'json' }
import { openConnectStage } from '../support/connect-stage'
import type { ConnectStage } from '../support/connect-stage'
import { clusterRow, openForm, press, test as runDoctor, typeForm } from './connect-form'
import type { Typed } from './connect-form'
import { expect, test } from './fixture'
import { launch } from './launch'
import { windowFor } from './open-window'
import { serveGarbage, throughIpv6 } from './odd-servers'
import { goTo } from './scene-words'
import { local, MISSPELT, WRONG } from './wrong-typed'
import { endings } from '../support/endings'

const odd = { garbage: 0, endless: 0, ipv6: 0, caFile: '', noPem: '' }
const servers: Server[] = []
const opened = endings()
let stage: ConnectStage
let folder = ''
const page = (): Page => window.page

test.describe.configure({ timeout: 180_000 })
test.beforeAll(async () => {
  test.setTimeout(300_000)
  stage = await openConnectStage()
  opened.add(() => stage.close())
  folder = await mkdtemp(join(tmpdir(), 'highwater-bad-input-'))
  odd.caFile = join(folder, 'ca.pem')
  odd.noPem = join(folder, 'no.pem')
  await writeFile(odd.caFile, stage.broker.certificates.ca)
  await writeFile(odd.noPem, 'a picture of the sea')
  for (const [name, server] of Object.entries({
    garbage: serveGarbage(20),
    endless: serveGarbage(0x7f_ff_ff_ff),
    ipv6: throughIpv6(stage.broker.ports.plaintext),
  })) {
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(0, name === 'ipv6' ? '::1' : '127.0.0.1', resolve),
    )
    odd[name as 'garbage'] = (server.address() as AddressInfo).port
    servers.push(server)
  }
})
// A cluster that works is open all the time: nothing that is typed may disturb it.
const window = windowFor(async () => {
  const highwater = await launch({
    env: { BOOTSTRAP: local(stage.broker.ports.plaintext), CLUSTER_NAME: 'good one', ENV: 'staging' },
  })
  await highwater.page.locator('footer .phase.live').waitFor({ timeout: 90_000 })
  return highwater
})
test.afterAll(async () => {
  await opened.all()
  for (const server of servers) server.close()
  await rm(folder, { recursive: true, force: true })
})

test.beforeEach(async () => {
  await goTo(page(), '/connect')
  await openForm(page())
  await typeForm(page(), { name: 'typed by hand', tls: false, sasl: 'none' })
})
test.afterEach(async () => {
  await expect(page().locator('footer .phase')).toHaveClass(/live/)
  await expect(clusterRow(page(), 'good one')).toContainText('open now')
})

test('a spelling that cannot be an address is refused in the field, with the entry and what is wanted', async () => {
  for (const [typed, says] of MISSPELT) {
    await typeForm(page(), { bootstrap: typed })
    await press(page(), 'Test')
    const field = page().getByLabel('Bootstrap servers')
    await expect(field).toHaveAccessibleDescription(says)
    await expect(field).toBeFocused()
  }
  await expect(page().getByRole('region', { name: 'Connection test' })).toHaveCount(0)
})

for (const { what, typed, step, advice, value } of WRONG) {
  test(`${what}: step, value and next action`, async () => {
    const form = typed(stage, odd)
    await typeForm(page(), form)
    const { sentence, failed, all } = await runDoctor(page())
    expect(sentence, all).toBe(`The connection fails at: ${words.connect.step[step]}.`)
    expect(failed).toContain(words.doctor.advice[advice])
    expect(failed).toContain(value?.(odd) ?? form.bootstrap)
    expect(all).not.toContain(words.doctor.advice['other-address-failed'])
    expect(all).not.toContain('wrong-canary')
  })
}

test('what is right works: an IPv6 literal, TLS with its CA, a password', async () => {
  const { ports } = stage.broker
  const { username, password } = stage.broker.admin
  const right: readonly Typed[] = [
    { bootstrap: `[::1]:${odd.ipv6}` },
    { bootstrap: local(ports.ssl), tls: true, caFile: odd.caFile },
    { bootstrap: local(ports.sasl_ssl), tls: true, caFile: odd.caFile, sasl: 'SCRAM-SHA-512', username, password },
    { bootstrap: `${local(1)} ${local(ports.plaintext)}`, tls: false, sasl: 'none' },
  ]
  for (const form of right) {
    await typeForm(page(), form)
    const { sentence, all } = await runDoctor(page())
    expect(sentence, all).toBe('The connection works.')
  }
})

test('a cluster that cannot be reached stays saved and says why; the good one opens again', async () => {
  await typeForm(page(), { name: 'far away', bootstrap: local(stage.ports.silent) })
  await press(page(), 'Save and open')
  await expect(page().locator('main h1')).toHaveText('far away cannot be reached.', { timeout: 90_000 })
  await expect(page().getByText('Highwater keeps trying')).toContainText(/Next try in|Trying now/)
  await expect(page().locator('li.failed')).toContainText(words.doctor.advice['silent-port'], { timeout: 60_000 })
  await press(page(), 'Edit')
  await expect(page().getByLabel('Bootstrap servers')).toHaveValue(local(stage.ports.silent))
  await typeForm(page(), { bootstrap: local(stage.broker.ports.plaintext) })
  await press(page(), 'Save and open')
  await expect(page()).toHaveURL(/#\/board/)
  await expect(page().locator('footer .phase.live')).toBeVisible({ timeout: 60_000 })
  await goTo(page(), '/connect')
  await expect(clusterRow(page(), 'far away')).toContainText('open now')
  await press(page(), 'good one')
  // The board comes by itself, and would come later over a page that was opened meanwhile.
  await expect(page()).toHaveURL(/#\/board/)
  await expect(page().locator('footer .phase.live')).toBeVisible({ timeout: 60_000 })
  await goTo(page(), '/connect')
  await expect(clusterRow(page(), 'far away')).toBeVisible()
})
