// @vitest-environment node
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** From well to worst; what is not read stands outside. */
const STATES = ['healthy', 'lagging', 'under-replicated', 'at-min-isr', 'under-min-isr', 'offline'] as const
const css = readFileSync(join(import.meta.dirname, '../../../../src-renderer/ui/tokens.css'), 'utf8')
const block = (from: string): string => css.slice(css.indexOf(from), css.indexOf('}', css.indexOf(from)))
const themes = {
  dark: block("[data-theme='dark']"),
  light: block("[data-theme='light']"),
  // What it does not name is as in the dark one.
  contrast: block("[data-theme='contrast']") + block("[data-theme='dark']"),
}

type Rgb = readonly [number, number, number]
const linear = (byte: number): number =>
  byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4
function colour(theme: keyof typeof themes, name: string): Rgb {
  const hex = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(themes[theme])?.[1]
  if (hex === undefined) throw new Error(`no ${name} in ${theme}`)
  return [0, 2, 4].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16))) as unknown as Rgb
}
const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b
const contrast = (a: Rgb, b: Rgb): number => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB. */
const SEEN_BY = {
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
} as const
const seenBy = (eyes: keyof typeof SEEN_BY, rgb: Rgb): Rgb =>
  SEEN_BY[eyes].map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, part, at) => sum + part * rgb[at]!, 0),
      ),
    ),
  ) as unknown as Rgb

/** CIE Lab under D65. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047)
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}
const apart = (a: Rgb, b: Rgb): number => Math.hypot(...lab(a).map((part, at) => part - lab(b)[at]!))
const pairs = STATES.flatMap((one, at) => STATES.slice(at + 1).map((other) => [one, other] as const))

describe.each(['dark', 'light', 'contrast'] as const)('the colours of states, %s', (theme) => {
  it('are further from the card the graver the state is', () => {
    const strength = STATES.map((state) => contrast(colour(theme, state), colour(theme, 'surface')))
    expect(strength).toEqual([...strength].sort((a, b) => a - b))
    for (let at = 1; at < strength.length; at++) expect(strength[at]! / strength[at - 1]!).toBeGreaterThan(1.25)
  })

  it.each(['deuteranopia', 'protanopia'] as const)('stay apart for %s', (eyes) => {
    const closest = Math.min(
      ...pairs.map(([a, b]) => apart(seenBy(eyes, colour(theme, a)), seenBy(eyes, colour(theme, b)))),
    )
    expect(closest).toBeGreaterThan(10)
  })

  it('bear the glyph that stands in them', () => {
    for (const state of STATES.slice(1))
      expect(contrast(colour(theme, state), colour(theme, 'state-ink')), state).toBeGreaterThan(3)
  })

  it('have words of their own that can be read', () => {
    for (const state of STATES)
      for (const ground of ['bg', 'surface', 'raised'])
        expect(
          contrast(colour(theme, `${state}-text`), colour(theme, ground)),
          `${state} on ${ground}`,
        ).toBeGreaterThan(4.5)
  })
})

describe('the theme of high contrast', () => {
  const words = [
    ...['text', 'text-2', 'text-3', 'accent', 'ok-text', 'lost-text', 'unknown-text', 'prod', 'staging', 'dev'],
    ...STATES.map((state) => `${state}-text`),
  ]
  it.each(words)('has 7:1 for %s on every ground', (word) => {
    for (const ground of ['bg', 'surface', 'raised'])
      expect(contrast(colour('contrast', word), colour('contrast', ground)), ground).toBeGreaterThan(7)
  })

  it('has 4.5:1 for lines, edges and lines of charts', () => {
    for (const name of ['line', 'line-strong', ...[1, 2, 3, 4, 5, 6].map((n) => `series-${n}`)])
      expect(contrast(colour('contrast', name), colour('contrast', 'raised')), name).toBeGreaterThan(4.5)
  })
})
