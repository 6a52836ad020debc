import { expect, it } from 'vitest'
import { denialsIn } from '../../../tools/sandbox/denials'

/** As Kafka 4.4.0 writes them (StandardAuthorizerData). */
const line = (login: string, resource: string): string =>
  `2026-11-29 20:00:00:123 [data-plane-kafka-request-handler-1] INFO kafka.authorizer.logger - Principal = User:${login} is Denied operation = DESCRIBE_CONFIGS from host = 127.0.0.1 on resource = ${resource} for request = DESCRIBE_CONFIGS with resourceRefCount = 1 based on rule DefaultDeny\n`

it('denials are read out of the log of a node', () => {
  const log = `started\n${line('team', 'Cluster:LITERAL:kafka-cluster')}${line('no-configs', 'Topic:LITERAL:orders')}`
  const rest = { node: 'broker-2', operation: 'DESCRIBE_CONFIGS', request: 'DESCRIBE_CONFIGS' }
  expect(denialsIn('broker-2', log)).toEqual([
    { ...rest, login: 'team', resource: 'Cluster kafka-cluster' },
    { ...rest, login: 'no-configs', resource: 'Topic orders' },
  ])
})
