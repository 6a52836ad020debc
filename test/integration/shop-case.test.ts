/** The shop case: acknowledged records are lost under one pair of settings and kept under another, by the same accident. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SHOP_TOPIC, direct, safeSettings } from '../../tools/sandbox'
import type { Director, Sandbox } from '../../tools/sandbox'
import { endings } from '../support/endings'
import { borrowSandbox } from '../support/shared-sandbox'

const opened = endings()
let sandbox: Sandbox
let director: Director

beforeAll(async () => {
  sandbox = await borrowSandbox({ topics: [], steadyTraffic: false })
  opened.add(() => sandbox.close())
  director = direct(sandbox)
})

afterAll(opened.all)

async function accident(): Promise<string[]> {
  const said: string[] = []
  await director.play('shop-case', undefined, (text) => said.push(text))
  return said
}

it('min ISR 1 with unclean election loses what the leader alone acknowledged', async () => {
  const said = await accident()
  expect(await sandbox.admin.overrides(SHOP_TOPIC, 2)).toEqual({
    'min.insync.replicas': '1',
    'unclean.leader.election.enable': 'true',
  })
  expect(said.at(-1)).toBe('acknowledged 1,500, readable 1,000, lost 500')
  await director.heal()
})

it('the same accident loses nothing once the topic is made safe: the orders are refused instead', async () => {
  await sandbox.admin.alterTopic(SHOP_TOPIC, safeSettings)
  const said = await accident()
  expect(said.at(-1)).toBe('acknowledged 1,000, refused 500, readable 1,000, lost 0')
  await director.heal()
})
