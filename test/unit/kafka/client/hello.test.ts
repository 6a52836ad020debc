import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { HELLO } from '../../../../src-main/kafka/client/broker-socket'
import { projectRoot } from '../../../../tools/setup/places'

it('brokers are told the version of this release', () => {
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }
  expect(HELLO).toEqual({ clientSoftwareName: 'highwater', clientSoftwareVersion: version })
})
