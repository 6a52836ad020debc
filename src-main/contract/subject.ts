import type { Watch } from './ipc'

/**
 * Name of a chart subject, the same in series, points and stores; '' for nothing. A topic name cannot hold a slash or a
 * colon, so names are unique.
 */
export function subjectOf(watch: Watch): string {
  switch (watch.kind) {
    case 'partition':
      return `partition:${watch.topic}/${watch.partition}`
    case 'topic':
      return `topic:${watch.topic}`
    case 'broker':
      return `broker:${watch.broker}`
    case 'cluster':
      return 'cluster'
    case 'none':
      return ''
  }
}
