import { userInfo } from 'node:os'

/** Some systems have no account for the user a process runs as: '' then. */
export function osUser(): string {
  try {
    return userInfo().username
  } catch {
    return ''
  }
}
