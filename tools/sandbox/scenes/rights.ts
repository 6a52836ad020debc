import type { AclRule } from '../acls'
import type { Login } from '../logins'
import { LOGINS } from '../shape'
import { fiveRoles, roles } from '../topics'
import type { Scene } from './scene'

const TEAM_PREFIX = 'team.'

type Resource = Pick<AclRule, 'on' | 'name' | 'pattern'>
type Operation = AclRule['operation']

const literal = (on: AclRule['on'], name: string): Resource => ({ on, name, pattern: 'literal' })
const ofTeam = (on: AclRule['on']): Resource => ({ on, name: TEAM_PREFIX, pattern: 'prefixed' })
const topics = literal('topic', '*')
const cluster = literal('cluster', 'kafka-cluster')
const everything = [topics, literal('group', '*'), cluster]

function rules(
  login: Login,
  resources: readonly Resource[],
  operations: readonly Operation[],
  permission: AclRule['permission'] = 'allow',
): AclRule[] {
  return resources.flatMap((resource) => operations.map((operation) => ({ ...resource, login, operation, permission })))
}

/** What each login may do; 'nothing' has no rule. The guide has the same as commands (What a login may see). */
const acl: AclRule[] = [
  ...rules('one-topic', [literal('topic', roles.slow)], ['describe', 'describeConfigs']),
  ...rules('no-configs', everything, ['all']),
  // Whoever may alter settings may read them, unless that is denied.
  ...rules('no-configs', [topics, cluster], ['describeConfigs'], 'deny'),
  ...rules('team', [ofTeam('topic')], ['describe', 'read', 'write', 'describeConfigs', 'alterConfigs']),
  ...rules('team', [ofTeam('group')], ['describe', 'read']),
  ...rules('all', everything, ['all']),
]

export const rights: Scene = {
  name: 'rights',
  summary: `logins with rights from none to all, at the listener ${LOGINS.name}`,
  needs: 'logins',
  play: async ({ sandbox, say, undo }) => {
    const { admin } = sandbox
    undo(() => admin.deleteAcls(acl))
    await admin.createAcls(acl)
    say(
      `SASL/PLAIN at ${sandbox.cluster.bootstrapOf(LOGINS)}. The password of NAME is NAME-password; brokers learn of the rules within a second.`,
    )
    say('  nothing      knows its password and has no right')
    say(`  one-topic    sees ${roles.slow} and its settings`)
    say('  no-configs   everything but reading settings')
    say(
      `  team         reads, writes and sets up what begins with ${TEAM_PREFIX} (${fiveRoles.team}), nothing on the cluster`,
    )
    say('  all          everything')
  },
}
