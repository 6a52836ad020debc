import { defineCodec } from '../../src-main/kafka/wire/codec'
import type { Reader } from '../../src-main/kafka/wire/reader'
import type { Writer } from '../../src-main/kafka/wire/writer'

/** Numbers of ResourceType.java, PatternType.java, AclOperation.java and AclPermissionType.java. kafkajs has them too, but not for ES modules. */
const TYPES = { topic: 2, group: 3, cluster: 4 } as const
const PATTERNS = { literal: 3, prefixed: 4 } as const
const OPERATIONS = { all: 2, read: 3, write: 4, describe: 8, describeConfigs: 10, alterConfigs: 11 } as const
const PERMISSIONS = { deny: 2, allow: 3 } as const

/** One rule of the authorizer, for one login from anywhere. */
export interface AclRule {
  readonly login: string
  readonly on: keyof typeof TYPES
  /** '*' = all of that kind; the cluster is called kafka-cluster. */
  readonly name: string
  readonly pattern: keyof typeof PATTERNS
  readonly operation: keyof typeof OPERATIONS
  readonly permission: keyof typeof PERMISSIONS
}

interface Refusal {
  readonly errorCode: number
  readonly errorMessage: string | null
}

/** The same fields in the same order stand in a creation and in a filter that matches exactly it. */
function write(w: Writer, rules: readonly AclRule[]): void {
  w.array(rules, 'Rules', ({ login, on, name, pattern, operation, permission }) => {
    w.int8(TYPES[on], 'ResourceType')
    w.string(name, 'ResourceName')
    w.int8(PATTERNS[pattern], 'PatternType')
    w.string(`User:${login}`, 'Principal')
    w.string('*', 'Host')
    w.int8(OPERATIONS[operation], 'Operation')
    w.int8(PERMISSIONS[permission], 'PermissionType')
  })
}

const readRefusal = (r: Reader): Refusal => ({
  errorCode: r.int16('ErrorCode'),
  errorMessage: r.nullableString('ErrorMessage'),
})

/** CreateAcls v1 (2.0 to 4.4). One that is there already is made again without an error. */
export const createAcls = defineCodec<readonly AclRule[], readonly Refusal[]>({
  apiKey: 30,
  apiName: 'CreateAcls',
  versions: [1],
  flexibleFrom: 2,
  write,
  read(r) {
    r.int32('ThrottleTimeMs')
    return r.array('Results', 4, () => readRefusal(r))
  },
})

/** DeleteAcls v1 (2.0 to 4.4). One that is not there is no error. */
export const deleteAcls = defineCodec<readonly AclRule[], readonly Refusal[]>({
  apiKey: 31,
  apiName: 'DeleteAcls',
  versions: [1],
  flexibleFrom: 2,
  write,
  read(r) {
    r.int32('ThrottleTimeMs')
    return r.array('FilterResults', 8, () => {
      const refusal = readRefusal(r)
      r.array('MatchingAcls', 16, () => {
        readRefusal(r)
        r.int8('ResourceType')
        r.string('ResourceName')
        r.int8('PatternType')
        r.string('Principal')
        r.string('Host')
        r.int8('Operation')
        r.int8('PermissionType')
      })
      return refusal
    })
  },
})
