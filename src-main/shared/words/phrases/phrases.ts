/** Every phrase but those of effects, by id. */
import { AUDIT } from './audit'
import { PLAIN } from './plain'
import { REASONS } from './reasons'
import { RESULTS } from './results'
import { STOPS } from './stops'
import { TELLING } from './telling'

export const PHRASES = { ...PLAIN, ...AUDIT, ...REASONS, ...RESULTS, ...STOPS, ...TELLING } as const
