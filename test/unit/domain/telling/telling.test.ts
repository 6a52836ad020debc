import { describe, expect, it } from 'vitest'
import {
  CONDITIONS,
  NEVER,
  TELLING_RULES,
  type Condition,
  type TellingRule,
} from '../../../../src-main/contract/telling'
import {
  FIRST_LOOK_MS,
  OLD_MS,
  tellingStep,
  type Held,
  type Look,
  type Matter,
  type Telling,
} from '../../../../src-main/domain/telling/telling'

const T0 = Date.UTC(2026, 10, 29, 3, 0, 0)
const PROD = TELLING_RULES.initial.environments.prod
const S = 1_000

interface Scene {
  rule?: TellingRule
  planned?: 'silent' | 'say'
}

/** One cluster as it is looked at, with what was told of it by time. */
function scene({ rule = PROD, planned = 'silent' }: Scene = {}) {
  let tellings: readonly Telling[] = []
  const told: string[] = []
  let isFirst = true
  const look = (
    s: number,
    id: number,
    conditions: readonly Condition[] = [],
    own: Partial<Omit<Look, 'matter'>> & { matter?: Partial<Matter>; held?: Held } = {},
  ): void => {
    const { matter: matterParts = {}, held = 'nothing', ...rest } = own
    const at = T0 + s * S
    const began = { from: at - 500, to: at }
    const matter = id < 0 ? null : { id, key: `k${id}`, began, planned: null, ...matterParts }
    const step = tellingStep(
      tellings,
      { at, matter, conditions, first: isFirst, gapMs: 30 * S, ended: () => true, ...rest },
      { rule, planned, held },
    )
    isFirst = false
    tellings = step.tellings
    told.push(
      ...step.tells.map(
        ({ kind, key, condition, planned: p }) => `${s} ${kind} ${key} ${condition}${p ? ' planned' : ''}`,
      ),
    )
  }
  /** Every ten seconds. */
  const lasts = (
    from: number,
    to: number,
    id: number,
    conditions: readonly Condition[],
    own: Parameters<typeof look>[3] = {},
  ): void => {
    for (let s = from; s <= to; s += 10) look(s, id, conditions, own)
  }
  const restart = (): void => {
    tellings = JSON.parse(JSON.stringify(tellings)) as Telling[]
    isFirst = true
  }
  return {
    look,
    lasts,
    restart,
    told,
    kept: () => tellings,
  }
}

describe('by default', () => {
  it.each(CONDITIONS)('production is told of %s once, when it has lasted, and of its end', (condition) => {
    const { look, lasts, told } = scene()
    look(0, -1)
    lasts(10, 100, 7, [condition])
    look(110, -1)
    look(120, -1)
    const due = PROD.after[condition] + 10
    expect(told).toEqual([`${due} begins k7 ${condition}`, `110 over k7 ${condition}`])
  })

  it.each(['staging', 'dev'] as const)('%s is quiet', (environment) => {
    const { look, lasts, told } = scene({ rule: TELLING_RULES.initial.environments[environment] })
    look(0, -1)
    lasts(10, 400, 7, CONDITIONS)
    look(410, -1)
    expect(told).toEqual([])
  })
})

describe('how long it must last', () => {
  it('begins anew when it was interrupted', () => {
    const { look, lasts, told } = scene()
    look(0, -1)
    lasts(10, 60, 7, ['short'])
    look(65, 7, [])
    lasts(70, 120, 7, ['short'])
    expect(told).toEqual([])
    look(130, 7, ['short'])
    expect(told).toEqual(['130 begins k7 short'])
  })
  it('and when nobody watched in between', () => {
    const { look, told } = scene()
    look(0, -1)
    look(10, 7, ['short'])
    look(75, 7, ['short'])
    expect(told).toEqual([])
  })
  it('and when the clock was set back; what was told is not told again', () => {
    const { look, lasts, told } = scene()
    look(0, -1)
    lasts(10, 60, 7, ['short'])
    lasts(-3_600, -3_550, 7, ['short'])
    expect(told).toEqual([])
    look(-3_540, 7, ['short'])
    look(-7_000, 7, ['short'])
    lasts(-7_000, -6_900, 7, ['short'])
    expect(told).toEqual(['-3540 begins k7 short'])
  })
  it('over an end that was never begun nothing is said', () => {
    const { look, told } = scene()
    look(0, -1)
    look(10, 7, ['short'])
    look(20, -1)
    expect(told).toEqual([])
  })
})

