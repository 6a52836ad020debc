import { SOURCE_DENIED } from '@contract/config'
import type { Say } from './say'

/** By Kafka's code of a source (DescribeConfigsResponse.ConfigSource), narrowed to what is told apart on screen. */
const SOURCES = ['source.0', 'source.1', 'source.2', 'source.3', 'source.4', 'source.5'] as const

/** Where a setting's value comes from, in a word or two. */
export const sourceWord = (say: Pick<Say, 't'>, source: number): string =>
  say.t(source === SOURCE_DENIED ? 'source.denied' : (SOURCES[source] ?? 'source.0'))
