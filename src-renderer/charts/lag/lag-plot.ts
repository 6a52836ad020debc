/** Where things lie in the lag chart, px, and how lines look. Pure. */
import type { Tokens } from '../tokens'
import { textWidth } from './lag-labels'

/** Under the plot: the rail, and the marks of time below it. */
export const RAIL_PX = 14
const BELOW_PX = RAIL_PX + 18
const ABOVE_PX = 10
const AXIS_GAP_PX = 10
const LABEL_GAP_PX = 26
/** Labels at line ends take this share of the chart at most, and are cut off after that. */
const LABELS_SHARE = 0.4

export interface Plot {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly width: number
  readonly height: number
}

/** Labels may be so much shorter than their room before it shrinks: a chart whose figures lose a digit does not jump. */
const SLACK_PX = 80

/** Room for labels of a width where there were `before` px. */
export const steadyRoom = (before: number, wanted: number): number =>
  wanted > before || wanted < before - SLACK_PX ? wanted : before

export const labelsWidth = (labels: readonly string[]): number =>
  Math.ceil(Math.max(30, ...labels.map(textWidth))) + LABEL_GAP_PX

/** `marks`: texts of the value axis; `labels`: px that those at line ends would take. */
export function plotOf(
  box: { readonly width: number; readonly height: number },
  marks: readonly string[],
  labels: number,
): Plot {
  const left = Math.ceil(Math.max(24, ...marks.map(textWidth))) + AXIS_GAP_PX
  const right = Math.min(labels, Math.floor(box.width * LABELS_SHARE))
  return {
    left,
    right,
    top: ABOVE_PX,
    bottom: BELOW_PX,
    width: Math.max(1, box.width - left - right),
    height: Math.max(1, box.height - ABOVE_PX - BELOW_PX),
  }
}

/** What a line is now: the leader, in the ISR, the one it is about, out of the ISR (or away). */
export type LineRole = 'leader' | 'in' | 'asked' | 'out'
const SLATES = ['series-6', 'text-3'] as const

/** Colour says the role; two shades keep neighbours of one role apart, their labels name them. */
export function lineColor(role: LineRole, slot: number, tokens: Tokens): string {
  switch (role) {
    case 'leader':
      return tokens.accent
    case 'asked':
      return tokens['series-2']
    case 'out':
      return tokens['under-replicated']
    case 'in':
      return tokens[SLATES[slot % SLATES.length]!]
  }
}