describe('once per incident', () => {
  it('again only when worse, and never when it gets better', () => {
    const { look, lasts, told } = scene()
    look(0, -1)
    look(10, 7, ['short', 'oneAway', 'refuses'])
    lasts(20, 100, 7, ['short'])
    lasts(110, 200, 7, ['short', 'oneAway', 'refuses'])
    look(210, 7, ['short', 'offline'])
    look(220, 7, ['lost', 'short'])
    look(230, -1)
    expect(told).toEqual(['10 begins k7 refuses', '210 worse k7 offline', '220 worse k7 lost', '230 over k7 lost'])
  })
  it('one that follows at once is another one: both are told, the end first', () => {
    const { look, told } = scene()
    look(0, -1)
    look(10, 7, ['offline'])
    look(20, 8, ['offline'])
    expect(told).toEqual(['10 begins k7 offline', '20 over k7 offline', '20 begins k8 offline'])
  })
  it('two that turn out to be one are one, under the key that was told', () => {
    const { look, told, kept } = scene()
    look(0, -1)
    look(10, 7, ['refuses'])
    look(20, 8, ['refuses'], { ended: () => false })
    look(30, 8, ['offline'], { ended: () => false })
    look(40, -1)
    expect(told).toEqual(['10 begins k7 refuses', '30 worse k7 offline', '40 over k7 offline'])
    expect(kept()).toEqual([])
  })
  it('that began again after it was told to be over is told again, under the same key', () => {
    const { look, lasts, told } = scene()
    look(0, -1)
    lasts(10, 40, 7, ['offline'])
    look(50, -1)
    look(60, 7, ['offline'])
    expect(told).toEqual(['10 begins k7 offline', '50 over k7 offline', '60 begins k7 offline'])
  })
})

describe('at the first look', () => {
  it('what stands is told after a minute, and what gets worse at once', () => {
    const { look, lasts, told } = scene()
    lasts(0, 50, 7, ['offline'])
    expect(told).toEqual([])
    look(55, 7, ['offline', 'lost'])
    lasts(60, 100, 7, ['offline', 'lost'])
    expect(told).toEqual(['55 begins k7 lost'])
  })
  it('and is told though nobody knows when it began', () => {
    const { lasts, told } = scene()
    lasts(0, 90, 7, ['offline'], { matter: { began: { from: NaN, to: T0 } } })
    expect(told).toEqual([`${FIRST_LOOK_MS / S} begins k7 offline`])
  })
  it('what is known to be old news is told when it gets worse', () => {
    const began = { from: T0 - OLD_MS - 2 * S, to: T0 - OLD_MS - S }
    const { look, lasts, told } = scene()
    lasts(0, 200, 7, ['short', 'refuses'], { matter: { began } })
    expect(told).toEqual([])
    look(210, 7, ['short', 'offline'], { matter: { began } })
    look(220, -1)
    expect(told).toEqual(['210 worse k7 offline', '220 over k7 offline'])
  })
  it('and old news that ends is not told to', () => {
    const { look, told } = scene()
    look(0, 7, ['offline'], { matter: { began: { from: NaN, to: T0 - 2 * OLD_MS } } })
    look(10, -1)
    expect(told).toEqual([])
  })
})

describe('a restart of Highwater', () => {
  it('in the middle: not told twice, told when worse, told when over', () => {
    const { look, lasts, restart, told } = scene()
    look(0, -1)
    look(10, 7, ['refuses'])
    restart()
    lasts(600, 800, 7, ['refuses', 'short'])
    expect(told).toEqual(['10 begins k7 refuses'])
    restart()
    look(900, 7, ['offline'])
    lasts(910, 960, 7, ['offline'])
    restart()
    lasts(1_000, 1_040, -1, [])
    expect(told).toEqual(['10 begins k7 refuses', '900 worse k7 offline', '1030 over k7 offline'])
  })
  it('while it waited to be long enough: the wait begins anew', () => {
    const { look, lasts, restart, told } = scene()
    look(0, -1)
    lasts(10, 60, 7, ['short'])
    restart()
    lasts(200, 250, 7, ['short'])
    expect(told).toEqual([])
    look(260, 7, ['short'])
    expect(told).toEqual(['260 begins k7 short'])
  })
})

