import { defineCodec } from './codec'
import { ApiKey } from '../../shared/api-keys'

/** Groups that the answering broker coordinates; those the caller may not describe are missing without an error. */
export interface ListGroupsResponse {
  readonly throttleTimeMs: number
  /** 14 while the coordinator loads its groups, 15 while there is none. */
  readonly errorCode: number
  readonly groups: readonly { readonly groupId: string; readonly protocolType: string }[]
}

/** v2, spoken from 1.1 to 4.4: names are all we want, and later versions add state and type only. */
export const listGroups = defineCodec<null, ListGroupsResponse>({
  apiKey: ApiKey.ListGroups,
  apiName: 'ListGroups',
  versions: [2],
  flexibleFrom: 3,
  write: () => undefined,
  read(r) {
    return {
      throttleTimeMs: r.int32('ThrottleTimeMs'),
      errorCode: r.int16('ErrorCode'),
      groups: r.array('Groups', 4, () => ({ groupId: r.string('GroupId'), protocolType: r.string('ProtocolType') })),
    }
  },
})
