import { fail, ok } from '../../contract/result'
import type { Routes } from '../handle'
import type { TaskOwner, Tasks } from '../tasks'

type TaskChannel = Extract<keyof Routes, `task:${string}`>

/** `owner`: the page load that is there now; null before its port is connected. */
export const taskRoutes = (tasks: Tasks, owner: () => TaskOwner | null): Pick<Routes, TaskChannel> => ({
  'task:start': ({ id, task }) => {
    const page = owner()
    // Nobody would hear how it goes.
    if (page === null) return fail('conflict', 'The page is not connected yet', {}, true)
    return tasks.start(page, id, task)
  },
  'task:cancel': ({ id }) => {
    const page = owner()
    if (page !== null) tasks.cancel(page, id)
    return ok(null)
  },
})
