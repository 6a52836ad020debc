import { expect, it } from 'vitest'
import { HELLO } from '../../../../src-main/kafka/client/broker-socket'
import { version } from '../../../../package.json'

it('brokers are told the version of this release', () => {
  expect(HELLO).toEqual({ clientSoftwareName: 'highwater', clientSoftwareVersion: version })
})
