/** Long work as a task: a test of a connection to ports that take connections and say nothing, followed, cancelled, and left behind. */
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import words from '../../src-renderer/locales/en.json' with { type: 'json' }
import { openForm, press, typeForm } from './connect-form'
import { expect, test } from './fixture'

/** A port that says nothing: how many connections it has had, and which are open now. */
class SilentPort {
  readonly open = new Set<Socket>()
  accepted = 0
  private readonly server: Server = createServer((socket) => {
    this.accepted += 1
    this.open.add(socket)
    socket.on('error', () => undefined).once('close', () => this.open.delete(socket))
    socket.resume()
  })

  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) =>
      this.server.once('error', reject).listen(0, '127.0.0.1', () => resolve()),
    )
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  close(): void {
    for (const socket of this.open) socket.destroy()
    this.server.close()
  }
}

let first: SilentPort
let second: SilentPort
let bootstrap = ''
test.beforeEach(async () => {
  first = new SilentPort()
  second = new SilentPort()
  // While the first is asked, the second is never tried: whoever goes on to it was not cancelled.
  bootstrap = `${await first.listen()}, ${await second.listen()}`
})
test.afterEach(() => {
  first.close()
  second.close()
})

test('a test shows its steps as they come; Escape cancels it and its connection is closed', async ({
  highwater: { page },
}) => {
  await openForm(page)
  await typeForm(page, { name: 'silent', bootstrap })
  await press(page, words.connect.test)
  const report = page.getByRole('region', { name: words.connect.doctor })
  const running = page.locator('.testing')
  await expect(running.getByRole('progressbar')).toBeVisible()
  await expect(running.getByRole('status')).toHaveText(
    words.connect.testingStep.replace('{step}', words.connect.step['api-versions']),
  )
  await expect(report).toHaveAttribute('aria-busy', 'true')
  await expect(report.locator('li.step')).toHaveCount(4)
  await expect(running.getByRole('button', { name: words.connect.stopTest })).toContainText('Esc')
  await expect.poll(() => first.open.size).toBe(1)

  await page.keyboard.press('Escape')
  await expect(page.getByText(words.connect.testCancelled)).toBeVisible()
  await expect.poll(() => first.open.size).toBe(0)
  await expect(running).toHaveCount(0)
  await expect(report).toHaveAttribute('aria-busy', 'false')
  // The form is as it was, and can be tested again.
  await typeForm(page, { bootstrap: '127.0.0.1:1' })
  await press(page, words.connect.test)
  await expect(report.locator('li.failed')).toContainText('refused the connection')
  expect(second.accepted).toBe(0)
})

test('a page that goes away takes its test with it', async ({ highwater: { page } }) => {
  await openForm(page)
  await typeForm(page, { name: 'silent', bootstrap })
  await press(page, words.connect.test)
  await expect.poll(() => first.open.size).toBe(1)
  await page.reload()
  await expect.poll(() => first.open.size).toBe(0)
  await openForm(page)
  await typeForm(page, { name: 'refused', bootstrap: '127.0.0.1:1' })
  await press(page, words.connect.test)
  await expect(page.locator('li.failed')).toContainText('refused the connection')
  expect(second.accepted).toBe(0)
})
