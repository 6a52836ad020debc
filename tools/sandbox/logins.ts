/** Logins of the listener LOGINS. Each is known from the start and may do nothing until the scene `rights` is played. */
export const logins = ['nothing', 'one-topic', 'no-configs', 'team', 'all'] as const
export type Login = (typeof logins)[number]

/** Of a cluster on the loopback that lives as long as its owner: there is nothing to keep from anybody. */
export const passwordOf = (login: Login): string => `${login}-password`

/** `server.properties` of a broker with this listener: SASL/PLAIN, users in the file. */
export function loginKeys(listener: string): Record<string, string> {
  const prefix = `listener.name.${listener.toLowerCase()}`
  const users = logins.map((login) => `user_${login}="${passwordOf(login)}"`).join(' ')
  return {
    [`${prefix}.sasl.enabled.mechanisms`]: 'PLAIN',
    [`${prefix}.plain.sasl.jaas.config`]: `org.apache.kafka.common.security.plain.PlainLoginModule required ${users};`,
  }
}