describe('an end that nobody saw', () => {
  it('is none where trouble is there again within half a minute: old views look well right after a start', () => {
    const { look, lasts, restart, told } = scene()
    look(0, -1)
    look(10, 7, ['offline'])
    restart()
    look(60, -1)
    lasts(61, 200, 8, ['offline'])
    lasts(210, 250, -1, [])
    expect(told).toEqual(['10 begins k7 offline', '210 over k7 offline'])
  })
  it('is told later, and what begins then is another one', () => {
    const { look, lasts, restart, told } = scene()
    look(0, -1)
    look(10, 7, ['offline'])
    restart()
    lasts(60, 90, -1, [])
    look(100, 8, ['offline'])
    expect(told).toEqual(['10 begins k7 offline', '90 over k7 offline', '100 begins k8 offline'])
  })
  it('of long ago has nothing to do with what begins now', () => {
    const { look, restart, told } = scene()
    look(0, -1)
    look(10, 7, ['offline'])
    restart()
    look(7_200, -1)
    look(7_210, 8, ['offline'])
    expect(told).toEqual(['10 begins k7 offline', '7210 over k7 offline', '7210 begins k8 offline'])
  })
  it('and where another one is open at the first look both are told', () => {
    const { look, lasts, restart, told } = scene()
    look(0, -1)
    look(10, 7, ['offline'])
    restart()
    lasts(20, 100, 8, ['offline'])
    expect(told).toEqual(['10 begins k7 offline', '20 over k7 offline', '80 begins k8 offline'])
  })
})

describe('a restart that was announced', () => {
  const planned = { by: 'ada', broker: 4, until: T0 + 100 * S }
  it('is silent until its time is over', () => {
    const { look, lasts, told } = scene()
    look(0, -1)
    lasts(10, 100, 7, ['short', 'refuses', 'offline'], { matter: { planned } })
    expect(told).toEqual([])
    look(110, 7, ['short', 'refuses'], { matter: { planned } })
    expect(told).toEqual(['110 begins k7 refuses'])
  })
  it('tells of lost records all the same', () => {
    const { look, told } = scene()
    look(0, -1)
    look(10, 7, ['offline', 'lost'], { matter: { planned } })
    expect(told).toEqual(['10 begins k7 lost planned'])
  })
  it('is told with that word where somebody wants it', () => {
    const { look, told } = scene({ planned: 'say' })
    look(0, -1)
    look(10, 7, ['offline'], { matter: { planned } })
    expect(told).toEqual(['10 begins k7 offline planned'])
  })
})

describe('held back', () => {
  it('what still holds afterwards is told then, what is over by then never', () => {
    const { look, lasts, told } = scene()
    look(0, -1)
    lasts(10, 50, 7, ['refuses'], { held: 'all' })
    look(60, 7, ['refuses'])
    look(70, 7, ['offline'], { held: 'all' })
    look(80, -1, [], { held: 'all' })
    look(85, 8, ['refuses'], { held: 'all' })
    look(86, -1, [], { held: 'all' })
    look(90, -1)
    look(95, -1)
    expect(told).toEqual(['60 begins k7 refuses', '90 over k7 refuses'])
  })
  it('lets outages through where only the rest is held', () => {
    const { look, told } = scene()
    look(0, -1)
    look(10, 7, ['refuses'], { held: 'mild' })
    look(20, 7, ['offline'], { held: 'mild' })
    look(30, -1, [], { held: 'mild' })
    expect(told).toEqual(['20 begins k7 offline', '30 over k7 offline'])
  })
  it('an end that is none by then is not told', () => {
    const { look, told, kept } = scene()
    look(0, -1)
    look(10, 7, ['offline'])
    look(20, -1, [], { held: 'all' })
    expect(kept()).toHaveLength(1)
    look(30, 7, ['offline'])
    look(40, -1)
    expect([told, kept()]).toEqual([['10 begins k7 offline', '40 over k7 offline'], []])
  })
})

it('a rule that says never is never due', () => {
  const never: TellingRule = { topics: '', after: { ...PROD.after, lost: NEVER, offline: 0 } }
  const { look, told } = scene({ rule: never })
  look(0, -1)
  look(10, 7, ['lost'])
  expect(told).toEqual([])
})
