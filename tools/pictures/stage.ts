import type { Director, Sandbox } from '../sandbox'
import { until } from '../sandbox'
import type { Camera } from './camera'

/** Everything a chapter of the picture book may use. */
export interface Stage {
  readonly camera: Camera
  readonly sandbox: Sandbox
  readonly director: Director
}

export interface Chapter {
  readonly name: string
  /** Begins and ends with a healthy cluster, a dark window and English. */
  shoot(stage: Stage): Promise<void>
}

const limitMs = 60_000

/** Waits for what the headline says; on a machine that is slow, the picture is late but never wrong. */
export async function headlineSays({ camera: { page } }: Stage, pattern: RegExp, ms = limitMs): Promise<void> {
  const text = (): Promise<string> => page.locator('main section').first().innerText()
  await until(`the headline to say ${String(pattern)}`, ms, async () => (pattern.test(await text()) ? true : null), 25)
}

/** Waits for what the ladder says about one follower. */
export async function replicaSays({ camera: { page } }: Stage, broker: number, pattern: RegExp): Promise<void> {
  const row = page.locator(`li.row[data-broker="${broker}"]`)
  await until(`broker ${broker} on the ladder to say ${String(pattern)}`, limitMs, async () =>
    pattern.test((await row.innerText()).replaceAll('\n', ' ')) ? true : null,
  )
}

export async function heal(stage: Stage): Promise<void> {
  await stage.director.heal()
  await stage.camera.goTo('/board')
  await headlineSays(stage, /fully replicated/, 120_000)
}

/** In English and in Chinese. */
export async function inBoth({ camera }: Stage, name: string): Promise<void> {
  await camera.shoot(name)
  await camera.choose('language: 中文')
  await camera.shoot(`${name}-chinese`)
  await camera.choose('english')
}
