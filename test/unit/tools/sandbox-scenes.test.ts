import { describe, expect, it } from 'vitest'
import { sceneList } from '../../../tools/sandbox/cli'
import { scenes } from '../../../tools/sandbox/scenes'
import { unfit } from '../../../tools/sandbox/scenes/scene'
import { fiveShape, loginShape, plainShape } from '../../../tools/sandbox/shape'

const named = (name: string) => scenes.find((scene) => scene.name === name)!

describe('a scene', () => {
  it('that needs five brokers says so in one sentence where there are three', () => {
    expect(unfit(named('stale-broker'), plainShape())).toBe(
      'The scene "stale-broker" needs five brokers: start the sandbox with "npm run sandbox -- --five".',
    )
    expect(unfit(named('stale-broker'), fiveShape)).toBeNull()
  })

  it('of logins can be played wherever there are logins', () => {
    const shapes = [plainShape(), loginShape(), fiveShape]
    expect(shapes.map((shape) => unfit(named('rights'), shape) === null)).toEqual([false, true, true])
    expect(unfit(named('stale-broker'), loginShape())).not.toBeNull()
  })

  it('that three are enough for can be played on five too', () => {
    const any = scenes.filter((scene) => unfit(scene, plainShape()) === null)
    expect(any.map(({ name }) => name)).toEqual(expect.arrayContaining(['slow-follower', 'shutdown', 'topic-anew']))
    expect(any.every((scene) => unfit(scene, fiveShape) === null)).toBe(true)
  })

  it('has a name of its own, and a line in the list that says what it needs', () => {
    expect(new Set(scenes.map(({ name }) => name)).size).toBe(scenes.length)
    const lines = sceneList().split('\n')
    expect(lines).toHaveLength(scenes.length)
    expect(lines.filter((line) => line.endsWith('(--five)'))).toHaveLength(
      scenes.filter(({ needs }) => needs !== 'any').length,
    )
  })
})
