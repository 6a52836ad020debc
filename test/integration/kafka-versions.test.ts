/**
 * The whole path on each release that HIGHWATER_VERSIONS names (all of them when it is not given), one after the other. Part of
 * `npm run test:long -- versions`: about a minute each.
 */
import { describe } from 'vitest'
import { releaseNames } from '../../tools/sandbox/releases'
import { startRelease } from '../support/kafka-kinds'
import { wholePath } from '../support/whole-path'

const wanted = (process.env['HIGHWATER_VERSIONS'] ?? '').split(',').filter((name) => name !== '')

describe.each(releaseNames.filter((name) => wanted.length === 0 || wanted.includes(name)))('Kafka %s', (name) => {
  wholePath(name, (furniture) => startRelease(name, furniture))
})
