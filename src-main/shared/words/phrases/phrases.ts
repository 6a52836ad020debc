/** Every phrase but those of effects, by id. */
import { PLAIN } from './plain'
import { REASONS } from './reasons'
import { RESULTS } from './results'
import { STOPS } from './stops'

export const PHRASES = { ...PLAIN, ...REASONS, ...RESULTS, ...STOPS } as const
